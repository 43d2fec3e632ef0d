"""moto's WSGI application, called in this process."""

from __future__ import annotations

import io
import os
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
os.environ["MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS"] = "false"
os.environ["MOTO_DISABLE_GLOBAL_CORS"] = "true"
os.environ.pop("MOTO_ACCOUNT_ID", None)
os.environ.pop("INITIAL_NO_AUTH_ACTION_COUNT", None)

from moto.backends import list_of_moto_modules  # noqa: E402
from moto.core.request import PRESERVED_HEADER_NAMES_ENVIRON_KEY  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402

from .messages import Request, Response  # noqa: E402

_DROPPED_HEADERS = {"connection", "content-length", "date", "server", "keep-alive", "transfer-encoding"}


class MotoHasNot(Exception):
    """moto does not implement the operation."""


class _Application(DomainDispatcherApplication):
    """moto's dispatcher, which remembers what it finds, and says so when it finds nothing."""

    def get_backend_for_host(self, host: str | None) -> Any:
        return None if host is None else self._backend(host)

    @lru_cache(maxsize=None)  # noqa: B019 (there is one application, and few hosts)
    def _backend(self, host: str) -> Any:
        if host in list_of_moto_modules():
            return host
        for backend, pattern in self.backend_url_patterns:
            if pattern.match(f"http://{host}"):
                return backend
        raise MotoHasNot(host)


class Moto:
    """moto as a function from a request of an account to a response."""

    def __init__(self) -> None:
        self._application = _Application(create_backend_app)

    def answer(self, request: Request, account: str) -> Response:
        """moto's response; `MotoHasNot` where it has no such operation."""
        environ = environ_of(request) | {"HTTP_X_MOTO_ACCOUNT_ID": account}
        started: list[Any] = []

        def start_response(status: str, headers: list, *_: Any) -> None:
            started[:] = [status, headers]

        try:
            chunks = self._application(environ, start_response)
            body = b"".join(chunks)
        except NotImplementedError as error:
            raise MotoHasNot(str(error)) from None
        status = int(started[0].split(" ")[0])
        headers = {name.lower(): value for name, value in started[1]}
        headers = {name: value for name, value in headers.items() if not _is_dropped(name)}
        if status in (404, 405) and b"<html" in body[:200].lower():
            raise MotoHasNot(f"{request.method} {request.path}")
        return Response(status, headers, body)


def _is_dropped(header: str) -> bool:
    return header in _DROPPED_HEADERS or header.startswith("access-control-")


def environ_of(request: Request) -> dict[str, Any]:
    """The WSGI environment of a request."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(request.path, "latin-1"),
        "RAW_URI": request.path + ("?" + request.query if request.query else ""),
        "QUERY_STRING": request.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers.items():
        if name in ("content-length", "user-agent", "transfer-encoding", "x-moto-account-id"):
            continue
        key = name.upper().replace("-", "_")
        environ["CONTENT_TYPE" if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        if "_" in name:  # WSGI has no other place for the names of S3 user metadata
            environ.setdefault(PRESERVED_HEADER_NAMES_ENVIRON_KEY, {})[f"HTTP_{key}"] = name
    return environ
