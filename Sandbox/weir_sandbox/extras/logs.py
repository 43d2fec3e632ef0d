"""CloudWatch Logs: log groups by identifier, and the retentions that there are."""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

DAYS = {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}


@handles("logs", "PutRetentionPolicy")
def put_retention_policy(call: Call) -> None:
    """Refuse a retention that CloudWatch Logs does not know."""
    if call.parameters["retentionInDays"] not in DAYS:
        raise AWSError("InvalidParameterException", "Invalid retention value. Valid values are ...", 400)


@handles("logs", "DescribeLogGroups")
def describe_log_groups(call: Call) -> dict[str, Any]:
    """Look groups up by name or ARN, which moto passes over."""
    identifiers = call.parameters.get("logGroupIdentifiers")
    if identifiers is None:
        return call.moto()
    if others := set(call.parameters) - {"logGroupIdentifiers", "includeLinkedAccounts", "limit"}:
        raise AWSError("InvalidParameterException", f"logGroupIdentifiers does not go with {sorted(others)}.", 400)
    names = {identifier.rpartition(":log-group:")[2] for identifier in identifiers}
    groups = call.backend("logs").groups
    return {"logGroups": [groups[name].to_describe_dict() for name in sorted(names) if name in groups]}
