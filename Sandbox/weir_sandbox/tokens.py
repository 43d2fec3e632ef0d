"""Idempotency tokens: who sends a request again after its answer was lost gets that answer, and nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .call import Call
from .messages import Response

MAXIMUM = 10_000


class Tokens:
    """The answers to requests with a token, of operations whose API description has one. Not safe for several threads."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, ...], tuple[dict[str, Any], Response]] = {}

    def answer(self, call: Call, perform: Callable[[], Response]) -> Response:
        """The answer that the same request has had, or that of its effect."""
        tokens = [str(call.parameters[name]) for name in call.target.operation.idempotent_members if name in call.parameters]
        if not tokens:
            return perform()
        key = (call.account, call.region, call.service, call.operation, *tokens)
        parameters, answer = self._answers.get(key, ({}, None))
        if answer is not None and parameters == call.parameters:
            return replace(answer)
        parameters = dict(call.parameters)
        response = perform()
        if response.status < 300:
            self._answers[key] = (parameters, replace(response))
            while len(self._answers) > MAXIMUM:
                self._answers.pop(next(iter(self._answers)))
        return response
