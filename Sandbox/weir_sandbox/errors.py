"""Errors as AWS sends them, in the form of each protocol."""

from __future__ import annotations

import json
from uuid import uuid4
from xml.sax.saxutils import escape

from .messages import Response


class AWSError(Exception):
    """An error answer: its code, its message, and its HTTP status where the API description has none."""

    def __init__(self, code: str, message: str, status: int | None = None):
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status


class NotImplementedHere(AWSError):
    """The operation exists in AWS, and neither moto nor the sandbox has it. Clients do not retry a 501."""

    def __init__(self, service: str, operation: str):
        super().__init__("NotImplemented", f"the sandbox does not implement {service}:{operation}", 501)


def status_of(error: AWSError, model) -> int:
    """The HTTP status: our own word, else the API description's, else 400."""
    if error.status:
        return error.status
    for shape in getattr(model, "error_shapes", []):
        if error.code in (shape.name, shape.metadata.get("error", {}).get("code")):
            return shape.metadata.get("error", {}).get("httpStatusCode", 400)
    return 400


def render(error: AWSError, protocol: str, service: str, model=None) -> Response:
    """The error in the form of the service's protocol."""
    status = status_of(error, model)
    request_id = str(uuid4())
    metadata = model.metadata if model is not None else {}
    headers = {"x-amzn-requestid": request_id}
    if protocol in ("json", "rest-json"):
        return _render_json(error, protocol, status, headers, metadata)
    code, message = escape(error.code), escape(error.message)
    fault = "Sender" if status < 500 else "Receiver"
    if service == "s3":
        headers = {"x-amz-request-id": request_id}
        body = f"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>{request_id}</RequestId></Error>"
    elif protocol == "ec2":
        body = (
            f"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>"
            f"<RequestID>{request_id}</RequestID></Response>"
        )
    else:
        namespace = metadata.get("xmlNamespace", "")
        if isinstance(namespace, dict):
            namespace = namespace.get("uri", "")
        attribute = f' xmlns="{escape(namespace)}"' if namespace else ""
        body = (
            f"<ErrorResponse{attribute}><Error><Type>{fault}</Type><Code>{code}</Code><Message>{message}</Message>"
            f"</Error><RequestId>{request_id}</RequestId></ErrorResponse>"
        )
    headers["content-type"] = "application/xml" if service == "s3" else "text/xml"
    return Response(status, headers, b'<?xml version="1.0" encoding="UTF-8"?>\n' + body.encode())


def _render_json(error: AWSError, protocol: str, status: int, headers: dict, metadata) -> Response:
    kind = error.code
    if protocol == "rest-json":
        headers["content-type"] = "application/json"
        headers["x-amzn-errortype"] = kind
        body = {"message": error.message}
    else:
        version = metadata.get("jsonVersion", "1.1")
        headers["content-type"] = f"application/x-amz-json-{version}"
        if version == "1.0" and metadata.get("targetPrefix"):
            kind = f"{metadata['targetPrefix']}#{kind}"
        headers["x-amzn-errortype"] = kind
        body = {"__type": kind, "message": error.message}
    if "awsQueryCompatible" in metadata:
        headers["x-amzn-query-error"] = f"{error.code};{'Sender' if status < 500 else 'Receiver'}"
    return Response(status, headers, json.dumps(body).encode())
