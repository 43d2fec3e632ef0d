"""`python -m weir_sandbox serve` and `python -m weir_sandbox environment`."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from .files import write_atomically

DEFAULT_REGION = "us-east-2"


def main() -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="weir_sandbox", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="run the sandbox in the foreground")
    serving.add_argument("--port", type=int, default=0, help="0 takes a free port")
    serving.add_argument("--port-file", type=Path, help="written when the sandbox is ready")
    serving.add_argument("--exit-with-parent", action="store_true", help="end when the parent process does")
    environment = commands.add_parser("environment", help="open an account and write its settings for a shell")
    environment.add_argument("--endpoint", required=True)
    environment.add_argument("--file", type=Path, required=True)
    environment.add_argument("--region", default=DEFAULT_REGION)
    environment.add_argument("--account", help="12 digits; the next free one where none is given")
    environment.add_argument("--seed", help="a fixture, such as demo")
    arguments = parser.parse_args()
    if arguments.command == "serve":
        from .serve import serve

        serve(arguments.port, arguments.port_file, arguments.exit_with_parent)
        return 0
    return write_environment(
        arguments.endpoint, arguments.file, arguments.region, arguments.account, arguments.seed
    )


def write_environment(
    endpoint: str, file: Path, region: str, account: str | None, fixture: str | None
) -> int:
    """Open an account in a running sandbox, seed it, and write exports that only the owner can read."""
    try:
        key = control(endpoint, "accounts", {"account": account} if account else {})
        if fixture:
            control(endpoint, "seed", {"account": key["account"], "region": region, "fixture": fixture})
    except HTTPError as error:
        print(f"the sandbox refused: {error.read().decode().strip()}", file=sys.stderr)
        return 1
    settings = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": key["access_key"],
        "AWS_SECRET_ACCESS_KEY": key["secret_key"],
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
    }
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in settings.items()]
    write_atomically(file, "".join(lines) + "unset AWS_SESSION_TOKEN AWS_PROFILE\n", 0o600)
    print(f"account {key['account']}")
    return 0


def control(endpoint: str, path: str, body: dict) -> dict:
    """One request to the control API."""
    request = Request(f"{endpoint}/_sandbox/{path}", json.dumps(body).encode(), method="POST")
    with urlopen(request, timeout=300) as response:
        return json.load(response)


if __name__ == "__main__":
    sys.exit(main())
