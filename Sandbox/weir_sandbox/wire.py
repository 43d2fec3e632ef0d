"""Between HTTP messages and the values that operations take and give, in every protocol."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request as RoutedRequest
from moto.core.serialize import SerializationContext, XFormedAttributePicker, get_serializer_class

from .messages import Request, Response
from .moto_app import environ_of
from .services import Target


def parameters_of(request: Request, target: Target) -> dict[str, Any]:
    """The input of the operation. Raises `ValueError` where a value cannot be read as its type."""
    routed = RoutedRequest(environ_of(request))
    parser = PROTOCOL_PARSERS[target.protocol](target.operation)
    parsed = parser.parse(
        {
            "method": request.method,
            "values": routed.values,
            "headers": routed.headers,
            "body": request.body,
            "url_path": request.path,
            "url_params": target.path_parameters,
        }
    )
    return {
        name: value
        for name, value in (parsed or {}).items()
        if value is not None and not _is_absent(target.operation.input_shape.members[name], value, request)
    }


def _is_absent(member: Any, value: Any, request: Request) -> bool:
    """moto's parser gives an empty list for one that the query string does not have."""
    location = member.serialization.get("location")
    return location == "querystring" and value == [] and member.serialization["name"] not in request.query_keys()


def request_with(request: Request, target: Target, parameters: dict[str, Any]) -> Request:
    """The same request with other parameters. It is no longer rightly signed."""
    serializer = create_serializer(target.protocol, include_validation=False)
    made = serializer.serialize_to_request(parameters, target.operation)
    query, body = made["query_string"], made["body"]
    if isinstance(query, dict):
        query = urlencode(query, doseq=True)
    if isinstance(body, dict):
        body = urlencode(body)
    if isinstance(body, str):
        body = body.encode()
    headers = request.headers | {name.lower(): str(value) for name, value in made["headers"].items()}
    path, _, literal = made["url_path"].partition("?")
    query = "&".join(part for part in (literal, query or "") if part)
    return replace(request, path=path, query=query, headers=headers, body=body or b"")


def result_of(response: Response, target: Target) -> dict[str, Any]:
    """The output of the operation that a successful response carries."""
    shape = target.operation.output_shape
    if shape is None:
        return {}
    parsed = create_parser(target.protocol).parse(
        {"status_code": response.status, "headers": response.headers, "body": response.body}, shape
    )
    parsed.pop("ResponseMetadata", None)
    return parsed


def code_of(response: Response, target: Target) -> str:
    """The error code that a response carries."""
    parsed = create_parser(target.protocol).parse(
        {"status_code": response.status, "headers": response.headers, "body": response.body},
        target.operation.output_shape,
    )
    return str(parsed.get("Error", {}).get("Code", "InternalFailure"))


def response_with(result: Any, target: Target) -> Response:
    """The response that carries an output: a dictionary, whose values may be moto's own objects."""
    request_id = str(uuid4())
    serializer = get_serializer_class(target.service, target.protocol)(
        operation_model=target.operation,
        context=SerializationContext(request_id),
        value_picker=XFormedAttributePicker(),
    )
    made = serializer.serialize(result)
    body = made["body"]
    if isinstance(body, dict):
        body = json.dumps(body)
    if isinstance(body, str):
        body = body.encode()
    name = "x-amz-request-id" if target.service == "s3" else "x-amzn-requestid"
    headers = {key.lower(): str(value) for key, value in made["headers"].items()} | {name: request_id}
    return Response(made["status_code"], headers, body)
