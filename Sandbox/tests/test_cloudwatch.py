"""CloudWatch: what alarms and dashboards must look like, and which are told."""

from __future__ import annotations

import json

from .support import SandboxTest

ALARM = {
    "AlarmName": "a",
    "Namespace": "Web",
    "MetricName": "m",
    "Statistic": "Average",
    "Period": 60,
    "EvaluationPeriods": 2,
    "Threshold": 5,
    "ComparisonOperator": "GreaterThanThreshold",
}


class AlarmTests(SandboxTest):
    def test_wrong_alarms(self) -> None:
        cloudwatch = self.client("cloudwatch")
        wrong = [
            {"Period": 45},
            {"Period": 3540, "EvaluationPeriods": 25},
            {"DatapointsToAlarm": 3},
            {"Statistic": None},
            {"ExtendedStatistic": "p95"},
            {"Threshold": None},
            {"Namespace": None},
            {"ComparisonOperator": None},
            {"AlarmActions": ["alerts"]},
            {"AlarmActions": ["arn:aws:autoscaling:us-east-2:1:scalingPolicy:*:resource/ecs/service/a/b:policyName/c"]},
            {"TreatMissingData": "fine"},
            {"Metrics": [{"Id": "a", "Expression": "1"}]},
        ]
        for change in wrong:
            alarm = {name: value for name, value in (ALARM | change).items() if value is not None}
            self.assertEqual(self.code_of(cloudwatch.put_metric_alarm, **alarm), "ValidationError", change)
        self.assertEqual(cloudwatch.describe_alarms()["MetricAlarms"], [])

    def test_state_outlives_a_change(self) -> None:
        cloudwatch = self.client("cloudwatch")
        cloudwatch.put_metric_alarm(**ALARM)
        self.assertEqual(cloudwatch.describe_alarms()["MetricAlarms"][0]["StateValue"], "INSUFFICIENT_DATA")
        cloudwatch.set_alarm_state(AlarmName="a", StateValue="ALARM", StateReason="test")
        cloudwatch.put_metric_alarm(**ALARM | {"Threshold": 6})
        alarm = cloudwatch.describe_alarms()["MetricAlarms"][0]
        self.assertEqual([alarm["StateValue"], alarm["Threshold"]], ["ALARM", 6])

    def test_composite_alarms_are_told_only_where_asked_for(self) -> None:
        cloudwatch = self.client("cloudwatch")
        cloudwatch.put_metric_alarm(**ALARM)
        cloudwatch.put_composite_alarm(AlarmName="both", AlarmRule='ALARM("a")')
        self.assertEqual(cloudwatch.describe_alarms()["CompositeAlarms"], [])
        found = cloudwatch.describe_alarms(AlarmNames=["a", "both"], AlarmTypes=["MetricAlarm", "CompositeAlarm"])
        self.assertEqual([alarm["AlarmName"] for alarm in found["MetricAlarms"]], ["a"])
        self.assertEqual([alarm["AlarmName"] for alarm in found["CompositeAlarms"]], ["both"])
        self.assertEqual(self.code_of(cloudwatch.put_metric_alarm, **ALARM | {"AlarmName": "both"}), "ValidationError")


    def test_what_composite_alarms_name_is_not_deleted(self) -> None:
        cloudwatch = self.client("cloudwatch")
        for name in ("a", "b", "c (d)"):
            cloudwatch.put_metric_alarm(**ALARM | {"AlarmName": name})
        cloudwatch.put_composite_alarm(AlarmName="both", AlarmRule='ALARM(a) AND NOT OK("c (d)")')
        for name in ("a", "c (d)"):
            self.assertEqual(self.code_of(cloudwatch.delete_alarms, AlarmNames=["b", name]), "ValidationError")
        cloudwatch.delete_alarms(AlarmNames=["b"])
        cloudwatch.delete_alarms(AlarmNames=["both"])
        cloudwatch.delete_alarms(AlarmNames=["a", "c (d)"])
        self.assertEqual(cloudwatch.describe_alarms()["MetricAlarms"], [])


class DashboardTests(SandboxTest):
    def test_wrong_dashboards(self) -> None:
        cloudwatch = self.client("cloudwatch")
        for body in ("{", "[]", "{}", json.dumps({"widgets": [{"type": "text"}]})):
            code = self.code_of(cloudwatch.put_dashboard, DashboardName="a", DashboardBody=body)
            self.assertEqual(code, "InvalidParameterInput", body)
        good = json.dumps({"widgets": []})
        code = self.code_of(cloudwatch.put_dashboard, DashboardName="a b", DashboardBody=good)
        self.assertEqual(code, "InvalidParameterInput")
        cloudwatch.put_dashboard(DashboardName="a", DashboardBody=good)
        self.assertEqual(cloudwatch.get_dashboard(DashboardName="a")["DashboardBody"], good)
