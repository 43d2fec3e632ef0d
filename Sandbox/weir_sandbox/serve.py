"""Runs the server in the foreground until it is told to stop."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from .files import write_atomically
from .server import Server

PARENT_CHECK_SECONDS = 0.5


def serve(port: int, port_file: Path | None, exit_with_parent: bool) -> None:
    """Listen, say where (on stdout and in the port file), and serve until SIGTERM or SIGINT."""
    parent = os.getppid()
    server = Server(port)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    threading.Thread(target=server.serve_forever, name="server", daemon=True).start()
    if port_file:
        write_atomically(port_file, f"{server.server_address[1]}\n")
    print(server.endpoint, flush=True)
    while not stopped.wait(PARENT_CHECK_SECONDS if exit_with_parent else None):
        if os.getppid() != parent:
            print("the parent process has gone", file=sys.stderr)
            break
    server.shutdown()
    server.server_close()
    if port_file:
        port_file.unlink(missing_ok=True)
