"""Amazon ECS: task definitions and services."""

from __future__ import annotations

import json

from .support import SandboxTest


def definition(**more: object) -> dict:
    return {
        "family": "web", "cpu": "256", "memory": "512", "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"], "containerDefinitions": [{"name": "a", "image": "i"}],
    } | more  # fmt: skip


class ECSTests(SandboxTest):
    def setUp(self) -> None:
        super().setUp()
        self.ecs = self.client("ecs")
        self.ecs.create_cluster(clusterName="c", capacityProviders=["FARGATE", "FARGATE_SPOT"])

    def register(self, **more: object) -> str:
        return self.ecs.register_task_definition(**definition(**more))["taskDefinition"]["taskDefinitionArn"]

    def create(self, name: str = "s", **more: object) -> dict:
        parameters = {"cluster": "c", "serviceName": name, "taskDefinition": "web", "desiredCount": 2} | more
        return self.ecs.create_service(**parameters)["service"]

    def describe(self) -> dict:
        return self.ecs.describe_services(cluster="c", services=["s"])["services"][0]

    def test_fargate_takes_only_its_sizes(self) -> None:
        for cpu, memory in (("256", "512"), ("1 vCPU", "2 GB"), ("16384", "122880")):
            self.register(cpu=cpu, memory=memory)
        found = self.ecs.describe_task_definition(taskDefinition="web:2")["taskDefinition"]
        self.assertEqual((found["cpu"], found["memory"]), ("1024", "2048"))
        call = self.ecs.register_task_definition
        for cpu, memory in (("256", "4096"), ("333", "77"), ("1024", "1024"), ("8192", "17408"), ("many", "512")):
            self.assertEqual(self.code_of(call, **definition(cpu=cpu, memory=memory)), "ClientException")
        for wrong in (
            {"networkMode": "bridge"},
            {"containerDefinitions": [{"name": "a", "image": "i", "memory": 1024}]},
            {"containerDefinitions": [{"name": n, "image": "i", "memoryReservation": 300} for n in "ab"]},
            {"containerDefinitions": [{"name": "a", "image": "i", "cpu": 300}]},
            {"containerDefinitions": [{"name": "a", "image": "i"}, {"name": "a", "image": "i"}]},
        ):
            self.assertEqual(self.code_of(call, **definition(**wrong)), "ClientException", wrong)

    def test_definitions_keep_fault_injection_and_get_what_aws_adds(self) -> None:
        self.register(enableFaultInjection=True)
        found = self.ecs.describe_task_definition(taskDefinition="web")["taskDefinition"]
        self.assertTrue(found["enableFaultInjection"])
        self.assertIn("registeredAt", found)
        copy = definition() | {"taskDefinitionArn": found["taskDefinitionArn"]}
        target = "AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition"
        status, answer = self.json_call("ecs", target, json.dumps(copy).encode())
        self.assertEqual((status, answer["__type"]), (400, "SerializationException"))

    def test_create_service_keeps_what_it_is_given(self) -> None:
        self.register()
        given = {
            "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 3, "base": 1}],
            "deploymentConfiguration": {"maximumPercent": 150, "minimumHealthyPercent": 50},
            "healthCheckGracePeriodSeconds": 45,
            "enableECSManagedTags": True,
            "enableExecuteCommand": True,
            "availabilityZoneRebalancing": "ENABLED",
        }
        self.create(**given)
        found = self.describe()
        for name in given.keys() - {"deploymentConfiguration"}:
            self.assertEqual(found[name], given[name])
        for name, value in given["deploymentConfiguration"].items():
            self.assertEqual(found["deploymentConfiguration"][name], value)
        self.assertNotIn("launchType", found)
        self.assertEqual((found["runningCount"], found["pendingCount"]), (2, 0))
        self.assertEqual(self.code_of(self.create), "InvalidParameterException")

    def test_create_service_takes_a_network_without_security_groups(self) -> None:
        self.register()
        subnet = self.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]
        self.create(networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet]}})
        self.assertEqual(self.describe()["networkConfiguration"]["awsvpcConfiguration"]["subnets"], [subnet])

    def test_update_service_stores_the_arn_and_starts_a_deployment(self) -> None:
        first, second = self.register(), self.register()
        created = self.create(taskDefinition="web:1")
        self.assertEqual(created["taskDefinition"], first)
        updated = self.ecs.update_service(cluster="c", service="s", taskDefinition="web:2", desiredCount=3)["service"]
        self.assertEqual(updated["taskDefinition"], second)
        self.assertEqual((updated["desiredCount"], updated["runningCount"]), (3, 3))
        [primary] = updated["deployments"]
        self.assertEqual((primary["status"], primary["runningCount"]), ("PRIMARY", 3))
        self.assertEqual(primary["taskDefinition"], second)
        self.assertNotEqual(primary["id"], created["deployments"][0]["id"])
        counted = self.ecs.update_service(cluster="c", service="s", desiredCount=1)["service"]
        self.assertEqual(counted["deployments"][0]["id"], primary["id"])
        forced = self.ecs.update_service(cluster="c", service="s", forceNewDeployment=True)["service"]
        self.assertNotEqual(forced["deployments"][0]["id"], primary["id"])
        self.assertEqual(forced["taskDefinition"], second)

    def test_capacity_providers(self) -> None:
        self.register()
        self.create(launchType="FARGATE")
        spot = {"capacityProvider": "FARGATE_SPOT", "weight": 1}
        for wrong in (
            [{"capacityProvider": "FARGATE"}],
            [spot, spot],
            [spot | {"base": 1}, {"capacityProvider": "FARGATE", "base": 1}],
            [spot, {"capacityProvider": "mine", "weight": 1}],
            [{"capacityProvider": "mine", "weight": 1}],
        ):
            code = self.code_of(self.ecs.update_service, cluster="c", service="s", capacityProviderStrategy=wrong)
            self.assertEqual(code, "InvalidParameterException", wrong)
        before = self.describe()["deployments"][0]["id"]
        self.ecs.update_service(cluster="c", service="s", capacityProviderStrategy=[spot])
        found = self.describe()
        self.assertEqual((found.get("launchType"), found["deployments"][0]["id"]), (None, before))
        self.ecs.update_service(cluster="c", service="s", capacityProviderStrategy=[], forceNewDeployment=True)
        found = self.describe()
        self.assertEqual((found["launchType"], found["capacityProviderStrategy"]), ("FARGATE", []))
        self.assertNotEqual(found["deployments"][0]["id"], before)

    def test_update_service_refuses_inactive_and_unknown_revisions(self) -> None:
        self.register()
        self.create()
        self.register()
        self.ecs.deregister_task_definition(taskDefinition="web:2")
        for wrong in ("web:2", "web:9", "nothing"):
            call = self.ecs.update_service
            self.assertEqual(self.code_of(call, cluster="c", service="s", taskDefinition=wrong), "ClientException")
        self.assertEqual(self.code_of(call, cluster="c", service="none"), "ServiceNotFoundException")
        self.assertEqual(self.code_of(call, cluster="none", service="s"), "ClusterNotFoundException")
        self.assertTrue(self.describe()["taskDefinition"].endswith("web:1"))

    def test_lists_are_paged_and_described_by_ten(self) -> None:
        self.register()
        for index in range(12):
            self.create(f"s{index:02}", desiredCount=0)
        page = self.ecs.list_services(cluster="c")
        self.assertEqual(len(page["serviceArns"]), 10)
        rest = self.ecs.list_services(cluster="c", nextToken=page["nextToken"])
        self.assertEqual((len(rest["serviceArns"]), rest.get("nextToken")), (2, None))
        names = page["serviceArns"] + rest["serviceArns"]
        call = self.ecs.describe_services
        self.assertEqual(self.code_of(call, cluster="c", services=names[:11]), "InvalidParameterException")
        self.assertEqual(len(call(cluster="c", services=names[:10])["services"]), 10)
        self.assertEqual(self.code_of(self.ecs.list_services, cluster="c", nextToken="x"), "InvalidParameterException")

    def test_deleted_services_are_inactive_and_not_listed(self) -> None:
        self.register()
        self.create()
        self.assertEqual(self.ecs.describe_clusters(clusters=["c"])["clusters"][0]["runningTasksCount"], 2)
        self.assertEqual(self.code_of(self.ecs.delete_service, cluster="c", service="s"), "InvalidParameterException")
        self.ecs.delete_service(cluster="c", service="s", force=True)
        self.assertEqual(self.describe()["status"], "INACTIVE")
        self.assertEqual(self.ecs.list_services(cluster="c")["serviceArns"], [])
        self.assertEqual(self.code_of(self.ecs.update_service, cluster="c", service="s"), "ServiceNotActiveException")
        cluster = self.ecs.describe_clusters(clusters=["c"])["clusters"][0]
        self.assertEqual((cluster["runningTasksCount"], cluster["activeServicesCount"]), (0, 0))
