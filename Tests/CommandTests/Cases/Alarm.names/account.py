"""Alarms with names of every kind of character, and two that would match them if they were patterns."""

ADOPTED = "#1 50% of \"Größe\": a/b+c='d' \\ <e> & *?[f] {g} 警報 🚨 ${h} | `i`"
NEIGHBOUR = ADOPTED.replace("*?", "xy")


def put(aws, name, threshold):
    aws("cloudwatch").put_metric_alarm(
        AlarmName=name, Namespace="AWS/ECS", MetricName="CPUUtilization", Statistic="Average", Period=60,
        EvaluationPeriods=2, Threshold=threshold, ComparisonOperator="GreaterThanThreshold",
    )  # fmt: skip


def setup(aws):
    for name in (ADOPTED, NEIGHBOUR, "%2A"):
        put(aws, name, 90)


def picture(aws):
    own = ("AlarmConfigurationUpdatedTimestamp", "StateUpdatedTimestamp", "StateTransitionedTimestamp")
    alarms = {
        a["AlarmName"]: {k: v for k, v in a.items() if k not in own}
        for a in aws("cloudwatch").describe_alarms()["MetricAlarms"]
    }
    adopted = alarms.pop(ADOPTED)
    return {"owned": [adopted.pop("Threshold"), alarms.pop("*", None)], "rest": [adopted, alarms]}


def meddle(aws):
    put(aws, ADOPTED, 10)
    put(aws, NEIGHBOUR, 20)
