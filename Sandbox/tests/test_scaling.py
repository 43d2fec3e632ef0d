"""Application Auto Scaling: targets, policies and scheduled actions."""

from __future__ import annotations

from .support import SandboxTest
from .test_ecs import definition

POLICY = {
    "PolicyName": "cpu", "PolicyType": "TargetTrackingScaling",
    "TargetTrackingScalingPolicyConfiguration": {
        "TargetValue": 60.0, "ScaleInCooldown": 300,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
    },
}  # fmt: skip


class ScalingTests(SandboxTest):
    def setUp(self) -> None:
        super().setUp()
        self.ecs, self.aas = self.client("ecs"), self.client("application-autoscaling")
        self.ecs.create_cluster(clusterName="c")
        self.ecs.register_task_definition(**definition())
        self.service("s")

    def service(self, name: str) -> None:
        self.ecs.create_service(cluster="c", serviceName=name, taskDefinition="web", desiredCount=2)

    def here(self, name: str = "s") -> dict:
        return {"ServiceNamespace": "ecs", "ResourceId": f"service/c/{name}",
                "ScalableDimension": "ecs:service:DesiredCount"}  # fmt: skip

    def register(self, name: str = "s", **more: object) -> None:
        self.aas.register_scalable_target(**self.here(name), **({"MinCapacity": 1, "MaxCapacity": 4} | more))

    def action(self, name: str = "a", **more: object) -> None:
        parameters = {
            "ScheduledActionName": name, "Schedule": "cron(0 8 ? * MON-FRI *)", "Timezone": "Europe/Zurich",
            "ScalableTargetAction": {"MinCapacity": 1, "MaxCapacity": 2},
        } | more  # fmt: skip
        self.aas.put_scheduled_action(**self.here(), **parameters)

    def count(self) -> int:
        return self.ecs.describe_services(cluster="c", services=["s"])["services"][0]["desiredCount"]

    def test_registering_brings_the_count_between_the_bounds(self) -> None:
        self.register(MinCapacity=3)
        self.assertEqual(self.count(), 3)
        self.ecs.update_service(cluster="c", service="s", desiredCount=9)
        self.aas.register_scalable_target(**self.here(), SuspendedState={"ScheduledScalingSuspended": True})
        self.assertEqual(self.count(), 4)
        [target] = self.aas.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
        self.assertEqual((target["MinCapacity"], target["MaxCapacity"]), (3, 4))
        self.assertTrue(target["SuspendedState"]["ScheduledScalingSuspended"])
        self.assertFalse(target["SuspendedState"]["DynamicScalingInSuspended"])

    def test_refuses_wrong_targets(self) -> None:
        call = self.aas.register_scalable_target
        for wrong in (
            self.here() | {"MinCapacity": 5, "MaxCapacity": 4},
            self.here() | {"MinCapacity": -1, "MaxCapacity": 4},
            self.here() | {"MinCapacity": 1},
            self.here("none") | {"MinCapacity": 1, "MaxCapacity": 4},
            self.here() | {"MinCapacity": 1, "MaxCapacity": 4, "ScalableDimension": "dynamodb:table:ReadCapacityUnits"},
        ):
            self.assertEqual(self.code_of(call, **wrong), "ValidationException", wrong)
        self.register()
        self.assertEqual(self.code_of(call, **self.here(), MinCapacity=5), "ValidationException")

    def test_targets_are_paged_to_an_end(self) -> None:
        for index in range(12):
            self.service(f"p{index:02}")
            self.register(f"p{index:02}")
        sizes, token = [], {}
        while len(sizes) < 9:
            page = self.aas.describe_scalable_targets(ServiceNamespace="ecs", MaxResults=5, **token)
            sizes.append(len(page["ScalableTargets"]))
            if "NextToken" not in page:
                break
            token = {"NextToken": page["NextToken"]}
        self.assertEqual(sizes, [5, 5, 2])
        wrong = self.code_of(self.aas.describe_scalable_targets, ServiceNamespace="ecs", NextToken="x")
        self.assertEqual(wrong, "InvalidNextTokenException")
        wrong = self.code_of(self.aas.describe_scaling_policies, ServiceNamespace="ecs", MaxResults=11)
        self.assertEqual(wrong, "ValidationException")

    def test_deregistering_deletes_policies_alarms_and_actions(self) -> None:
        self.register()
        self.aas.put_scaling_policy(**self.here(), **POLICY)
        self.action()
        cloudwatch = self.client("cloudwatch")
        self.assertEqual(len(cloudwatch.describe_alarms()["MetricAlarms"]), 2)
        self.aas.deregister_scalable_target(**self.here())
        self.assertEqual(self.aas.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"], [])
        self.assertEqual(self.aas.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"], [])
        self.assertEqual(cloudwatch.describe_alarms()["MetricAlarms"], [])
        gone = self.code_of(self.aas.deregister_scalable_target, **self.here())
        self.assertEqual(gone, "ObjectNotFoundException")

    def test_policies_have_alarms_and_keep_their_name_when_replaced(self) -> None:
        missing = self.code_of(self.aas.put_scaling_policy, **self.here(), **POLICY)
        self.assertEqual(missing, "ObjectNotFoundException")
        self.register()
        first = self.aas.put_scaling_policy(**self.here(), **POLICY)
        self.assertEqual(len(first["Alarms"]), 2)
        second = self.aas.put_scaling_policy(**self.here(), **POLICY)
        self.assertEqual(first["PolicyARN"], second["PolicyARN"])
        [found] = self.aas.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
        self.assertEqual(found["Alarms"], second["Alarms"])
        self.assertEqual(
            found["TargetTrackingScalingPolicyConfiguration"], POLICY["TargetTrackingScalingPolicyConfiguration"]
        )
        call = self.aas.put_scaling_policy
        self.assertEqual(self.code_of(call, **self.here(), **POLICY | {"PolicyName": "twin"}), "ValidationException")
        wrong = POLICY | {"PolicyName": "step", "PolicyType": "StepScaling"}
        self.assertEqual(self.code_of(call, **self.here(), **wrong), "ValidationException")
        self.aas.delete_scaling_policy(**self.here(), PolicyName="cpu")
        gone = self.code_of(self.aas.delete_scaling_policy, **self.here(), PolicyName="cpu")
        self.assertEqual(gone, "ObjectNotFoundException")

    def test_scheduled_actions(self) -> None:
        self.assertEqual(self.code_of(self.action), "ObjectNotFoundException")
        self.register()
        self.action()
        self.action(ScalableTargetAction={"MinCapacity": 0, "MaxCapacity": 0})
        [found] = self.aas.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"]
        self.assertEqual(found["Timezone"], "Europe/Zurich")
        self.assertEqual(found["ScalableTargetAction"], {"MinCapacity": 0, "MaxCapacity": 0})
        self.aas.delete_scheduled_action(**self.here(), ScheduledActionName="a")
        gone = self.code_of(self.aas.delete_scheduled_action, **self.here(), ScheduledActionName="a")
        self.assertEqual(gone, "ObjectNotFoundException")

    def test_refuses_nonsense_schedules_and_zones(self) -> None:
        self.register()
        for good in ("rate(1 hour)", "rate(5 minutes)", "at(2027-01-31T08:00:00)", "cron(0/15 8-18 ? * 2-6 2027)",
                     "cron(0 0 L * ? *)", "cron(0 10 ? * 6#3 *)"):  # fmt: skip
            self.action(Schedule=good)
        for wrong in ("whenever", "rate(0 hours)", "rate(1 hours)", "at(2027-02-30T08:00:00)", "cron(0 8 * * *)",
                      "cron(0 8 * * * *)", "cron(60 8 ? * MON *)", "cron(0 25 ? * MON *)", "cron(0 8 ? * NEVER *)",
                      "cron(0 8 ? * ? *)", "cron(30-10 8 ? * MON *)"):  # fmt: skip
            self.assertEqual(self.code_of(self.action, Schedule=wrong), "ValidationException", wrong)
        for more in ({"Timezone": "Mars/Olympus"}, {"ScalableTargetAction": {}},
                     {"ScalableTargetAction": {"MinCapacity": 3, "MaxCapacity": 2}}):  # fmt: skip
            self.assertEqual(self.code_of(self.action, **more), "ValidationException", more)
