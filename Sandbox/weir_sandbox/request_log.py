"""The log of requests: who asked for what, and whether it may have changed something."""

from __future__ import annotations

import threading
import time
from typing import Any

from .services import is_write

MAXIMUM = 100_000


class RequestLog:
    """Requests in the order of their arrival, per account. The oldest are forgotten."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[tuple[str | None, dict[str, Any]]] = []

    def begin(self, account: str | None, service: str, operation: str, region: str) -> dict[str, Any]:
        """Note a request; the caller fills in `status` and `fault` when they are known."""
        entry = {
            "time": round(time.time(), 3),
            "service": service,
            "operation": operation,
            "region": region,
            "write": is_write(service, operation),
            "status": None,
            "fault": None,
        }
        with self._lock:
            self._entries.append((account, entry))
            if len(self._entries) > MAXIMUM:
                del self._entries[: MAXIMUM // 10]
        return entry

    def of(self, account: str | None) -> list[dict[str, Any]]:
        """The entries of an account, or all."""
        with self._lock:
            return [dict(entry) for owner, entry in self._entries if account in (None, owner)]

    def clear(self, account: str | None) -> None:
        """Forget the entries of an account, or all."""
        with self._lock:
            self._entries = [item for item in self._entries if account is not None and item[0] != account]
