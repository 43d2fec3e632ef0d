"""Application Auto Scaling: what targets, policies and scheduled actions share."""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..errors import AWSError

Identity = tuple[str, str, str]
"""Service namespace, resource ID, scalable dimension."""


def invalid(message: str) -> AWSError:
    """The error for what the service does not accept."""
    return AWSError("ValidationException", message, 400)


def not_found(what: str, identity: Identity, name: str = "") -> AWSError:
    """The error for a target, policy or action that does not exist."""
    text = f"No {what} found for service namespace: {identity[0]}, resource ID: {identity[1]}, "
    text += f"scalable dimension: {identity[2]}" + (f", name: {name}" if name else "")
    return AWSError("ObjectNotFoundException", text, 400)


def identity_of(parameters: dict[str, Any]) -> Identity:
    """Which target a request speaks of."""
    return parameters["ServiceNamespace"], parameters["ResourceId"], parameters["ScalableDimension"]


def targets(call: Call) -> dict[Identity, dict[str, Any]]:
    """The registered targets of the account and region."""
    return call.state("scalable-targets")


def check_bounds(minimum: int | None, maximum: int | None) -> None:
    """Refuse negative capacities, and a minimum above the maximum."""
    if any(value is not None and value < 0 for value in (minimum, maximum)):
        raise invalid("Capacity must not be negative.")
    if minimum is not None and maximum is not None and minimum > maximum:
        raise invalid(f"Maximum capacity ({maximum}) must not be less than minimum capacity ({minimum}).")


def selected(call: Call, records: list[dict[str, Any]], names: str = "", name: str = "") -> list[dict[str, Any]]:
    """The records that a Describe request asks for, in the order of their creation."""
    wanted = call.parameters
    if wanted.get("ScalableDimension") and not (wanted.get("ResourceId") or wanted.get("ResourceIds")):
        raise invalid("If you specify a scalable dimension, you must also specify a resource ID.")
    return [
        record
        for record in records
        if record["ServiceNamespace"] == wanted["ServiceNamespace"]
        and wanted.get("ResourceId") in (None, record["ResourceId"])
        and wanted.get("ScalableDimension") in (None, record["ScalableDimension"])
        and (not names or not wanted.get(names) or record[name] in wanted[names])
    ]


def policies(call: Call) -> dict[tuple[str, str, str, str], dict[str, Any]]:
    """The policies of the account and region, by target and name."""
    return call.state("scaling-policies")


def actions(call: Call) -> dict[tuple[str, str, str, str], dict[str, Any]]:
    """The scheduled actions of the account and region, by target and name."""
    return call.state("scheduled-actions")


def delete_policy_record(call: Call, key: tuple[str, str, str, str]) -> None:
    """Delete a policy that exists, and its alarms."""
    delete_alarms(call, policies(call).pop(key))


def delete_alarms(call: Call, policy: dict[str, Any]) -> None:
    """Delete the alarms that a policy has made."""
    if policy["Alarms"]:
        call.backend("cloudwatch").delete_alarms([alarm["AlarmName"] for alarm in policy["Alarms"]])
