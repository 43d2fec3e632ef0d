"""Faults on request: what goes wrong, for whom, and when."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from .errors import AWSError, render
from .messages import Response
from .refusals import refusal

KINDS = ("throttle", "500", "html", "reset", "truncate", "slow", "hang", "denied", "expired", "stale")
HTML = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
SECONDS = {"slow": 2.0, "hang": 60.0}


@dataclass
class Fault:
    """One rule. `service` and `operation` are botocore's names, or `*`."""

    account: str
    service: str
    operation: str
    kind: str
    when: str
    times: int | None
    skip: int
    seconds: float
    _ended: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)

    @classmethod
    def read(cls, data: dict) -> Fault:
        """A rule from the control API; `ValueError` says what is wrong with it."""
        unknown = set(data) - {"account", "service", "operation", "fault", "when", "times", "skip", "seconds"}
        if unknown:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        kind = str(data.get("fault"))
        if kind not in KINDS:
            raise ValueError(f"fault must be one of {', '.join(KINDS)}")
        when = data.get("when", "after" if kind == "truncate" else "before")
        if when not in ("before", "after"):
            raise ValueError("when must be before or after")
        times, skip = data.get("times", 1), data.get("skip", 0)
        if not (times is None or isinstance(times, int)) or not isinstance(skip, int):
            raise ValueError("times and skip must be whole numbers")
        return cls(
            account=str(data["account"]),
            service=data.get("service", "*"),
            operation=data.get("operation", "*"),
            kind=kind,
            when=when,
            times=times,
            skip=skip,
            seconds=float(data.get("seconds", SECONDS.get(kind, 0))),
        )

    def wait(self) -> None:
        """Hold a request for `seconds`, or until the rule is cleared."""
        self._ended.wait(self.seconds)

    def end(self) -> None:
        """Let go of the requests that wait."""
        self._ended.set()

    def fits(self, account: str, service: str, operation: str) -> bool:
        """Whether the rule speaks of such a request."""
        return self.account == account and self.service in ("*", service) and self.operation in ("*", operation)


class Faults:
    """The rules in force."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[Fault] = []
        self._taken: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Put a rule in force."""
        with self._lock:
            self._rules.append(fault)

    def clear(self, account: str | None, operation: str | None = None) -> None:
        """End the rules of an account, or those for one operation, or all; what they hold up goes on."""

        def stays(rule: Fault) -> bool:
            return rule.account != (account or rule.account) or rule.operation != (operation or rule.operation)

        with self._lock:
            for rule in self._rules + self._taken:
                if not stays(rule):
                    rule.end()
            self._rules = [rule for rule in self._rules if stays(rule)]
            self._taken = [rule for rule in self._taken if stays(rule)]

    def take(self, account: str, service: str, operation: str) -> Fault | None:
        """The fault that meets this request, if any; counts it."""
        with self._lock:
            for rule in self._rules:
                if rule.kind == "stale" or not rule.fits(account, service, operation):
                    continue
                if rule.skip > 0:
                    rule.skip -= 1
                    continue
                if rule.times is not None:
                    rule.times -= 1
                    if rule.times <= 0:
                        self._rules.remove(rule)
                        self._taken.append(rule)
                return rule
        return None

    def has_stale(self, account: str, service: str, operation: str | None = None) -> bool:
        """Whether reads of a service, or one of its operations, are to be stale."""
        with self._lock:
            return any(
                rule.kind == "stale" and rule.fits(account, service, operation or rule.operation)
                for rule in self._rules
            )

    def take_stale(self, account: str, service: str, operation: str) -> bool:
        """Whether this read is stale; counts it."""
        with self._lock:
            for rule in self._rules:
                if rule.kind != "stale" or not rule.fits(account, service, operation):
                    continue
                if rule.times is not None:
                    rule.times -= 1
                    if rule.times <= 0:
                        self._rules.remove(rule)
                return True
        return False


def disturb(fault: Fault, answer: Response | None, protocol: str, service: str, model) -> Response:
    """What the client sees. `answer` is that of the effect, or nothing where the effect does not happen."""
    if fault.kind in ("reset", "truncate", "hang"):
        if answer is None:
            answer = _error("500", protocol, service, model)
        answer.disruption, answer.wait = fault.kind, fault.wait
        return answer
    if fault.kind == "slow":
        assert answer is not None
        answer.wait = fault.wait
        return answer
    if fault.kind == "html":
        return Response(502, {"content-type": "text/html"}, HTML)
    return _error(fault.kind, protocol, service, model)


def _error(kind: str, protocol: str, service: str, model) -> Response:
    if kind in ("denied", "expired"):
        return render(refusal(kind, protocol, service), protocol, service, model)
    if kind == "500":
        code = "InternalError" if service == "s3" or protocol == "ec2" else "InternalFailure"
        error = AWSError(code, "We encountered an internal error. Please try again.", 500)
    elif service == "s3":
        error = AWSError("SlowDown", "Please reduce your request rate.", 503)
    elif protocol == "ec2":
        error = AWSError("RequestLimitExceeded", "Request limit exceeded.", 503)
    elif protocol == "query":
        error = AWSError("Throttling", "Rate exceeded", 400)
    else:
        error = AWSError("ThrottlingException", "Rate exceeded", 400 if protocol == "json" else 429)
    return render(error, protocol, service, model)
