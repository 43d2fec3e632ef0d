"""The sandbox's state, and the way of a request through it."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from typing import Any

from . import checks_json, checks_query, checks_xml, checksums, constraints, sigv4
from .accounts import Accounts, Credentials
from .call import Call, MotoRefused
from .errors import AWSError, NotImplementedHere, render
from .extras import handler_of, s3
from .faults import Fault, Faults, disturb
from .messages import Request, Response
from .moto_app import Moto, MotoHasNot
from .pages import Pager, lower_limit, rule_for
from .refusals import refusal
from .request_log import RequestLog
from .services import UNSIGNED_OPERATIONS, Target, is_write, likely_protocol, model_of, protocol_of, resolve, service_of
from .stale_reads import StaleReads
from .tokens import Tokens
from .trail import Trail
from .wire import code_of, parameters_of, response_with


class Sandbox:
    """Accounts, faults, pages, log and moto behind one function: `answer`."""

    def __init__(self) -> None:
        self.accounts = Accounts()
        self.faults = Faults()
        self.stale = StaleReads(self.faults)
        self.log = RequestLog()
        self.trail = Trail()
        self.page_sizes: dict[str, int] = {}
        self.moto = Moto()
        self._pager = Pager()
        self._tokens = Tokens()
        self._state: dict[tuple[str, str, str], dict[Any, Any]] = {}
        self._effects = threading.RLock()
        """moto's stores are not made for concurrent calls: one effect at a time."""

    def state(self, key: tuple[str, str, str]) -> dict[Any, Any]:
        """The store of a handler; call it only while an effect runs."""
        return self._state.setdefault(key, {})

    def answer(self, request: Request) -> Response:
        """The answer of AWS, as far as the sandbox goes."""
        protocol, service, model = likely_protocol(request), "", None
        try:
            signature = sigv4.read(request)
            if signature is None:
                return self._answer_unsigned(request, protocol)
            service = service_of(request, signature.service)
            model = model_of(service)
            protocol = protocol_of(request, model)
            credentials = self._verify(request, signature)
        except sigv4.Refused as refused:
            return render(refusal(refused.kind, protocol, service, refused.detail), protocol, service, model)
        except AWSError as error:
            return render(error, protocol, service, model)
        return self._answer_verified(request, service, model, protocol, signature.region, credentials)

    def _verify(self, request: Request, signature: sigv4.Signature) -> Credentials:
        credentials = self.accounts.key(signature.access_key)
        if credentials is None:
            raise sigv4.Refused("unknown-key")
        now = time.time()
        sigv4.verify(request, signature, credentials.secret_key, credentials.session_token, now)
        if credentials.is_expired(now):
            raise sigv4.Refused("expired")
        return credentials

    def _answer_unsigned(self, request: Request, protocol: str) -> Response:
        if request.form().get("Action") in UNSIGNED_OPERATIONS:
            return self._answer_verified(request, "sts", model_of("sts"), "query", "us-east-1", None)
        service = ""
        if request.method in ("GET", "HEAD", "PUT", "DELETE"):
            service, protocol = "s3", "rest-xml"
        return render(refusal("missing", protocol, service), protocol, service)

    def _answer_verified(
        self, request: Request, service: str, model: Any, protocol: str, region: str, credentials: Credentials | None
    ) -> Response:
        account = credentials.account if credentials else ""
        target, failed = None, None
        try:
            target = resolve(request, service)
        except AWSError as error:
            failed = error
        operation = str(target.operation.name) if target else request.header("x-amz-target").rpartition(".")[2]
        if credentials and credentials.hidden:
            return self._perform(request, target, failed, service, protocol, model, region, credentials)
        entry = self.log.begin(account, service, operation or request.method, region)
        fault = self.faults.take(account, service, operation)

        def perform() -> Response:
            return self._perform(request, target, failed, service, protocol, model, region, credentials)

        if fault is None:
            response, is_stale = self.stale.answer(account, service, operation, request, perform)
            entry["fault"] = "stale" if is_stale else None
        else:
            response = self._disturbed(fault, perform, protocol, service, model)
            entry["fault"] = fault.kind
        entry["status"] = None if response.disruption in ("reset", "hang") else response.status
        return response

    @staticmethod
    def _disturbed(fault: Fault, perform: Any, protocol: str, service: str, model: Any) -> Response:
        if fault.kind == "slow" and fault.when == "before":
            fault.wait()
            return perform()
        happens = fault.when == "after"
        return disturb(fault, perform() if happens else None, protocol, service, model)

    def _perform(
        self,
        request: Request,
        target: Target | None,
        failed: AWSError | None,
        service: str,
        protocol: str,
        model: Any,
        region: str,
        credentials: Credentials | None,
    ) -> Response:
        try:
            if target is None:
                raise failed or NotImplementedHere(service, "")
            call = Call(self, request, target, self._input(request, target), region, credentials,
                        credentials.account if credentials else "")  # fmt: skip
            with self._effects:
                return self._tokens.answer(call, lambda: self._recorded(call))
        except AWSError as error:
            return render(error, protocol, service, model)
        except MotoRefused as refused:
            return refused.response
        except MotoHasNot:
            assert target is not None
            return render(NotImplementedHere(service, str(target.operation.name)), protocol, service, model)
        except Exception as error:  # a bug of moto or of the sandbox must not look like a network failure
            code = getattr(error, "code", None)
            if isinstance(code, str) and hasattr(error, "message"):
                return render(AWSError(code, str(error.message)), protocol, service, model)
            traceback.print_exc(file=sys.stderr)
            return render(AWSError("InternalFailure", f"the sandbox failed: {error!r}", 500), protocol, service, model)

    def _recorded(self, call: Call) -> Response:
        """The effect of a call, which the trail keeps where it may change something."""
        if not is_write(call.service, call.operation) or (call.credentials and call.credentials.hidden):
            return self._execute(call)
        event = self.trail.begin(call)
        try:
            response = self._execute(call)
        except MotoRefused as refused:
            self.trail.end(call, event, None, code_of(refused.response, call.target))
            raise
        except Exception as error:
            self.trail.end(call, event, None, str(getattr(error, "code", "InternalFailure")))
            raise
        self.trail.end(call, event, response, code_of(response, call.target) if response.status >= 300 else None)
        return response

    @staticmethod
    def _input(request: Request, target: Target) -> dict[str, Any]:
        try:
            if target.protocol in ("json", "rest-json"):
                checks_json.check(request.body, target)
            elif target.protocol in ("query", "ec2"):
                checks_query.check(request.form(), target)
            else:
                checks_xml.check(request.body, target)
            if target.service == "s3":
                checksums.check(request, target)
            parameters = parameters_of(request, target)
        except (ValueError, TypeError) as error:
            code = "SerializationException" if "json" in target.protocol else "MalformedInput"
            raise AWSError(code, f"a value cannot be read: {error}", 400) from None
        constraints.check(parameters, target)
        return parameters

    def _execute(self, call: Call) -> Response:
        handler = handler_of(call.service, call.operation)
        if call.service == "s3":
            s3.check(call)
        forced = self.page_sizes.get(call.account) if not (call.credentials and call.credentials.hidden) else None
        rule = rule_for(call)
        if rule is not None:
            result = self._pager.page(call, rule, forced, handler or Call.moto)
            if result is None:
                assert call.untouched is not None
                return call.untouched
            return response_with(result, call.target)
        result = handler(call) if handler is not None else None
        if result is not None:
            return response_with(result, call.target)
        return (lower_limit(call, forced) if forced else call).respond_by_moto()
