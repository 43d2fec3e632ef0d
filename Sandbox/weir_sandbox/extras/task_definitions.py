"""Amazon ECS: task definitions that Fargate would run."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from ..call import Call
from . import handles
from .ecs_rules import check_definition, normalise_sizes, refuse

REQUIRED_ATTRIBUTES = ("com.amazonaws.ecs.capability.docker-remote-api.1.18", "ecs.capability.task-eni")
"""A part of what AWS derives from a definition and adds to its description; nobody may send it back."""


@handles("ecs", "RegisterTaskDefinition")
def register_task_definition(call: Call) -> dict:
    """Register a revision, if a task of it could run."""
    parameters = normalise_sizes(call.parameters)
    check_definition(parameters)
    answer = call.with_parameters(parameters).moto()
    definition = _definition(call, answer["taskDefinition"]["taskDefinitionArn"])
    definition.enable_fault_injection = parameters.get("enableFaultInjection", False)
    definition.requires_attributes = [{"name": name} for name in REQUIRED_ATTRIBUTES]
    definition.registered_at = datetime.now(timezone.utc)
    definition.registered_by = call.credentials.arn if call.credentials else None
    return {"taskDefinition": definition, "tags": parameters.get("tags") or []}


@handles("ecs", "DeregisterTaskDefinition")
def deregister_task_definition(call: Call) -> dict:
    """Make a revision INACTIVE; services that run it go on."""
    answer = call.moto()
    definition = _definition(call, answer["taskDefinition"]["taskDefinitionArn"])
    definition.deregistered_at = datetime.now(timezone.utc)
    return {"taskDefinition": definition}


def active_definition(call: Call, reference: str) -> Any:
    """The revision that `family`, `family:revision` or an ARN names, if a service may be brought to it."""
    backend, name = call.backend("ecs"), reference.rsplit("/", 1)[-1]
    if ":" not in name:
        active = [d for d in backend.task_definitions.get(name, {}).values() if d.status == "ACTIVE"]
        if not active:
            raise refuse("TaskDefinition not found.")
        return active[-1]
    family, _, revision = name.partition(":")
    definition = backend.task_definitions.get(family, {}).get(int(revision) if revision.isdigit() else None)
    if definition is None or (reference.startswith("arn:") and reference != definition.arn):
        raise refuse("TaskDefinition not found.")
    if definition.status != "ACTIVE":
        raise refuse("TaskDefinition is inactive")
    return definition


def _definition(call: Call, reference: str) -> Any:
    return call.backend("ecs").describe_task_definition(reference)
