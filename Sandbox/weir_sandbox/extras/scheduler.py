"""EventBridge Scheduler: what it refuses, and what an update that leaves something out does."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import unquote

from botocore.model import Shape
from botocore.session import Session

from ..call import Call
from ..errors import AWSError
from . import handles
from .schedules import is_time_zone, problem

READS = ("get", "describe", "list", "poll", "receive", "search", "scan", "query", "select")
_UNIVERSAL = re.compile(r"arn:aws[a-z-]*:scheduler:::aws-sdk:([a-z0-9]+):([A-Za-z0-9]+)")
_ROLE = re.compile(r"arn:aws[a-z-]*:iam::(\d{12}):role/(?:.*/)?([^/]+)")


def invalid(message: str) -> AWSError:
    """The refusal of a request."""
    return AWSError("ValidationException", message, 400)


@handles("scheduler", "CreateSchedule")
def create_schedule(call: Call) -> dict[str, Any]:
    """Refuse what EventBridge Scheduler refuses, then let moto make it."""
    _check(call)
    group = call.parameters.get("GroupName") or "default"
    if group not in call.backend("scheduler").schedule_groups:
        raise AWSError("ResourceNotFoundException", f"Schedule group {group} does not exist.", 404)
    return call.moto()


@handles("scheduler", "UpdateSchedule")
def update_schedule(call: Call) -> dict[str, Any]:
    """Refuse the same; what is left out gets its default."""
    _check(call)
    parameters = call.parameters
    backend = call.backend("scheduler")
    group = backend.schedule_groups.get(parameters.get("GroupName") or "default")
    schedule = group.schedules.get(parameters["Name"]) if group else None
    if schedule is None:
        raise AWSError("ResourceNotFoundException", f"Schedule {parameters['Name']} does not exist.", 404)
    answer = call.moto()
    schedule.state = parameters.get("State") or "ENABLED"
    schedule.action_after_completion = parameters.get("ActionAfterCompletion") or "NONE"
    return answer


@handles("scheduler", "GetSchedule")
def get_schedule(call: Call) -> dict[str, Any]:
    """Describe it with the defaults that moto leaves out."""
    answer = call.moto()
    answer["ActionAfterCompletion"] = answer.get("ActionAfterCompletion") or "NONE"
    return answer


def _check(call: Call) -> None:
    parameters = call.parameters
    expression = parameters["ScheduleExpression"]
    if problem(expression):
        raise invalid(f"Invalid Schedule Expression {expression}.")
    zone = parameters.get("ScheduleExpressionTimezone")
    if zone and not is_time_zone(zone):
        raise invalid(f"Invalid Schedule Expression Timezone {zone}.")
    start, end = parameters.get("StartDate"), parameters.get("EndDate")
    if not expression.startswith("at("):
        if start is not None and _seconds(start) < time.time() - 300:
            raise invalid("The StartDate you specify cannot be earlier than 5 minutes ago.")
        if end is not None and _seconds(end) <= max(time.time(), _seconds(start) if start else 0):
            raise invalid("The EndDate you specify must be in the future and after the StartDate.")
    window = parameters["FlexibleTimeWindow"]
    if (window["Mode"] == "OFF") == ("MaximumWindowInMinutes" in window):
        raise invalid("MaximumWindowInMinutes goes with the mode FLEXIBLE, and only with it.")
    target = parameters["Target"]
    _check_target(target)
    _check_role(call, target["RoleArn"])


def _seconds(value: Any) -> float:
    return value.timestamp() if hasattr(value, "timestamp") else float(value)


def _check_target(target: dict[str, Any]) -> None:
    arn = target["Arn"]
    if ":scheduler:::aws-sdk:" not in arn:
        return
    match = _UNIVERSAL.fullmatch(arn)
    shape = _input(match[1], match[2]) if match else None
    if shape is None:
        raise invalid(f"Invalid TargetArn: {arn} is not a supported operation.")
    if match[2].startswith(READS):
        raise invalid(f"Invalid TargetArn: {arn} only reads.")
    try:
        given = json.loads(target.get("Input") or "{}")
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise invalid("Invalid Input: it is not well-formed JSON.")
    wrong = list(_wrong(given, shape[0], "")) if shape else list(given)
    if wrong:
        raise invalid(f"Invalid RequestJson provided: {', '.join(wrong)}.")


def _wrong(given: Any, shape: Shape, path: str) -> Iterator[str]:
    """The places at which a value is not as a shape says, with members as the SDK for Java writes them. AWS finds
    values out of range only when the schedule fires; nothing fires here, so that they are refused at once."""
    kinds = _KINDS.get(shape.type_name)
    if kinds and (not isinstance(given, kinds) or (isinstance(given, bool) and bool not in kinds)):
        yield f"{path} is no {shape.type_name}"
    elif shape.type_name == "structure":
        members = {_java(name): member for name, member in shape.members.items()}
        for name, value in given.items():
            if name in members:
                yield from _wrong(value, members[name], f"{path}.{name}")
            else:
                yield f"unknown {path}.{name}"
        yield from (f"missing {path}.{name}" for name in map(_java, shape.required_members) if name not in given)
    elif shape.type_name == "list":
        for number, value in enumerate(given):
            yield from _wrong(value, shape.member, f"{path}[{number}]")
    elif kinds == (str,):
        if not _is_in_range(len(given), shape.metadata):
            yield f"{path} is too long or too short"
        if given not in shape.metadata.get("enum", [given]):
            yield f"{path} is {given}, not one of {', '.join(shape.metadata['enum'])}"
    elif kinds and bool not in kinds and dict not in kinds and not _is_in_range(given, shape.metadata):
        yield f"{path} is {given}, out of range"


def _is_in_range(size: float, limits: dict[str, Any]) -> bool:
    return limits.get("min", size) <= size <= limits.get("max", size)


_KINDS: dict[str, tuple[type, ...]] = {
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "long": (int,),
    "double": (int, float),
    "float": (int, float),
}


@cache
def _input(service: str, operation: str) -> tuple[Shape, ...] | None:
    """The shape of an operation's input, none where it takes none; `None` where there is no such operation."""
    # The SDK for Java writes the names of services without hyphens.
    names = {name.replace("-", ""): name for name in Session().get_available_services()}
    if service not in names:
        return None
    model = Session().get_service_model(names[service])
    for name in model.operation_names:
        if name[0].lower() + name[1:] == operation:
            shape = model.operation_model(name).input_shape
            return () if shape is None else (shape,)
    return None


