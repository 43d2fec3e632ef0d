"""The fault `stale`: reads that do not show a write yet, as AWS answers them for some seconds."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from .faults import Faults
from .messages import Request, Response
from .services import is_write


class StaleReads:
    """Answers reads as before the last write, as often as a rule says.

    What a read answered is remembered while a rule is in force and nothing has been written; only the same
    question gets the same answer. The tagging API tells of all services, so that any write counts for it.
    """

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._lock = threading.Lock()
        self._before: dict[tuple, Response] = {}
        self._written: set[tuple[str, str]] = set()

    def answer(
        self, account: str, service: str, operation: str, request: Request, perform: Callable[[], Response]
    ) -> tuple[Response, bool]:
        """The answer, and whether it is an old one."""
        place = (account, service)
        if is_write(service, operation):
            response = perform()
            for written in (service, "resourcegroupstaggingapi"):
                if response.status < 300 and self._faults.has_stale(account, written):
                    with self._lock:
                        self._written.add((account, written))
            return response, False
        if not self._faults.has_stale(account, service, operation):
            return perform(), False
        question = (*place, operation, request.method, request.path, str(sorted(request.query_keys())), request.body)
        with self._lock:
            old = self._before.get(question) if place in self._written else None
        if old is not None and self._faults.take_stale(account, service, operation):
            return replace(old), True
        response = perform()
        with self._lock:
            if place not in self._written:
                self._before[question] = replace(response)
        return response, False

    def clear(self, account: str | None) -> None:
        """Forget what was answered to an account, or to all."""
        with self._lock:
            for known in list(self._before):
                if account in (None, known[0]):
                    del self._before[known]
            self._written = {place for place in self._written if account not in (None, place[0])}
