"""A monitor with a name of every kind of character, beside one of a name that is nearly the same."""

NAME = "#1 50% of \"Größe\": a/b+c='d' \\ <e> & *?[f] {g} 異常 🚨 ${h} | `i`"
OTHER = NAME.replace("*?", "xy")


def setup(aws):
    aws("ce").create_anomaly_monitor(
        AnomalyMonitor={"MonitorName": OTHER, "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}
    )


def picture(aws):
    ce = aws("ce")
    own = ("MonitorArn", "CreationDate", "LastUpdatedDate", "LastEvaluatedDate")
    names, monitors, told = {}, {}, []
    for monitor in ce.get_anomaly_monitors()["AnomalyMonitors"]:
        names[monitor["MonitorArn"]] = monitor["MonitorName"]
        monitors[monitor["MonitorName"]] = {k: v for k, v in monitor.items() if k not in own}
    for s in ce.get_anomaly_subscriptions()["AnomalySubscriptions"]:
        told.append([s["SubscriptionName"], [names[arn] for arn in s["MonitorArnList"]], s["ThresholdExpression"]])
    rest = monitors.pop(OTHER)
    return {"owned": [monitors, told], "rest": rest}


def meddle(aws):
    ce = aws("ce")
    for s in ce.get_anomaly_subscriptions()["AnomalySubscriptions"]:
        threshold = {"Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "MatchOptions": ["GREATER_THAN_OR_EQUAL"], "Values": ["7"]}
        ce.update_anomaly_subscription(
            SubscriptionArn=s["SubscriptionArn"], ThresholdExpression={"Dimensions": threshold}
        )
