"""A verified and valid request on its way to a handler."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .accounts import Credentials
from .messages import Request, Response
from .services import Target
from .wire import request_with, result_of

if TYPE_CHECKING:
    from .sandbox import Sandbox


class MotoRefused(Exception):
    """moto answered with an error, which goes to the client as it is."""

    def __init__(self, response: Response):
        super().__init__(f"moto answered {response.status}")
        self.response = response


@dataclass
class Call:
    """What a handler of `extras` gets: the input, the caller, its own state, and moto to fall back on."""

    sandbox: Sandbox
    request: Request
    target: Target
    parameters: dict[str, Any]
    region: str
    credentials: Credentials | None
    account: str
    untouched: Response | None = field(default=None, init=False)
    """moto's last response."""
    changed: bool = False
    """Whether `parameters` differ from what the request says."""

    @property
    def service(self) -> str:
        """botocore's name of the service."""
        return self.target.service

    @property
    def operation(self) -> str:
        """The name of the operation."""
        return str(self.target.operation.name)

    def state(self, name: str, *, regional: bool = True) -> dict[Any, Any]:
        """A dictionary of the sandbox's own, for this account and (if regional) region."""
        return self.sandbox.state((self.account, self.region if regional else "*", name))

    def backend(self, name: str) -> Any:
        """moto's own store of a service (moto's name of it) for this account and region."""
        from moto.backends import get_backend

        regions = get_backend(name)[self.account]
        return regions[self.region if self.region in regions else "aws"]

    def with_parameters(self, parameters: dict[str, Any]) -> Call:
        """The same call with another input."""
        return replace(self, parameters=parameters, changed=True)

    def respond_by_moto(self) -> Response:
        """moto's response, a good or a bad one."""
        request = request_with(self.request, self.target, self.parameters) if self.changed else self.request
        self.untouched = self.sandbox.moto.answer(request, self.account)
        return self.untouched

    def moto(self) -> dict[str, Any]:
        """moto's output; its error ends the call."""
        response = self.respond_by_moto()
        if response.status >= 300:
            raise MotoRefused(response)
        return result_of(response, self.target)
