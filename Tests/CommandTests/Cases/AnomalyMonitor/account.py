"""Anomaly monitors and subscriptions, beside those of somebody else."""


def setup(aws):
    ce = aws("ce")
    arn = ce.create_anomaly_monitor(
        AnomalyMonitor={"MonitorName": "Default-Services-Monitor", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}
    )["MonitorArn"]
    ce.create_anomaly_subscription(
        AnomalySubscription={
            "SubscriptionName": "theirs",
            "MonitorArnList": [arn],
            "Subscribers": [{"Address": "hidden-theirs@example.com", "Type": "EMAIL"}],
            "Frequency": "WEEKLY",
            "ThresholdExpression": threshold("50"),
        }
    )


def threshold(amount):
    return {
        "Dimensions": {
            "Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
            "MatchOptions": ["GREATER_THAN_OR_EQUAL"],
            "Values": [amount],
        }
    }


def picture(aws):
    ce = aws("ce")
    names = {m["MonitorArn"]: m["MonitorName"] for m in ce.get_anomaly_monitors()["AnomalyMonitors"]}
    monitors = [
        {key: m.get(key) for key in ("MonitorName", "MonitorType", "MonitorDimension", "MonitorSpecification")}
        for m in ce.get_anomaly_monitors()["AnomalyMonitors"]
    ]
    told = []
    for s in ce.get_anomaly_subscriptions()["AnomalySubscriptions"]:
        s["MonitorArnList"] = [names[arn] for arn in s["MonitorArnList"]]
        del s["SubscriptionArn"]
        told.append(s)
    theirs = ("theirs", "Default-Services-Monitor")
    ours = [m for m in monitors if m["MonitorName"] not in theirs]
    return {
        "owned": [sorted(ours, key=str), sorted((s for s in told if s["SubscriptionName"] not in ("theirs",)), key=str)],
        "rest": [[m for m in monitors if m["MonitorName"] in theirs], [s for s in told if s["SubscriptionName"] == "theirs"]],
    }


def meddle(aws):
    ce = aws("ce")
    for s in ce.get_anomaly_subscriptions()["AnomalySubscriptions"]:
        ce.update_anomaly_subscription(SubscriptionArn=s["SubscriptionArn"], ThresholdExpression=threshold("7"))
