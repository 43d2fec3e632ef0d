"""Alarms of every form, one that a composite alarm names, one that a manifest asks for, and one that is not meant."""

import json

GROUP = [{"Key": "group", "Value": "dev"}, {"Key": "owner", "Value": "web"}]
TOPIC = "arn:aws:sns:us-east-2:123456789012:"
FORMS = {"slow: p95 (checkout)", "ratio", "off"}
READ_ONLY = {
    "AlarmArn", "AlarmConfigurationUpdatedTimestamp", "StateReason", "StateReasonData", "StateUpdatedTimestamp",
    "StateTransitionedTimestamp", "StateValue",
}  # fmt: skip


def stat(id, metric):
    dimensions = [{"Name": "Service", "Value": "shop"}]
    metric = {"Namespace": "Web", "MetricName": metric, "Dimensions": dimensions}
    return {"Id": id, "MetricStat": {"Metric": metric, "Period": 300, "Stat": "Sum"}, "ReturnData": False}


def put(aws, name, tags=GROUP, **more):
    alarm = {
        "AlarmName": name, "Namespace": "Web", "MetricName": "Load", "Statistic": "Average", "Period": 60,
        "EvaluationPeriods": 3, "Threshold": 1.5, "ComparisonOperator": "GreaterThanThreshold",
    }  # fmt: skip
    alarm = {key: value for key, value in (alarm | more).items() if value is not None}
    aws("cloudwatch").put_metric_alarm(Tags=tags, **alarm)


def setup(aws):
    put(
        aws, "slow: p95 (checkout)", Statistic=None, ExtendedStatistic="p95", EvaluateLowSampleCountPercentile="ignore",
        Dimensions=[{"Name": "Stage", "Value": "dev"}, {"Name": "Path", "Value": "/pay"}], Unit="Milliseconds",
        DatapointsToAlarm=2, TreatMissingData="notBreaching", AlarmDescription="Checkout is slow",
        AlarmActions=[TOPIC + "wake", TOPIC + "alerts"], OKActions=[TOPIC + "alerts"],
        InsufficientDataActions=[TOPIC + "quiet"],
    )  # fmt: skip
    ratio = {"Id": "r", "Expression": "100*e/c", "Label": "errors, %", "ReturnData": True}
    put(
        aws, "ratio", Metrics=[stat("e", "Errors"), stat("c", "Calls"), ratio], Namespace=None, MetricName=None,
        Statistic=None, Period=None, AlarmActions=[TOPIC + "alerts"],
    )  # fmt: skip
    put(aws, "off", ActionsEnabled=False, tags=GROUP[:1])
    put(aws, "part of more")
    put(aws, "asked")
    put(aws, "theirs", tags=[])
    aws("cloudwatch").put_composite_alarm(
        AlarmName="all", AlarmRule='ALARM("part of more") OR OK(theirs)', Tags=GROUP
    )


def picture(aws):
    cloudwatch = aws("cloudwatch")
    told = cloudwatch.describe_alarms(AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    alarms = {}
    for alarm in told["MetricAlarms"] + told["CompositeAlarms"]:
        tags = cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]
        for member in ("AlarmActions", "OKActions", "InsufficientDataActions"):
            alarm[member] = sorted(alarm.get(member, []))
        for member, key in (("Dimensions", "Name"), ("Metrics", "Id")):
            alarm[member] = sorted(alarm.get(member, []), key=lambda each: each[key])
        kept = {key: value for key, value in alarm.items() if key not in READ_ONLY}
        alarms[alarm["AlarmName"]] = [kept, sorted((tag["Key"], tag["Value"]) for tag in tags)]
    owned = {name: alarms.pop(name) for name in sorted(FORMS) if name in alarms}
    held = {name: alarms[name][0].pop("ActionsEnabled") for name in ("part of more", "asked")}
    return json.loads(json.dumps({"owned": [owned, held], "rest": alarms}))


def meddle(aws):
    """Somebody misses an alarm and makes it anew."""
    put(aws, "off", Threshold=7)
    put(aws, "theirs", tags=[], Threshold=9)
