"""Alarms: one that a colleague made with more than Weir owns, one on a percentile, and a composite one."""

OURS = ["high-cpu", "slow / answers", "error-rate"]
THEIRS = ["high-cpu", "slow / answers"]


def topic(aws, name):
    return f"arn:aws:sns:us-east-2:{aws.q['account']}:{name}"


def setup(aws):
    cloudwatch = aws("cloudwatch")
    cloudwatch.put_metric_alarm(**cpu(aws))
    cloudwatch.put_metric_alarm(
        AlarmName="slow / answers",
        Namespace="Web",
        MetricName="Latency",
        ExtendedStatistic="p99",
        EvaluateLowSampleCountPercentile="ignore",
        Period=60,
        EvaluationPeriods=3,
        Threshold=0.5,
        ComparisonOperator="GreaterThanThreshold",
    )
    cloudwatch.put_composite_alarm(AlarmName="all", AlarmRule='ALARM("high-cpu")')


def cpu(aws):
    return {
        "AlarmName": "high-cpu",
        "AlarmDescription": "made by hand",
        "Namespace": "AWS/ECS",
        "MetricName": "CPUUtilization",
        "Dimensions": [{"Name": "ServiceName", "Value": "web"}, {"Name": "ClusterName", "Value": "main"}],
        "Statistic": "Average",
        "Period": 300,
        "EvaluationPeriods": 2,
        "Threshold": 90,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "AlarmActions": [topic(aws, "theirs")],
        "OKActions": [topic(aws, "theirs")],
        "Tags": [{"Key": "team", "Value": "web"}],
    }


def picture(aws):
    cloudwatch = aws("cloudwatch")
    told = cloudwatch.describe_alarms(AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    own = ("AlarmConfigurationUpdatedTimestamp", "StateUpdatedTimestamp")
    alarms = {a["AlarmName"]: {k: v for k, v in a.items() if k not in own} for a in told["MetricAlarms"]}
    tags = cloudwatch.list_tags_for_resource(ResourceARN=alarms["high-cpu"]["AlarmArn"])["Tags"]
    cpu, slow = alarms.pop("high-cpu"), alarms.pop("slow / answers")
    owned = [{name: cpu.pop(name, None) for name in ("Threshold", "AlarmActions", "Period")}]
    statistic = ("Statistic", "ExtendedStatistic", "EvaluateLowSampleCountPercentile")
    owned += [{name: slow.pop(name, None) for name in statistic}]
    composite = [[a["AlarmName"], a["AlarmRule"]] for a in told["CompositeAlarms"]]
    return {"owned": [*owned, alarms], "rest": [cpu, slow, tags, composite]}


def meddle(aws):
    """Lowers the threshold in the console, which sends everything, and says more about it."""
    changed = {"Threshold": 5, "AlarmDescription": "changed by hand", "OKActions": []}
    aws("cloudwatch").put_metric_alarm(**cpu(aws) | {"Period": 60} | changed)
