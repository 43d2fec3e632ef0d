"""The control API under /_sandbox/: plain JSON, not signed, for tests and scripts on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

from . import fixtures
from .ages import make_older
from .faults import Fault
from .messages import Response
from .sandbox import Sandbox

DEFAULT_REGION = "us-east-2"


class Control:
    """Opens accounts, seeds them, sets faults, page sizes and ages, shows the log."""

    def __init__(self, sandbox: Sandbox, endpoint: str) -> None:
        self._sandbox = sandbox
        self._endpoint = endpoint
        self._routes: dict[tuple[str, str], Callable[[dict], Any]] = {
            ("GET", "/_sandbox/health"): self._health,
            ("POST", "/_sandbox/accounts"): self._open_account,
            ("POST", "/_sandbox/seed"): self._seed,
            ("POST", "/_sandbox/faults"): self._add_fault,
            ("DELETE", "/_sandbox/faults"): self._clear_faults,
            ("POST", "/_sandbox/pages"): self._set_page_size,
            ("POST", "/_sandbox/ages"): self._make_older,
            ("GET", "/_sandbox/log"): self._read_log,
            ("DELETE", "/_sandbox/log"): self._clear_log,
        }

    def answer(self, method: str, path: str, query: dict[str, str], body: bytes) -> Response:
        """The answer to a control request; errors are `{"error": ...}` with status 400, 404 or 405."""
        action = self._routes.get((method, path))
        if action is None:
            known = any(path == route for _, route in self._routes)
            return _json(405 if known else 404, {"error": f"no {method} {path}"})
        try:
            data = json.loads(body) if body else {}
            if not isinstance(data, dict):
                raise ValueError("the body must be a JSON object")
            return _json(200, action(query | data))
        except KeyError as error:
            return _json(400, {"error": f"missing or unknown: {error.args[0]}"})
        except ValueError as error:
            return _json(400, {"error": str(error)})

    def _health(self, _: dict) -> dict:
        return {"ok": True, "endpoint": self._endpoint}

    def _open_account(self, data: dict) -> dict:
        account = data.get("account")
        if account is not None and not (isinstance(account, str) and account.isdigit() and len(account) == 12):
            raise ValueError("account must be a string of 12 digits")
        account = self._sandbox.accounts.open(account)
        session = bool(data.get("session", False))
        key = self._sandbox.accounts.issue(account, session=session, expired=bool(data.get("expired", False)))
        return {
            "account": account,
            "access_key": key.access_key,
            "secret_key": key.secret_key,
            "session_token": key.session_token,
        }

    def _seed(self, data: dict) -> dict:
        account, name = self._known(data), str(data.get("fixture", "demo"))
        if name not in fixtures.NAMES:
            raise ValueError(f"fixture must be one of {', '.join(fixtures.NAMES)}")
        region = data.get("region", DEFAULT_REGION)
        key = self._sandbox.accounts.issue(account, hidden=True)
        import_module(f"{fixtures.__name__}.{name}").seed(fixtures.Seeder(self._endpoint, key, region))
        return {"account": account, "region": region, "fixture": name}

    def _add_fault(self, data: dict) -> dict:
        self._known(data)
        self._sandbox.faults.add(Fault.read(data))
        return {}

    def _clear_faults(self, data: dict) -> dict:
        self._sandbox.faults.clear(data.get("account"), data.get("operation"))
        self._sandbox.stale.clear(data.get("account"))
        return {}

    def _set_page_size(self, data: dict) -> dict:
        account, size = self._known(data), data.get("size")
        if size is not None and (not isinstance(size, int) or size < 1):
            raise ValueError("size must be a whole number from 1, or null")
        if size is None:
            self._sandbox.page_sizes.pop(account, None)
        else:
            self._sandbox.page_sizes[account] = size
        return {}

    def _make_older(self, data: dict) -> dict:
        days = data["days"]
        if isinstance(days, bool) or not isinstance(days, int | float):
            raise ValueError("days must be a number")
        make_older(self._known(data), data.get("region", DEFAULT_REGION), str(data["id"]), days)
        return {}

    def _read_log(self, data: dict) -> list:
        return self._sandbox.log.of(data.get("account"))

    def _clear_log(self, data: dict) -> dict:
        self._sandbox.log.clear(data.get("account"))
        return {}

    def _known(self, data: dict) -> str:
        account = str(data["account"])
        if not self._sandbox.accounts.is_known(account):
            raise ValueError(f"account {account} has not been opened")
        return account


def _json(status: int, value: Any) -> Response:
    return Response(status, {"content-type": "application/json"}, json.dumps(value).encode() + b"\n")
