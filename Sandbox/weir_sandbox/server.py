"""The HTTP/1.1 server: keep-alive, one thread per connection, loopback only."""

from __future__ import annotations

import socket
import struct
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from .control import Control
from .messages import Request, Response
from .sandbox import Sandbox

HOST = "127.0.0.1"
MAXIMUM_BODY = 64 * 1024 * 1024
IDLE_SECONDS = 120
_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")


class Server(ThreadingHTTPServer):
    """Listens on the loopback address; port 0 takes a free one."""

    daemon_threads = True
    request_queue_size = 128
    block_on_close = False

    def __init__(self, port: int = 0) -> None:
        self.sandbox = Sandbox()
        super().__init__((HOST, port), _Connection)
        self.control = Control(self.sandbox, self.endpoint)

    @property
    def endpoint(self) -> str:
        """The URL to give to AWS clients."""
        return f"http://{HOST}:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no event."""


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True
    server: Server

    def handle_any(self) -> None:
        """Read one request, answer it, and keep the connection unless a disruption ends it."""
        request = self._read()
        if request is None:
            return
        if request.path.startswith("/_sandbox/"):
            query = {name: values[-1] for name, values in parse_qs(request.query).items()}
            response = self.server.control.answer(request.method, request.path, query, request.body)
        else:
            response = self.server.sandbox.answer(request)
        self._send(response)

    def __getattr__(self, name: str) -> object:
        if name.startswith("do_") and name[3:] in _METHODS:
            return self.handle_any
        raise AttributeError(name)

    def log_message(self, format: str, *args: object) -> None:
        """The request log is kept by the sandbox."""

    def _read(self) -> Request | None:
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            name = name.lower()
            headers[name] = f"{headers[name]},{value}" if name in headers else value
        if "chunked" in headers.get("transfer-encoding", ""):
            body = self._read_chunks()
        else:
            length = headers.get("content-length", "0")
            body = self.rfile.read(int(length)) if length.isdigit() and int(length) <= MAXIMUM_BODY else None
        if body is None:
            self.close_connection = True
            self._send(Response(413, {"content-type": "text/plain"}, b"the body is too large, or has no length"))
            return None
        path, _, query = self.path.partition("?")
        return Request(self.command, path, query, headers, body)

    def _read_chunks(self) -> bytes | None:
        body = b""
        while True:
            size = int(self.rfile.readline(100).split(b";")[0], 16)
            if len(body) + size > MAXIMUM_BODY:
                return None
            if size == 0:
                while self.rfile.readline(1000).strip():
                    pass
                return body
            body += self.rfile.read(size)
            self.rfile.readline(10)

    def _send(self, response: Response) -> None:
        if response.wait:
            response.wait()
        if response.disruption in ("reset", "hang"):
            return self._drop(hard=response.disruption == "reset")
        body = response.body
        lines = [f"HTTP/1.1 {response.status} {self.responses.get(response.status, ('Unknown',))[0]}"]
        lines += [f"{name}: {value}" for name, value in response.headers.items()]
        lines.append(f"date: {self.date_time_string()}")
        if response.status not in (204, 304) and "content-length" not in response.headers:
            lines.append(f"content-length: {len(body)}")
        if self.close_connection:
            lines.append("connection: close")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
        if self.command == "HEAD" or response.status in (204, 304):
            body = b""
        if response.disruption == "truncate":
            # Without a body the head is cut: a whole answer would tell that the connection stays.
            self.wfile.write(head + body[: len(body) // 2] if body else head[: len(head) // 2])
            return self._drop(hard=False)
        self.wfile.write(head + body)

    def _drop(self, *, hard: bool) -> None:
        """Close the connection; hard, so that the client sees a reset."""
        self.close_connection = True
        if hard:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        else:
            self.connection.shutdown(socket.SHUT_RDWR)
