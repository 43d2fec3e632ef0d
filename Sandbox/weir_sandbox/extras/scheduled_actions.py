"""Application Auto Scaling: scheduled actions."""

from __future__ import annotations

import time
from uuid import uuid4

from ..call import Call
from . import handles
from .scaling_records import actions, check_bounds, identity_of, invalid, not_found, selected, targets
from .schedules import is_time_zone, problem

KEPT = ("Schedule", "Timezone", "StartTime", "EndTime", "ScalableTargetAction")


@handles("application-autoscaling", "PutScheduledAction")
def put_action(call: Call) -> dict:
    """Create an action, or change what is given of one."""
    identity, parameters = identity_of(call.parameters), call.parameters
    if identity not in targets(call):
        raise not_found("scalable target", identity)
    name = parameters["ScheduledActionName"]
    held = actions(call).get((*identity, name))
    given = {member: parameters[member] for member in KEPT if parameters.get(member) is not None}
    # What an update leaves out is kept, but for the times, which are then deleted.
    kept = {member: value for member, value in (held or {}).items() if member not in ("StartTime", "EndTime")}
    merged = kept | given
    if not merged.get("Schedule") or not merged.get("ScalableTargetAction"):
        raise invalid("A new scheduled action must have a schedule and a scalable target action.")
    wrong = problem(merged["Schedule"])
    if wrong:
        raise invalid(f"The schedule {merged['Schedule']} is not valid: {wrong}.")
    if "Timezone" in given and not is_time_zone(given["Timezone"]):
        raise invalid(f"The time zone {given['Timezone']} is not valid.")
    if merged.get("StartTime") and merged.get("EndTime") and merged["StartTime"] >= merged["EndTime"]:
        raise invalid("The start time must be before the end time.")
    action = merged["ScalableTargetAction"]
    if action.get("MinCapacity") is None and action.get("MaxCapacity") is None:
        raise invalid("A scalable target action must have a minimum or a maximum capacity.")
    check_bounds(action.get("MinCapacity"), action.get("MaxCapacity"))
    if held is None:
        merged |= {
            "ScheduledActionName": name,
            "ScheduledActionARN": f"arn:aws:autoscaling:{call.region}:{call.account}:scheduledAction:{uuid4()}:"
            f"resource/{identity[0]}/{identity[1]}:scheduledActionName/{name}",
            "ServiceNamespace": identity[0],
            "ResourceId": identity[1],
            "ScalableDimension": identity[2],
            "CreationTime": time.time(),
        }
    actions(call)[(*identity, name)] = merged
    return {}


@handles("application-autoscaling", "DescribeScheduledActions")
def describe_actions(call: Call) -> dict:
    """The actions of a service namespace."""
    records = selected(call, list(actions(call).values()), "ScheduledActionNames", "ScheduledActionName")
    return {"ScheduledActions": records}


@handles("application-autoscaling", "DeleteScheduledAction")
def delete_action(call: Call) -> dict:
    """Delete an action."""
    identity, name = identity_of(call.parameters), call.parameters["ScheduledActionName"]
    if actions(call).pop((*identity, name), None) is None:
        raise not_found("scheduled action", identity, name)
    return {}
