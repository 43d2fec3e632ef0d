"""What moto lacks or gets wrong, service by service.

A module registers handlers with `@handles`; it is loaded when the first request for its service comes.
A handler takes a `Call` and returns the output, whose values may be moto's own objects; or nothing, where it has
only checked the request or mended moto's store, and moto's answer is good.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from ..call import Call

MODULES = {
    "application-autoscaling": ["scalable_targets", "scaling_policies", "scheduled_actions"],
    "budgets": ["budgets", "budget_notifications"],
    "ce": ["anomalies"],
    "cloudfront": ["cloudfront"],
    "cloudtrail": ["cloudtrail"],
    "cloudwatch": ["cloudwatch"],
    "dlm": ["dlm"],
    "dynamodb": ["tables"],
    "ec2": ["commitments", "ec2", "ec2_unused", "instances", "vpc_endpoints"],
    "ecr": ["ecr"],
    "ecs": ["task_definitions", "ecs"],
    "efs": ["efs"],
    "eks": ["eks"],
    "kinesis": ["streams"],
    "lambda": ["functions"],
    "logs": ["logs"],
    "rds": ["rds"],
    "resourcegroupstaggingapi": ["tagging"],
    "s3": ["s3", "s3_lifecycle", "s3_tiering", "s3_uploads"],
    "sagemaker": ["sagemaker"],
    "savingsplans": ["commitments"],
    "sns": ["sns"],
    "scheduler": ["scheduler"],
    "ssm": ["ssm"],
    "sts": ["sts"],
}
"""The modules of each service that needs any."""

Handler = Callable[[Call], dict[str, Any] | None]
HANDLERS: dict[tuple[str, str], Handler] = {}
_LOADED: set[str] = set()


def handles(service: str, *operations: str) -> Callable[[Handler], Handler]:
    """Make a function the handler of operations."""

    def register(function: Handler) -> Handler:
        for operation in operations:
            HANDLERS[service, operation] = function
        return function

    return register


def handler_of(service: str, operation: str) -> Handler | None:
    """Our handler of the operation, or nothing where moto's is good."""
    if service not in _LOADED:
        for name in MODULES.get(service, []):
            import_module(f"{__name__}.{name}")
        _LOADED.add(service)
    return HANDLERS.get((service, operation))
