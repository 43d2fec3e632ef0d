"""The HTTP messages that pass through the front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, parse_qsl


@dataclass(frozen=True)
class Request:
    """A request as it came over the wire; header names are in lower case, path and query still encoded."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    def header(self, name: str, default: str = "") -> str:
        """The value of a header, by its lower-case name."""
        return self.headers.get(name, default)

    def form(self) -> dict[str, str]:
        """The fields of a form body, or of the query string where there is none (query and EC2 protocols)."""
        text = self.body.decode("utf-8", "replace") or self.query
        return dict(parse_qsl(text, keep_blank_values=True))

    def query_keys(self) -> set[str]:
        """The names in the query string."""
        return set(parse_qs(self.query, keep_blank_values=True))


@dataclass
class Response:
    """An answer, with what shall go wrong on its way to the client."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    disruption: str | None = None
    """`reset`, `truncate` or `hang`: see `faults`."""
    wait: Callable[[], None] | None = None
    """Waits before the answer is sent, or before the connection is closed when it hangs."""
