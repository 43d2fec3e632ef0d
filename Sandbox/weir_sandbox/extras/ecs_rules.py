"""What ECS accepts as a Fargate task: the pairs of cpu and memory, and containers that fit into the task."""

from __future__ import annotations

import re
from typing import Any

from ..errors import AWSError

GB = 1024
FARGATE_MEMORY = {
    256: [512, 1 * GB, 2 * GB],
    512: range(1 * GB, 4 * GB + 1, GB),
    1024: range(2 * GB, 8 * GB + 1, GB),
    2048: range(4 * GB, 16 * GB + 1, GB),
    4096: range(8 * GB, 30 * GB + 1, GB),
    8192: range(16 * GB, 60 * GB + 1, 4 * GB),
    16384: range(32 * GB, 120 * GB + 1, 8 * GB),
}
"""Valid memory in MiB by cpu units, as the API description of RegisterTaskDefinition lists them."""


def refuse(message: str) -> AWSError:
    """The error that ECS has for a definition it does not accept."""
    return AWSError("ClientException", message, 400)


def units(text: str, unit: str) -> int:
    """A size as a number: `1024`, or with its unit, `1 vCPU` or `2 GB`."""
    match = re.fullmatch(rf"\s*(\d+(?:\.\d+)?)\s*({unit})?\s*", text, re.IGNORECASE)
    if match is None or (match[2] is None and "." in match[1]):
        raise refuse(f"Invalid setting: '{text}' is no size.")
    return round(float(match[1]) * 1024) if match[2] else int(match[1])


def normalise_sizes(parameters: dict[str, Any]) -> dict[str, Any]:
    """The input with cpu and memory as plain numbers in text, as ECS keeps them."""
    sizes = {}
    if parameters.get("cpu"):
        sizes["cpu"] = str(units(parameters["cpu"], "vcpu"))
    if parameters.get("memory"):
        sizes["memory"] = str(units(parameters["memory"], "gb"))
    return parameters | sizes


def check_definition(parameters: dict[str, Any]) -> None:
    """Refuse a definition that ECS would refuse. cpu and memory are normalised already."""
    cpu, memory = int(parameters.get("cpu") or 0), int(parameters.get("memory") or 0)
    containers = parameters["containerDefinitions"]
    names = [container.get("name") for container in containers]
    if len(set(names)) != len(names):
        raise refuse("Container names must be unique in a task definition.")
    if not any(container.get("essential", True) for container in containers):
        raise refuse("A task definition must have at least one essential container.")
    if "FARGATE" in (parameters.get("requiresCompatibilities") or []):
        _check_fargate(parameters, cpu, memory)
    if memory:
        _check_memory(containers, memory)
    if cpu and sum(container.get("cpu") or 0 for container in containers) > cpu:
        raise refuse("The total amount of cpu of all containers is greater than the cpu of the task.")


def _check_fargate(parameters: dict[str, Any], cpu: int, memory: int) -> None:
    for name, value in (("cpu", cpu), ("memory", memory)):
        if not value:
            raise refuse(f"Fargate requires that '{name}' be defined at the task level.")
    if memory not in FARGATE_MEMORY.get(cpu, ()):
        raise refuse("No Fargate configuration exists for given values.")
    if parameters.get("networkMode") != "awsvpc":
        raise refuse("Fargate only supports network mode 'awsvpc'.")
    platform = parameters.get("runtimePlatform") or {}
    if platform.get("operatingSystemFamily", "LINUX") != "LINUX" and cpu < 1024:
        raise refuse("Windows tasks on Fargate need at least 1 vCPU.")


def _check_memory(containers: list[dict[str, Any]], memory: int) -> None:
    for container in containers:
        if (container.get("memory") or 0) > memory:
            raise refuse(
                f"Invalid setting for container '{container.get('name')}'. "
                "The memory of a container must not be greater than the memory of the task."
            )
    reserved = sum(container.get("memoryReservation") or container.get("memory") or 0 for container in containers)
    if reserved > memory:
        raise refuse("The total amount of memory of all containers is greater than the memory of the task.")
