"""Which service a request is for, and which operation of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import UnknownServiceError
from moto.core.request import Request as RoutedRequest
from moto.core.request import determine_request_protocol
from moto.core.routing import NotFound, get_service_router
from moto.core.utils import get_service_model

from .errors import AWSError, NotImplementedHere
from .messages import Request
from .moto_app import environ_of

SIGNING_NAMES = {
    "monitoring": ["cloudwatch"],
    "elasticfilesystem": ["efs"],
    "elasticloadbalancing": ["elbv2", "elb"],
    "elasticmapreduce": ["emr"],
    "states": ["stepfunctions"],
    "tagging": ["resourcegroupstaggingapi"],
    "apigateway": ["apigateway", "apigatewayv2"],
    "dynamodb": ["dynamodb", "dynamodbstreams"],
    "s3": ["s3", "s3control"],
    "es": ["opensearch", "es"],
}
"""Names in a credential scope that differ from botocore's, or that several services share."""

READ_PREFIXES = (
    "List", "Describe", "Get", "Head", "BatchGet", "Lookup", "Search", "Filter", "Simulate", "Validate", "Select",
    "Query", "Scan",
)  # fmt: skip
UNSIGNED_OPERATIONS = ("AssumeRoleWithWebIdentity", "AssumeRoleWithSAML")


@dataclass(frozen=True)
class Target:
    """The operation that a request asks for."""

    service: str
    protocol: str
    model: Any
    operation: Any
    path_parameters: dict[str, Any]


def is_write(service: str, operation: str) -> bool:
    """Whether the operation may change something. STS only hands out keys."""
    return service != "sts" and not operation.startswith(READ_PREFIXES)


def service_of(request: Request, signing_name: str) -> str:
    """botocore's name of the service that a signed request is for."""
    names = SIGNING_NAMES.get(signing_name, [signing_name])
    if len(names) > 1:
        if signing_name == "s3":
            return "s3control" if request.path.startswith("/v20180820/") else "s3"
        if signing_name == "apigateway":
            return "apigatewayv2" if request.path.startswith("/v2/") else "apigateway"
        target, version = request.header("x-amz-target"), request.form().get("Version", "")
        for name in names:
            model = get_service_model(name)
            prefix = model.metadata.get("targetPrefix", "\n")
            if target.startswith(prefix + ".") or version == model.api_version:
                return name
    return names[0]


def model_of(service: str) -> Any:
    """The API description of a service."""
    try:
        return get_service_model(service)
    except UnknownServiceError:
        raise AWSError("UnknownService", f"there is no service {service}", 501) from None


def likely_protocol(request: Request) -> str:
    """The protocol to answer in when the service is not known."""
    if request.header("x-amz-target"):
        return "json"
    kind = request.header("content-type")
    return "query" if kind.startswith("application/x-www-form-urlencoded") else "rest-json"


def protocol_of(request: Request, model: Any) -> str:
    """The wire protocol that the request speaks, among those of its service."""
    try:
        return determine_request_protocol(model, request.header("content-type"))
    except NotImplementedError:
        return str(model.protocol)


def resolve(request: Request, service: str) -> Target:
    """The operation, or the error that AWS has for one that it does not know."""
    model = model_of(service)
    protocol = protocol_of(request, model)
    try:
        operation, parameters = get_service_router(service).match(RoutedRequest(environ_of(request)))
    except NotFound:
        if protocol == "json":
            name = request.header("x-amz-target").rpartition(".")[2]
            raise AWSError("UnknownOperationException", f"unknown operation {name}", 400) from None
        if protocol in ("query", "ec2"):
            name = request.form().get("Action", "")
            raise AWSError("InvalidAction", f"Could not find operation {name}", 400) from None
        raise NotImplementedHere(service, f"{request.method} {request.path}") from None
    except NotImplementedError:
        raise NotImplementedHere(service, "(protocol)") from None
    return Target(service, protocol, model, operation, parameters)
