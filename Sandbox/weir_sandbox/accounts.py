"""The accounts of the sandbox and the keys that open them."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from dataclasses import dataclass

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_NUMBERS = itertools.count(210000000001)
"""Of the process, as moto's stores are: no two sandboxes in it may share an account by chance."""


@dataclass(frozen=True)
class Credentials:
    """A key that the sandbox has given out. It lives in memory only."""

    account: str
    access_key: str
    secret_key: str
    session_token: str | None
    arn: str
    user_id: str
    expires: float | None = None
    """Seconds since the epoch; a key made expired has a time in the past."""
    hidden: bool = False
    """The sandbox's own requests, which seed an account, are neither logged nor disturbed."""

    def is_expired(self, now: float) -> bool:
        """Whether the key's time is over."""
        return self.expires is not None and self.expires <= now


class Accounts:
    """All accounts and keys. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: dict[str, Credentials] = {}
        self._known: set[str] = set()

    def open(self, account: str | None = None) -> str:
        """Make an account known; without a number, the next free one."""
        with self._lock:
            if account is None:
                account = next(number for number in map(str, _NUMBERS) if number not in self._known)
            self._known.add(account)
            return account

    def is_known(self, account: str) -> bool:
        """Whether the account has been opened."""
        with self._lock:
            return account in self._known

    def issue(
        self,
        account: str,
        *,
        session: bool = False,
        arn: str | None = None,
        expires: float | None = None,
        expired: bool = False,
        hidden: bool = False,
    ) -> Credentials:
        """A new key for the account: a long-lived one, or one of a session with its token."""
        identifier = "".join(secrets.choice(ALPHABET) for _ in range(16))
        credentials = Credentials(
            account=account,
            access_key=("ASIA" if session else "AKIA") + identifier,
            secret_key=secrets.token_urlsafe(30),
            session_token=secrets.token_urlsafe(96) if session else None,
            arn=arn or f"arn:aws:iam::{account}:user/sandbox",
            user_id="AIDA" + identifier if arn is None else f"AROA{identifier}:{arn.rsplit('/', 1)[-1]}",
            expires=time.time() - 1 if expired else expires,
            hidden=hidden,
        )
        with self._lock:
            self._known.add(account)
            self._keys[credentials.access_key] = credentials
        return credentials

    def key(self, access_key: str) -> Credentials | None:
        """The credentials of an access key, if the sandbox has issued it."""
        with self._lock:
            return self._keys.get(access_key)
