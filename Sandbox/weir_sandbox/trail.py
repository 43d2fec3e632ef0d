"""What CloudTrail would have recorded: who asked for what change, and how it went."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

from .accounts import Credentials
from .call import Call
from .messages import Response
from .wire import result_of

MAXIMUM = 20_000
EVENT_SOURCES = {"application-autoscaling": "autoscaling"}
"""Event sources that are not the prefix of the service's endpoint."""
EVENT_NAMES = {
    ("s3", "PutBucketLifecycleConfiguration"): "PutBucketLifecycle",
    ("s3", "PutBucketNotificationConfiguration"): "PutBucketNotification",
}
"""Events that are not called as their operation."""
MADE = {
    ("dlm", "CreateLifecyclePolicy"): lambda made: {"PolicyId": made["PolicyId"]},
    ("ec2", "CreateVpcEndpoint"): lambda made: {
        "CreateVpcEndpointResponse": {"vpcEndpoint": {"vpcEndpointId": made["VpcEndpoint"]["VpcEndpointId"]}}},
}  # fmt: skip
"""What is told of the answers to some operations that make something."""
WRAPPED = ("CreateVpcEndpoint", "DeleteVpcEndpoints", "ModifyVpcEndpoint")
"""Operations of EC2 whose parameters stand in a document of their own, with the names of the query."""
GLOBAL = {"budgets": "us-east-1", "iam": "us-east-1"}
"""Where services without regions are recorded, whatever region a client signs for."""
HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"


class Trail:
    """Management events that change something, per account and region. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def begin(self, call: Call) -> dict[str, Any]:
        """The record of a call before its effect, which may change the parameters."""
        credentials, source = call.credentials, call.target.model.endpoint_prefix
        source = EVENT_SOURCES.get(call.service, source)
        return {
            "eventVersion": "1.11",
            "userIdentity": _identity(credentials) if credentials else {"type": "Unknown"},
            "eventSource": f"{source}.amazonaws.com",
            "eventName": EVENT_NAMES.get((call.service, call.operation), call.operation),
            "awsRegion": GLOBAL.get(call.service, call.region),
            "sourceIPAddress": "127.0.0.1",
            "userAgent": call.request.header("user-agent"),
            "requestParameters": _parameters(call),
            "responseElements": None,
            "requestID": str(uuid4()),
            "eventID": str(uuid4()),
            "readOnly": False,
            "eventType": "AwsApiCall",
            "managementEvent": True,
            "recipientAccountId": call.account,
            "eventCategory": "Management",
        }

    def end(self, call: Call, event: dict[str, Any], response: Response | None, error: str | None = None) -> None:
        """Keep the record of a call that is over; one that failed says why."""
        now = time.time()
        made = MADE.get((call.service, call.operation))
        if made and response and not error:
            event["responseElements"] = made(result_of(response, call.target))
        event |= {"eventTime": datetime.fromtimestamp(now, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")}
        if error:
            event["errorCode"] = error
        with self._lock:
            events = self._events.setdefault((call.account, event["awsRegion"]), [])
            events.append({"time": int(now), "record": event})
            del events[:-MAXIMUM]

    def newest_first(self, account: str, region: str) -> list[dict[str, Any]]:
        """The events of an account in a region: `time` and `record`."""
        with self._lock:
            return list(reversed(self._events.get((account, region), [])))


def _identity(credentials: Credentials) -> dict[str, Any]:
    """`userIdentity` of an IAM user, or of a session of a role."""
    identity = {
        "principalId": credentials.user_id,
        "arn": credentials.arn,
        "accountId": credentials.account,
        "accessKeyId": credentials.access_key,
    }
    name = credentials.arn.rsplit("/", 1)[-1]
    if ":assumed-role/" in credentials.arn:
        role = credentials.arn.split("/")[1]
        issuer = {"type": "Role", "arn": f"arn:aws:iam::{credentials.account}:role/{role}",
                  "accountId": credentials.account, "userName": role}  # fmt: skip
        return {"type": "AssumedRole"} | identity | {"sessionContext": {"sessionIssuer": issuer}}
    return {"type": "IAMUser"} | identity | {"userName": name}


def _parameters(call: Call) -> dict[str, Any]:
    shape = call.target.operation.input_shape
    if call.service == "dlm":
        members = shape.members
        return {name[:1].lower() + name[1:] if members[name].serialization.get("location") == "uri" else name: value
                for name, value in call.parameters.items()}  # fmt: skip
    if call.service == "ec2" and call.operation in WRAPPED:
        names = {name: member.serialization.get("name", name) for name, member in shape.members.items()}
        return {f"{call.operation}Request": {names[name]: _items(value) for name, value in call.parameters.items()}}
    parameters = _shown(call.parameters, shape)
    if call.service == "s3":
        bucket = parameters.pop("bucket", None)
        return ({"bucketName": bucket} if bucket else {}) | {"Host": call.request.header("host")} | parameters
    return parameters


def _items(value: Any) -> Any:
    """A list as CloudTrail writes it for such operations: one item stands for itself."""
    if not isinstance(value, list):
        return value
    items = [{"tag": number, "content": item} for number, item in enumerate(value, 1)]
    return items[0] if len(items) == 1 else items


def _shown(value: Any, shape: Any) -> Any:
    """A value with its keys as CloudTrail writes them, and without what must not be seen."""
    if shape is not None and shape.metadata.get("sensitive"):
        return HIDDEN
    if isinstance(value, dict):
        members = getattr(shape, "members", None)
        if members is not None:
            return {name[:1].lower() + name[1:]: _shown(item, members.get(name)) for name, item in value.items()}
        return {str(name): _shown(item, getattr(shape, "value", None)) for name, item in value.items()}
    if isinstance(value, list):
        return [_shown(item, getattr(shape, "member", None)) for item in value]
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)
