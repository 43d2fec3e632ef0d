"""AWS CloudTrail: LookupEvents, over what the sandbox itself has seen. moto has only trails."""

from __future__ import annotations

import json
import time
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

DAYS = 90
RESOURCES = {"s3": ("AWS::S3::Bucket", "bucketName")}
"""Services whose events name their resources, and where; most do not."""


@handles("cloudtrail", "LookupEvents")
def lookup_events(call: Call) -> dict:
    """The events of the last 90 days in this region, the newest first, by one attribute."""
    parameters = call.parameters
    attributes = parameters.get("LookupAttributes") or []
    if len(attributes) > 1:
        raise AWSError("InvalidLookupAttributesException", "You can specify only one lookup attribute.", 400)
    start, end = _seconds(parameters.get("StartTime")), _seconds(parameters.get("EndTime"))
    if start is not None and end is not None and start > end:
        raise AWSError("InvalidTimeRangeException", "StartTime cannot be greater than EndTime.", 400)
    oldest = max(start or 0, time.time() - DAYS * 86_400)
    found = []
    for event in call.sandbox.trail.newest_first(call.account, call.region):
        if event["time"] < int(oldest) or (end is not None and event["time"] > end):
            continue
        shown = _shown(event)
        if all(_matches(shown, item["AttributeKey"], item["AttributeValue"]) for item in attributes):
            found.append(shown)
    return {"Events": found}


def _shown(event: dict[str, Any]) -> dict[str, Any]:
    record = event["record"]
    identity = record["userIdentity"]
    service = record["eventSource"].partition(".")[0]
    resources = []
    if service in RESOURCES:
        kind, member = RESOURCES[service]
        if member in record["requestParameters"]:
            resources.append({"ResourceType": kind, "ResourceName": record["requestParameters"][member]})
    return {
        "EventId": record["eventID"],
        "EventName": record["eventName"],
        "ReadOnly": "true" if record["readOnly"] else "false",
        "AccessKeyId": identity.get("accessKeyId"),
        "EventTime": event["time"],
        "EventSource": record["eventSource"],
        "Username": (identity.get("arn") or "").rsplit("/", 1)[-1],
        "Resources": resources,
        "CloudTrailEvent": json.dumps(record),
    }


def _matches(event: dict[str, Any], key: str, value: str) -> bool:
    if key == "ResourceName":
        return any(item["ResourceName"] == value for item in event["Resources"])
    if key == "ResourceType":
        return any(item["ResourceType"] == value for item in event["Resources"])
    return event.get(key) == value


def _seconds(moment: Any) -> float | None:
    if moment is None:
        return None
    return moment.timestamp() if hasattr(moment, "timestamp") else float(moment)
