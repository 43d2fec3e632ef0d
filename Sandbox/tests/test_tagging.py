"""Resources by their tags, and instances that cannot be stopped."""

from __future__ import annotations

from .support import SandboxTest


class TaggingTests(SandboxTest):
    def arns(self, **more: object) -> list[str]:
        pages = self.client("resourcegroupstaggingapi").get_paginator("get_resources").paginate(**more)
        return [found["ResourceARN"] for page in pages for found in page["ResourceTagMappingList"]]

    def instance(self, **more: object) -> str:
        ec2 = self.client("ec2")
        return ec2.run_instances(ImageId="ami-1", MinCount=1, MaxCount=1, **more)["Instances"][0]["InstanceId"]

    def test_finds_what_has_the_tags(self) -> None:
        ecs = self.client("ecs")
        ecs.create_cluster(clusterName="c")
        ecs.register_task_definition(family="web", containerDefinitions=[{"name": "a", "image": "i", "memory": 64}])
        for name, tags in (("a", {"group": "dev"}), ("b", {"group": "prod"}), ("c", {}), ("d", {"group": "dev", "x": "1"})):
            pairs = [{"key": key, "value": value} for key, value in tags.items()]
            ecs.create_service(cluster="c", serviceName=name, taskDefinition="web", desiredCount=1, tags=pairs)
        ecs.delete_service(cluster="c", service="d", force=True)
        specification = {"ResourceType": "instance", "Tags": [{"Key": "group", "Value": "dev"}]}
        instance = self.instance(TagSpecifications=[specification])
        dev = [{"Key": "group", "Values": ["dev", "test"]}]
        found = self.arns(TagFilters=dev)
        self.assertEqual([arn.rsplit(":", 1)[1] for arn in found], [f"instance/{instance}", "service/c/a"])
        self.assertEqual(len(self.arns(TagFilters=dev, ResourceTypeFilters=["ecs:service"])), 1)
        self.assertEqual(len(self.arns(TagFilters=[{"Key": "group"}], ResourceTypeFilters=["ecs:service"])), 2)
        self.assertEqual(self.arns(TagFilters=[{"Key": "x"}]), [])

    def test_pages_have_their_size(self) -> None:
        dynamodb = self.client("dynamodb")
        for number in range(7):
            dynamodb.create_table(
                TableName=f"t{number}", BillingMode="PAY_PER_REQUEST", Tags=[{"Key": "group", "Value": "dev"}],
                KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
            )  # fmt: skip
        first = self.client("resourcegroupstaggingapi").get_resources(ResourcesPerPage=5)
        self.assertEqual(len(first["ResourceTagMappingList"]), 5)
        self.assertTrue(first["PaginationToken"])
        self.assertEqual(len(self.arns()), 7)

    def test_spot_instances_are_not_stopped(self) -> None:
        ec2 = self.client("ec2")
        spot = self.instance(InstanceMarketOptions={"MarketType": "spot"})
        self.assertEqual(self.code_of(ec2.stop_instances, InstanceIds=[spot]), "UnsupportedOperation")
        ec2.stop_instances(InstanceIds=[self.instance()])
