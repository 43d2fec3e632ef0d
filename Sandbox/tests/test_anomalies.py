"""Cost Anomaly Detection: monitors and subscriptions."""

from __future__ import annotations

from typing import Any

from .support import SandboxTest


def term(amount: str, match: str = "GREATER_THAN_OR_EQUAL") -> dict[str, Any]:
    return {"Dimensions": {"Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "MatchOptions": [match], "Values": [amount]}}


class AnomalyTests(SandboxTest):
    def test_monitors(self) -> None:
        ce = self.client("ce", region="us-east-1")
        services = {"MonitorName": "s", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}
        arn = ce.create_anomaly_monitor(AnomalyMonitor=services)["MonitorArn"]
        self.assertEqual(self.code_of(ce.create_anomaly_monitor, AnomalyMonitor=services), "LimitExceededException")
        wrong = {"MonitorName": "c", "MonitorType": "CUSTOM"}
        self.assertEqual(self.code_of(ce.create_anomaly_monitor, AnomalyMonitor=wrong), "ValidationException")
        ce.update_anomaly_monitor(MonitorArn=arn, MonitorName="t")
        self.assertEqual([m["MonitorName"] for m in ce.get_anomaly_monitors()["AnomalyMonitors"]], ["t"])
        ce.delete_anomaly_monitor(MonitorArn=arn)
        self.assertEqual(self.code_of(ce.delete_anomaly_monitor, MonitorArn=arn), "UnknownMonitorException")

    def test_subscriptions(self) -> None:
        ce = self.client("ce", region="us-east-1")
        services = {"MonitorName": "s", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}
        monitor = ce.create_anomaly_monitor(AnomalyMonitor=services)["MonitorArn"]
        good = {
            "SubscriptionName": "n",
            "MonitorArnList": [monitor],
            "Subscribers": [{"Type": "EMAIL", "Address": "a@example.com"}],
            "Frequency": "DAILY",
            "ThresholdExpression": term("100"),
        }
        for change in (
            {"Frequency": "IMMEDIATE"},
            {"Subscribers": []},
            {"ThresholdExpression": term("100", "EQUALS")},
            {"ThresholdExpression": {"And": [term("1"), term("-1")]}},
            {"Threshold": 3.0},
        ):
            create = ce.create_anomaly_subscription
            self.assertEqual(self.code_of(create, AnomalySubscription=good | change), "ValidationException")
        arn = ce.create_anomaly_subscription(AnomalySubscription=good)["SubscriptionArn"]
        ce.update_anomaly_subscription(SubscriptionArn=arn, Frequency="WEEKLY")
        held = ce.get_anomaly_subscriptions()["AnomalySubscriptions"]
        self.assertEqual([held[0]["Frequency"], held[0]["Subscribers"]], ["WEEKLY", good["Subscribers"]])
        ce.delete_anomaly_monitor(MonitorArn=monitor)
        self.assertEqual(ce.get_anomaly_subscriptions()["AnomalySubscriptions"][0]["MonitorArnList"], [])
