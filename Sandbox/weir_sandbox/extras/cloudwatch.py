"""CloudWatch: alarms that AWS would take, of the types that are asked for, and dashboards."""

from __future__ import annotations

import json
import re
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

SINGLE = ("MetricName", "Namespace", "Dimensions", "Period", "Statistic", "ExtendedStatistic", "Unit")
ACTIONS = ("AlarmActions", "OKActions", "InsufficientDataActions")
MISSING_DATA = ("breaching", "notBreaching", "ignore", "missing")
ARN = re.compile(r"arn:[^*\s]+:[^*\s]*")
DASHBOARD_NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")


def _invalid(message: str) -> AWSError:
    return AWSError("ValidationError", message, 400)


@handles("cloudwatch", "PutMetricAlarm")
def put_metric_alarm(call: Call) -> dict[str, Any]:
    """Refuse what CloudWatch refuses; an alarm that is there already keeps its state."""
    parameters, alarms = call.parameters, call.backend("cloudwatch").alarms
    held = alarms.get(parameters["AlarmName"])
    if held is not None and held.rule is not None:
        raise _invalid("An alarm of another type has this name.")
    _check_metrics(parameters)
    _check_times(parameters)
    for member in ACTIONS:
        for action in parameters.get(member) or []:
            if not ARN.fullmatch(action):
                raise _invalid(f"Invalid arn syntax: {action}")
    if parameters.get("TreatMissingData") not in (None, *MISSING_DATA):
        raise _invalid(f"Option {parameters['TreatMissingData']} is not supported.")
    if parameters.get("EvaluateLowSampleCountPercentile") and not parameters.get("ExtendedStatistic"):
        raise _invalid("EvaluateLowSampleCountPercentile goes with a percentile only.")
    call.moto()
    alarm = alarms[parameters["AlarmName"]]
    if held is None:
        alarm.state_value = "INSUFFICIENT_DATA"
    else:
        for name in ("state_value", "state_reason", "state_reason_data", "state_updated_timestamp", "history"):
            setattr(alarm, name, getattr(held, name))
    return {}


@handles("cloudwatch", "PutCompositeAlarm")
def put_composite_alarm(call: Call) -> dict[str, Any]:
    """An alarm on other alarms, as a colleague may have one."""
    parameters = call.parameters
    call.backend("cloudwatch").put_metric_alarm(
        name=parameters["AlarmName"], namespace="", metric_name="", comparison_operator="", evaluation_periods=1,
        period=60, threshold=0, statistic="", description=parameters.get("AlarmDescription") or "", dimensions=[],
        alarm_actions=parameters.get("AlarmActions") or [], rule=parameters["AlarmRule"],
    )  # fmt: skip
    return {}


@handles("cloudwatch", "DeleteAlarms")
def delete_alarms(call: Call) -> None:
    """Refuse alarms that a composite alarm needs; tags go with their alarm."""
    backend, names = call.backend("cloudwatch"), set(call.parameters["AlarmNames"])
    alarms = backend.alarms
    rules = [alarm.rule for name, alarm in alarms.items() if alarm.rule is not None and name not in names]
    needed = sorted(name for name in names for rule in rules if re.search(rf'[(":]{re.escape(name)}[")]', rule))
    if needed:
        them = "it" if len(needed) == 1 else "them"
        raise _invalid(f"Cannot delete {','.join(needed)} as there are composite alarm(s) depending on {them}.")
    for name in names & set(alarms):
        backend.tagger.delete_all_tags_for_resource(alarms[name].alarm_arn)


@handles("cloudwatch", "DescribeAlarms")
def describe_alarms(call: Call) -> dict[str, Any]:
    """Metric alarms, and those of other types only where they are asked for."""
    if len(call.parameters.get("AlarmNames") or []) > 100:
        raise _invalid("AlarmNames cannot have more than 100 elements.")
    types = call.parameters.get("AlarmTypes") or ["MetricAlarm"]
    answer = call.moto()
    return {
        f"{kind}s": answer.get(f"{kind}s") or [] if kind in types else [] for kind in ("MetricAlarm", "CompositeAlarm")
    }


@handles("cloudwatch", "PutDashboard")
def put_dashboard(call: Call) -> None:
    """Refuse a name or a body that CloudWatch refuses."""
    if not DASHBOARD_NAME.fullmatch(call.parameters["DashboardName"]):
        raise AWSError("InvalidParameterInput", "The dashboard name has letters, digits, - and _ only.", 400)
    try:
        body = json.loads(call.parameters["DashboardBody"])
    except ValueError as error:
        raise AWSError("InvalidParameterInput", "The dashboard body is no JSON.", 400) from error
    widgets = body.get("widgets") if isinstance(body, dict) else None
    if not isinstance(widgets, list) or len(widgets) > 500:
        raise AWSError("InvalidParameterInput", "The dashboard body must have at most 500 widgets.", 400)
    for widget in widgets:
        if not isinstance(widget, dict) or not widget.get("type") or not isinstance(widget.get("properties"), dict):
            raise AWSError("InvalidParameterInput", "A widget must have a type and properties.", 400)


def _check_metrics(parameters: dict[str, Any]) -> None:
    queries = parameters.get("Metrics")
    if queries:
        if any(parameters.get(member) for member in SINGLE):
            raise _invalid("Metrics list and a single metric cannot be given together.")
        if sum(query.get("ReturnData", True) for query in queries) != 1 and not parameters.get("ThresholdMetricId"):
            raise _invalid("Exactly one element of the metrics list should return data.")
        return
    if any(not parameters.get(member) for member in ("MetricName", "Namespace", "Period")):
        raise _invalid("An alarm must have a metric with its namespace and period, or metrics.")
    if bool(parameters.get("Statistic")) == bool(parameters.get("ExtendedStatistic")):
        raise _invalid("Exactly one of Statistic and ExtendedStatistic must be given.")
    if parameters.get("Threshold") is None:
        raise _invalid("An alarm on a single metric must have a threshold.")


def _check_times(parameters: dict[str, Any]) -> None:
    for member in ("EvaluationPeriods", "ComparisonOperator"):
        if not parameters.get(member):
            raise _invalid(f"{member} must be given.")
    periods = parameters["EvaluationPeriods"]
    if (parameters.get("DatapointsToAlarm") or 1) > periods:
        raise _invalid("DatapointsToAlarm must not be above EvaluationPeriods.")
    period = parameters.get("Period")
    if not period:
        return
    if period not in (10, 20, 30) and period % 60:
        raise _invalid("Period must be 10, 20, 30 or a multiple of 60")
    if period * periods > (86_400 if period < 3600 else 604_800):
        raise _invalid("Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).")
