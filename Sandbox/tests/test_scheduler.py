"""EventBridge Scheduler: what it refuses, and updates that leave something out."""

from __future__ import annotations

import json
import time
from typing import Any

from botocore.exceptions import ConnectionClosedError, HTTPClientError

from .support import SandboxTest

ARN = "arn:aws:scheduler:::aws-sdk:"
SCALING = {"MinCapacity": 0.5, "MaxCapacity": 1}
SCALABLE = {
    "ServiceNamespace": "ecs",
    "ScalableDimension": "ecs:service:DesiredCount",
    "ResourceId": "service/a/b",
}
INPUT = {"DbClusterIdentifier": "aurora", "ServerlessV2ScalingConfiguration": SCALING}


def nodes(**sizes: int) -> str:
    return json.dumps({"ClusterName": "a", "NodegroupName": "b", "ScalingConfig": sizes})


class SchedulerTests(SandboxTest):
    def setUp(self) -> None:
        super().setUp()
        self.role = self.make_role("scheduler", "scheduler.amazonaws.com")

    def make_role(self, name: str, service: str) -> str:
        statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
        role = self.client("iam").create_role(
            RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        )
        return role["Role"]["Arn"]

    def schedule(self, operation: str = "rds:modifyDBCluster", **changes: Any) -> dict[str, Any]:
        given = changes.pop("given", json.dumps(INPUT))
        target = {"Arn": ARN + operation, "RoleArn": changes.pop("role", self.role), "Input": given}
        schedule = {
            "Name": "night",
            "ScheduleExpression": "cron(0 22 * * ? *)",
            "ScheduleExpressionTimezone": "Europe/Berlin",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": target,
        }
        return schedule | changes

    def test_a_token_makes_it_once(self) -> None:
        scheduler = self.client("scheduler")
        self.control("POST", "faults", {
            "account": self.account, "service": "scheduler", "operation": "CreateSchedule", "fault": "reset",
            "when": "after"})  # fmt: skip
        wanted = self.schedule(ClientToken="first")
        with self.assertRaises((ConnectionClosedError, HTTPClientError)):
            scheduler.create_schedule(**wanted)
        arn = scheduler.get_schedule(Name="night")["Arn"]
        self.assertEqual(scheduler.create_schedule(**wanted)["ScheduleArn"], arn)
        other = self.schedule(ClientToken="first", State="DISABLED")
        self.assertEqual(self.code_of(scheduler.create_schedule, **other), "ConflictException")
        self.assertEqual(self.code_of(scheduler.create_schedule, **self.schedule(ClientToken="second")), "ConflictException")
        self.assertEqual(len(self.client("cloudtrail").lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateSchedule"}])["Events"]), 3)  # fmt: skip

    def test_is_made_and_told(self) -> None:
        scheduler = self.client("scheduler")
        scheduler.create_schedule(**self.schedule(ActionAfterCompletion="DELETE", State="DISABLED"))
        found = scheduler.get_schedule(Name="night")
        self.assertEqual((found["ActionAfterCompletion"], found["State"]), ("DELETE", "DISABLED"))
        self.assertEqual(json.loads(found["Target"]["Input"]), INPUT)
        with self.assertRaises(scheduler.exceptions.ConflictException):
            scheduler.create_schedule(**self.schedule())

    def test_an_update_forgets_what_it_leaves_out(self) -> None:
        scheduler = self.client("scheduler")
        scheduler.create_schedule(**self.schedule(ActionAfterCompletion="DELETE", State="DISABLED", Description="d"))
        scheduler.update_schedule(**{k: v for k, v in self.schedule().items() if k != "ScheduleExpressionTimezone"})
        found = scheduler.get_schedule(Name="night")
        self.assertEqual(
            (found["ActionAfterCompletion"], found["State"], found["ScheduleExpressionTimezone"]),
            ("NONE", "ENABLED", "UTC"),
        )
        self.assertNotIn("Description", found)
        with self.assertRaises(scheduler.exceptions.ResourceNotFoundException):
            scheduler.update_schedule(**self.schedule(Name="other"))

    def test_refusals(self) -> None:
        scheduler = self.client("scheduler")
        scalable = SCALABLE
        for changes in (
            {"ScheduleExpression": "cron(0 22 * * * *)"},
            {"ScheduleExpression": "cron(0 24 * * ? *)"},
            {"ScheduleExpression": "at(2026-02-30T08:00:00)"},
            {"ScheduleExpression": "rate(1 weeks)"},
            {"ScheduleExpressionTimezone": "Europe/Bern"},
            {"StartDate": time.time() - 600},
            {"EndDate": time.time() - 600},
            {"FlexibleTimeWindow": {"Mode": "FLEXIBLE"}},
            {"role": self.make_role("other", "ec2.amazonaws.com")},
            {"role": self.role + "-none"},
            {"operation": "rds:describeDBClusters"},
            {"operation": "rds:scaleDBCluster"},
            {"operation": "nothing:stop"},
            {"given": "{"},
            {"given": "[]"},
            {"given": json.dumps({"DBClusterIdentifier": "aurora"})},
            {"operation": "eks:updateNodegroupConfig", "given": json.dumps({"clusterName": "a", "nodegroupName": "b"})},
            {"operation": "eks:updateNodegroupConfig", "given": nodes(MinSize=0, MaxSize=0, DesiredSize=0)},
            {"operation": "eks:updateNodegroupConfig", "given": nodes(MaxNodes=3)},
            {"operation": "application-autoscaling:registerScalableTarget", "given": json.dumps(scalable)},
            {
                "operation": "applicationautoscaling:registerScalableTarget",
                "given": json.dumps(scalable | {"SuspendedState": {"Dynamic": True}}),
            },
            {
                "operation": "applicationautoscaling:registerScalableTarget",
                "given": json.dumps(scalable | {"MinCapacity": "0"}),
            },
            {"operation": "ec2:stopInstances", "given": json.dumps({"InstanceIds": "i-1"})},
            {"operation": "cloudwatch:disableAlarmActions", "given": json.dumps({"AlarmName": "a"})},
            {"GroupName": "none"},
        ):
            with self.subTest(changes):
                refusals = (scheduler.exceptions.ValidationException, scheduler.exceptions.ResourceNotFoundException)
                with self.assertRaises(refusals):
                    scheduler.create_schedule(**self.schedule(**changes))

    def test_operations_that_policies_use(self) -> None:
        scheduler = self.client("scheduler")
        for number, (operation, given) in enumerate(
            (
                ("rds:modifyDBInstance", {"DbInstanceIdentifier": "a", "DbInstanceClass": "db.t4g.small"}),
                ("rds:stopDBInstance", {"DbInstanceIdentifier": "a"}),
                ("rds:startDBCluster", {"DbClusterIdentifier": "a"}),
                ("eks:updateNodegroupConfig", json.loads(nodes(MinSize=0, MaxSize=1))),
                ("ec2:stopInstances", {"InstanceIds": ["i-1"]}),
                ("ecs:updateService", {"Cluster": "a", "Service": "b", "DesiredCount": 0}),
                (
                    "applicationautoscaling:registerScalableTarget",
                    SCALABLE | {"MinCapacity": 0, "SuspendedState": {"DynamicScalingInSuspended": True}},
                ),
                ("lambda:putFunctionConcurrency", {"FunctionName": "a", "ReservedConcurrentExecutions": 0}),
                ("lambda:deleteProvisionedConcurrencyConfig", {"FunctionName": "a", "Qualifier": "live"}),
                ("cloudwatch:disableAlarmActions", {"AlarmNames": ["a"]}),
                ("sagemaker:stopNotebookInstance", {"NotebookInstanceName": "a"}),
                ("kinesis:updateShardCount", {"StreamName": "a", "TargetShardCount": 1, "ScalingType": "UNIFORM_SCALING"}),
                (
                    "dynamodb:updateTable",
                    {"TableName": "a", "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}},
                ),
            )
        ):
            scheduler.create_schedule(**self.schedule(operation, given=json.dumps(given), Name=f"s{number}"))
        self.assertEqual(len(scheduler.list_schedules()["Schedules"]), 13)