def _java(name: str) -> str:
    """`DBClusterIdentifier` as `DbClusterIdentifier`, `clusterName` as `ClusterName`."""
    name = re.sub(r"[A-Z]{2,}", lambda run: _cased(run, name), name)
    return name[0].upper() + name[1:]


def _cased(run: re.Match[str], name: str) -> str:
    letters = run[0]
    # The last capital begins the next word, unless the name ends here.
    if run.end() == len(name):
        return letters[0] + letters[1:].lower()
    return letters[0] + letters[1:-1].lower() + letters[-1]


def _check_role(call: Call, arn: str) -> None:
    match = _ROLE.fullmatch(arn)
    if not match:
        raise invalid(f"Invalid RoleArn {arn}.")
    roles = {role.name: role for role in call.backend("iam").roles.values()}
    role = roles.get(match[2])
    text = role.assume_role_policy_document if role else "{}"
    document = json.loads(text if text.lstrip().startswith("{") else unquote(text))
    statements = document.get("Statement", [])
    for statement in statements if isinstance(statements, list) else [statements]:
        services = (statement.get("Principal") or {}).get("Service", [])
        services = services if isinstance(services, list) else [services]
        if statement.get("Effect") == "Allow" and "scheduler.amazonaws.com" in services:
            return
    raise invalid("The execution role you provide must allow AWS EventBridge Scheduler to assume the role.")
