"""Application Auto Scaling: scalable targets."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

from ..call import Call
from ..errors import AWSError
from . import handles
from .ecs import settle
from .sagemaker import is_creating
from .scaled_tables import fit_capacity, scaled_table
from .scaling_records import (
    Identity,
    actions,
    check_bounds,
    delete_policy_record,
    identity_of,
    invalid,
    not_found,
    policies,
    selected,
    targets,
)

NOT_SUSPENDED = {
    "DynamicScalingInSuspended": False, "DynamicScalingOutSuspended": False, "ScheduledScalingSuspended": False,
}  # fmt: skip


@handles("application-autoscaling", "RegisterScalableTarget")
def register_target(call: Call) -> dict:
    """Create a target or change what is given of one; then bring the resource between its bounds."""
    identity, parameters = identity_of(call.parameters), call.parameters
    held = targets(call).get(identity)
    bounds = {name: parameters.get(name, (held or {}).get(name)) for name in ("MinCapacity", "MaxCapacity")}
    if None in bounds.values():
        raise invalid("Minimum and maximum capacity must be given for a new scalable target.")
    check_bounds(bounds["MinCapacity"], bounds["MaxCapacity"])
    service = _ecs_service(call, identity) if held is None or identity[0] == "ecs" else None
    if held is None:
        held = targets(call)[identity] = _new_target(call, identity)
        call.state("aas-tags")[held["ScalableTargetARN"]] = dict(parameters.get("Tags") or {})
    held.update(bounds)
    held["SuspendedState"] = held["SuspendedState"] | (parameters.get("SuspendedState") or {})
    if identity[0] == "dynamodb":
        fit_capacity(call, identity, held)
    if service is not None:
        count = min(max(service.desired_count, held["MinCapacity"]), held["MaxCapacity"])
        if count != service.desired_count:
            settle(service, count)
    return {"ScalableTargetARN": held["ScalableTargetARN"]}


@handles("application-autoscaling", "DescribeScalableTargets")
def describe_targets(call: Call) -> dict:
    """The targets of a service namespace."""
    return {"ScalableTargets": selected(call, list(targets(call).values()), "ResourceIds", "ResourceId")}


@handles("application-autoscaling", "DeregisterScalableTarget")
def deregister_target(call: Call) -> dict:
    """Delete a target with its policies, their alarms, and its scheduled actions."""
    identity = identity_of(call.parameters)
    if identity not in targets(call):
        raise not_found("scalable target", identity)
    for key in [key for key in policies(call) if key[:3] == identity]:
        delete_policy_record(call, key)
    for key in [key for key in actions(call) if key[:3] == identity]:
        del actions(call)[key]
    call.state("aas-tags").pop(targets(call).pop(identity)["ScalableTargetARN"], None)
    return {}


@handles("application-autoscaling", "DescribeScalingActivities")
def describe_activities(call: Call) -> dict:
    """No activities: nothing scales by itself in the sandbox."""
    return {"ScalingActivities": []}


@handles("application-autoscaling", "TagResource", "UntagResource", "ListTagsForResource")
def tags(call: Call) -> dict:
    """The tags of a target."""
    held = call.state("aas-tags").get(call.parameters["ResourceARN"])
    if held is None:
        raise AWSError("ResourceNotFoundException", "The resource doesn't exist.", 400)
    if call.operation == "ListTagsForResource":
        return {"Tags": held}
    held.update(call.parameters.get("Tags") or {})
    for key in call.parameters.get("TagKeys") or []:
        held.pop(key, None)
    return {}


def _new_target(call: Call, identity: Identity) -> dict[str, Any]:
    role = f"{identity[0]}.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling"
    arn = f"arn:aws:application-autoscaling:{call.region}:{call.account}:scalable-target/{uuid4().hex}"
    return {
        "ServiceNamespace": identity[0],
        "ResourceId": identity[1],
        "ScalableDimension": identity[2],
        "RoleARN": f"arn:aws:iam::{call.account}:role/aws-service-role/{role}",
        "CreationTime": time.time(),
        "SuspendedState": dict(NOT_SUSPENDED),
        "ScalableTargetARN": arn,
    }


def _ecs_service(call: Call, identity: Identity) -> Any:
    namespace, resource, dimension = identity
    if dimension.split(":")[0] != namespace:
        raise invalid("Unsupported service namespace, resource type or scalable dimension")
    if namespace == "dynamodb":
        scaled_table(call, identity)
    if namespace == "sagemaker":
        name = resource.split("/")[1]
        if name not in call.backend("sagemaker").endpoints:
            raise invalid(f"Endpoint doesn't exist: {resource}")
        if is_creating(call, name):
            raise invalid(f"Endpoint is not in service: {resource}")
    if namespace != "ecs":
        return None
    parts = resource.split("/")
    if len(parts) != 3 or parts[0] != "service":
        raise invalid("Unsupported service namespace, resource type or scalable dimension")
    service = call.backend("ecs").services.get(f"{parts[1]}:{parts[2]}")
    if service is None or service.status != "ACTIVE":
        raise invalid(f"ECS service doesn't exist: {resource}")
    return service
