"""Application Auto Scaling: scaling policies and the alarms that target tracking makes."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

from ..call import Call
from . import handles
from .scaling_records import (
    delete_alarms,
    delete_policy_record,
    identity_of,
    invalid,
    not_found,
    policies,
    selected,
    targets,
)

ECS_METRICS = {
    "ECSServiceAverageCPUUtilization": "CPUUtilization",
    "ECSServiceAverageMemoryUtilization": "MemoryUtilization",
    "ALBRequestCountPerTarget": "RequestCountPerTarget",
}
CONFIGURATIONS = {
    "TargetTrackingScaling": "TargetTrackingScalingPolicyConfiguration",
    "StepScaling": "StepScalingPolicyConfiguration",
    "PredictiveScaling": "PredictiveScalingPolicyConfiguration",
}


@handles("application-autoscaling", "PutScalingPolicy")
def put_policy(call: Call) -> dict:
    """Create a policy, or replace one: its ARN stays, its configuration and alarms are new."""
    identity, parameters = identity_of(call.parameters), call.parameters
    if identity not in targets(call):
        raise not_found("scalable target", identity)
    key = (*identity, parameters["PolicyName"])
    held = policies(call).get(key)
    kind = parameters.get("PolicyType") or (held["PolicyType"] if held else "StepScaling")
    member = CONFIGURATIONS[kind]
    configuration = parameters.get(member)
    others = [name for name in CONFIGURATIONS.values() if name != member and parameters.get(name)]
    if configuration is None or others:
        raise invalid(f"A policy of type {kind} must have {member} and no other configuration.")
    if kind == "TargetTrackingScaling":
        _check_tracking(call, key, configuration)
    if kind == "StepScaling" and not configuration.get("StepAdjustments"):
        raise invalid("A step scaling policy must have step adjustments.")
    if held:
        delete_alarms(call, held)
    record = {
        "PolicyARN": held["PolicyARN"] if held else _arn(call, key),
        "PolicyName": parameters["PolicyName"],
        "ServiceNamespace": identity[0],
        "ResourceId": identity[1],
        "ScalableDimension": identity[2],
        "PolicyType": kind,
        member: configuration,
        "CreationTime": held["CreationTime"] if held else time.time(),
        "Alarms": [],
    }
    if kind == "TargetTrackingScaling":
        record["Alarms"] = _make_alarms(call, record)
    policies(call)[key] = record
    return {"PolicyARN": record["PolicyARN"], "Alarms": record["Alarms"]}


@handles("application-autoscaling", "DescribeScalingPolicies")
def describe_policies(call: Call) -> dict:
    """The policies of a service namespace."""
    return {"ScalingPolicies": selected(call, list(policies(call).values()), "PolicyNames", "PolicyName")}


@handles("application-autoscaling", "DeleteScalingPolicy")
def delete_policy(call: Call) -> dict:
    """Delete a policy and its alarms."""
    identity, name = identity_of(call.parameters), call.parameters["PolicyName"]
    if (*identity, name) not in policies(call):
        raise not_found("scaling policy", identity, name)
    delete_policy_record(call, (*identity, name))
    return {}


def _check_tracking(call: Call, key: tuple[str, str, str, str], configuration: dict[str, Any]) -> None:
    predefined = configuration.get("PredefinedMetricSpecification")
    if bool(predefined) == bool(configuration.get("CustomizedMetricSpecification")):
        raise invalid("Exactly one of a predefined and a customized metric must be given.")
    for name in ("ScaleInCooldown", "ScaleOutCooldown"):
        if (configuration.get(name) or 0) < 0:
            raise invalid(f"{name} must not be negative.")
    if not predefined:
        return
    metric = predefined["PredefinedMetricType"]
    if key[0] == "ecs" and metric not in ECS_METRICS:
        raise invalid(f"{metric} is not supported for the scalable dimension {key[2]}.")
    if (metric == "ALBRequestCountPerTarget") != bool(predefined.get("ResourceLabel")):
        raise invalid("A resource label must be given with ALBRequestCountPerTarget, and with no other metric.")
    for other, record in policies(call).items():
        tracked = record.get(CONFIGURATIONS["TargetTrackingScaling"]) or {}
        if other != key and other[:3] == key[:3] and tracked.get("PredefinedMetricSpecification") == predefined:
            raise invalid("Only one TargetTrackingScaling policy for a given metric specification is allowed.")


def _make_alarms(call: Call, record: dict[str, Any]) -> list[dict[str, str]]:
    configuration = record[CONFIGURATIONS["TargetTrackingScaling"]]
    predefined = configuration.get("PredefinedMetricSpecification") or {}
    customized = configuration.get("CustomizedMetricSpecification") or {}
    metric = ECS_METRICS.get(predefined.get("PredefinedMetricType", ""), customized.get("MetricName", "Metric"))
    parts = record["ResourceId"].split("/")
    ecs = record["ServiceNamespace"] == "ecs"
    dimensions = [{"Name": "ClusterName", "Value": parts[1]}, {"Name": "ServiceName", "Value": parts[2]}] if ecs else []
    made = []
    sides = [("AlarmHigh", "GreaterThanThreshold", 3, 1.0)]
    if not configuration.get("DisableScaleIn"):
        sides.append(("AlarmLow", "LessThanThreshold", 15, 0.9))
    for suffix, comparison, periods, factor in sides:
        alarm = call.backend("cloudwatch").put_metric_alarm(
            name=f"TargetTracking-{record['ResourceId']}-{suffix}-{uuid4()}",
            namespace=customized.get("Namespace", f"AWS/{record['ServiceNamespace'].upper()}"),
            metric_name=metric,
            metric_data_queries=[],
            comparison_operator=comparison,
            evaluation_periods=periods,
            period=60,
            threshold=configuration["TargetValue"] * factor,
            statistic="Average",
            description=f"DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {record['PolicyARN']}.",
            dimensions=customized.get("Dimensions", dimensions),
            alarm_actions=[record["PolicyARN"]],
        )
        made.append({"AlarmName": alarm.name, "AlarmARN": alarm.alarm_arn})
    return made


def _arn(call: Call, key: tuple[str, str, str, str]) -> str:
    return (
        f"arn:aws:autoscaling:{call.region}:{call.account}:scalingPolicy:{uuid4()}:"
        f"resource/{key[0]}/{key[1]}:policyName/{key[3]}"
    )
