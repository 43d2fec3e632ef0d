"""Cost Anomaly Detection: monitors and subscriptions, which moto has not."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from uuid import uuid4

from ..call import Call
from ..errors import AWSError
from . import handles

METRICS = {"ANOMALY_TOTAL_IMPACT_ABSOLUTE", "ANOMALY_TOTAL_IMPACT_PERCENTAGE"}


def monitors(call: Call) -> dict[str, dict[str, Any]]:
    """The account's monitors by ARN."""
    return call.state("anomaly-monitors", regional=False)


def subscriptions(call: Call) -> dict[str, dict[str, Any]]:
    """The account's subscriptions by ARN."""
    return call.state("anomaly-subscriptions", regional=False)


def refuse(message: str) -> AWSError:
    """The error for a value that Cost Explorer does not accept."""
    return AWSError("ValidationException", message, 400)


@handles("ce", "CreateAnomalyMonitor")
def create_monitor(call: Call) -> dict:
    """Create a monitor; an account has one of all services."""
    monitor, held = deepcopy(call.parameters["AnomalyMonitor"]), monitors(call)
    if monitor["MonitorType"] == "DIMENSIONAL":
        if "MonitorDimension" not in monitor or "MonitorSpecification" in monitor:
            raise refuse("A DIMENSIONAL monitor has a MonitorDimension and no MonitorSpecification.")
        if any(other.get("MonitorDimension") == monitor["MonitorDimension"] for other in held.values()):
            raise AWSError("LimitExceededException", "Limit exceeded on dimensional spend monitor creation", 400)
    elif "MonitorDimension" in monitor or not monitor.get("MonitorSpecification"):
        raise refuse("A CUSTOM monitor has a MonitorSpecification and no MonitorDimension.")
    arn = f"arn:aws:ce::{call.account}:anomalymonitor/{uuid4()}"
    held[arn] = monitor | {"MonitorArn": arn, "DimensionalValueCount": 1}
    return {"MonitorArn": arn}


@handles("ce", "UpdateAnomalyMonitor")
def update_monitor(call: Call) -> dict:
    """Rename a monitor."""
    held = _one(monitors(call), call.parameters["MonitorArn"], "UnknownMonitorException")
    if call.parameters.get("MonitorName"):
        held["MonitorName"] = call.parameters["MonitorName"]
    return {"MonitorArn": held["MonitorArn"]}


@handles("ce", "GetAnomalyMonitors")
def get_monitors(call: Call) -> dict:
    """All monitors, or those of the ARNs given."""
    wanted = call.parameters.get("MonitorArnList")
    return {"AnomalyMonitors": [held for arn, held in monitors(call).items() if not wanted or arn in wanted]}


@handles("ce", "DeleteAnomalyMonitor")
def delete_monitor(call: Call) -> dict:
    """Delete a monitor; subscriptions lose it."""
    arn = call.parameters["MonitorArn"]
    _one(monitors(call), arn, "UnknownMonitorException")
    del monitors(call)[arn]
    for subscription in subscriptions(call).values():
        subscription["MonitorArnList"] = [other for other in subscription["MonitorArnList"] if other != arn]
    return {}


@handles("ce", "CreateAnomalySubscription")
def create_subscription(call: Call) -> dict:
    """Create a subscription to monitors that are there."""
    subscription = deepcopy(call.parameters["AnomalySubscription"])
    _check(call, subscription)
    arn = f"arn:aws:ce::{call.account}:anomalysubscription/{uuid4()}"
    subscriptions(call)[arn] = subscription | {"SubscriptionArn": arn, "AccountId": call.account}
    return {"SubscriptionArn": arn}


@handles("ce", "UpdateAnomalySubscription")
def update_subscription(call: Call) -> dict:
    """Change what is given, and keep the rest."""
    arn = call.parameters["SubscriptionArn"]
    held = _one(subscriptions(call), arn, "UnknownSubscriptionException")
    changed = held | deepcopy({key: value for key, value in call.parameters.items() if key != "SubscriptionArn"})
    _check(call, changed)
    subscriptions(call)[arn] = changed
    return {"SubscriptionArn": arn}


@handles("ce", "GetAnomalySubscriptions")
def get_subscriptions(call: Call) -> dict:
    """All subscriptions, or those of the ARNs or the monitor given."""
    wanted, monitor = call.parameters.get("SubscriptionArnList"), call.parameters.get("MonitorArn")
    return {
        "AnomalySubscriptions": [
            held
            for arn, held in subscriptions(call).items()
            if (not wanted or arn in wanted) and (not monitor or monitor in held["MonitorArnList"])
        ]
    }


@handles("ce", "DeleteAnomalySubscription")
def delete_subscription(call: Call) -> dict:
    """Delete a subscription."""
    arn = call.parameters["SubscriptionArn"]
    _one(subscriptions(call), arn, "UnknownSubscriptionException")
    del subscriptions(call)[arn]
    return {}


def _one(held: dict[str, dict[str, Any]], arn: str, code: str) -> dict[str, Any]:
    if arn not in held:
        raise AWSError(code, f"There is no {arn}.", 400)
    return held[arn]


def _check(call: Call, subscription: dict[str, Any]) -> None:
    for arn in subscription["MonitorArnList"]:
        _one(monitors(call), arn, "UnknownMonitorException")
    kinds = {subscriber["Type"] for subscriber in subscription["Subscribers"]}
    if not kinds:
        raise refuse("A subscription has at least one subscriber.")
    if kinds != ({"SNS"} if subscription["Frequency"] == "IMMEDIATE" else {"EMAIL"}):
        raise refuse("SNS subscribers go with IMMEDIATE, EMAIL subscribers with DAILY and WEEKLY.")
    expression = subscription.get("ThresholdExpression")
    if ("Threshold" in subscription) == bool(expression):
        raise refuse("A subscription has either Threshold or ThresholdExpression.")
    if expression:
        _check_threshold(expression)


def _check_threshold(expression: dict[str, Any]) -> None:
    for term in expression.get("And") or expression.get("Or") or [expression]:
        dimension = term.get("Dimensions") or {}
        if dimension.get("Key") not in METRICS or dimension.get("MatchOptions") != ["GREATER_THAN_OR_EQUAL"]:
            raise refuse("A threshold compares the total impact by GREATER_THAN_OR_EQUAL.")
        if len(dimension.get("Values") or []) != 1 or float(dimension["Values"][0]) < 0:
            raise refuse("A threshold has one value of at least 0.")
