"""DynamoDB: modes, capacities, how often they may change, and the tables that targets scale."""

from __future__ import annotations

from .support import SandboxTest


def units(number: int) -> dict[str, int]:
    return {"ReadCapacityUnits": number, "WriteCapacityUnits": number}


class TableTests(SandboxTest):
    def setUp(self) -> None:
        super().setUp()
        self.tables = self.client("dynamodb")
        index = {
            "IndexName": "by-customer", "KeySchema": [{"AttributeName": "customer", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"}, "ProvisionedThroughput": units(5),
        }
        self.tables.create_table(
            TableName="orders", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each in ("id", "customer")],
            ProvisionedThroughput=units(5), GlobalSecondaryIndexes=[index],
            Tags=[{"Key": "team", "Value": "shop"}],
        )

    def change(self, table: int | None = None, index: int | None = None, mode: str | None = None) -> None:
        changes = {}
        if table is not None:
            changes["ProvisionedThroughput"] = units(table)
        if index is not None:
            update = {"IndexName": "by-customer", "ProvisionedThroughput": units(index)}
            changes["GlobalSecondaryIndexUpdates"] = [{"Update": update}]
        if mode is not None:
            changes["BillingMode"] = mode
        self.tables.update_table(TableName="orders", **changes)

    def held(self) -> list[int]:
        table = self.tables.describe_table(TableName="orders")["Table"]
        parts = [table, *table["GlobalSecondaryIndexes"]]
        return [part["ProvisionedThroughput"]["ReadCapacityUnits"] for part in parts]

    def test_capacity_is_of_provisioned_tables(self) -> None:
        for wrong in ({"table": 5}, {"table": 0}, {"table": 6, "mode": "PAY_PER_REQUEST"}):
            self.assertEqual(self.code_of(self.change, **wrong), "ValidationException", wrong)
        self.change(table=6, index=7)
        self.assertEqual(self.held(), [6, 7])
        self.change(mode="PAY_PER_REQUEST")
        self.assertEqual(self.held(), [0, 0])
        for wrong in ({"table": 8}, {"table": 8, "mode": "PROVISIONED"}):
            self.assertEqual(self.code_of(self.change, **wrong), "ValidationException", wrong)
        self.change(table=8, index=9, mode="PROVISIONED")
        self.assertEqual(self.held(), [8, 9])

    def test_four_switches_and_four_decreases(self) -> None:
        for _ in range(4):
            self.change(mode="PAY_PER_REQUEST")
            self.change(table=9, index=9, mode="PROVISIONED")
        self.assertEqual(self.code_of(self.change, mode="PAY_PER_REQUEST"), "LimitExceededException")
        for size in (8, 7, 6, 5):
            self.change(table=size)
        self.assertEqual(self.code_of(self.change, table=4), "LimitExceededException")
        self.change(index=8)
        table = self.tables.describe_table(TableName="orders")["Table"]
        self.assertEqual(table["ProvisionedThroughput"]["NumberOfDecreasesToday"], 4)
        self.assertEqual(table["GlobalSecondaryIndexes"][0]["ProvisionedThroughput"]["NumberOfDecreasesToday"], 1)

    def test_targets_hold_the_capacity(self) -> None:
        scaling = self.client("application-autoscaling")

        def register(resource: str, dimension: str, **bounds: int) -> None:
            scaling.register_scalable_target(
                ServiceNamespace="dynamodb", ResourceId=resource, ScalableDimension=dimension, **bounds
            )

        reads, bounds = "dynamodb:table:ReadCapacityUnits", {"MinCapacity": 8, "MaxCapacity": 20}
        for resource, dimension in (
            ("table/none", reads), ("orders", reads), ("table/orders/index/none", "dynamodb:index:ReadCapacityUnits"),
            ("table/orders", "dynamodb:index:ReadCapacityUnits"), ("table/orders", "dynamodb:table:Units"),
        ):
            self.assertEqual(self.code_of(register, resource, dimension, **bounds), "ValidationException", resource)
        register("table/orders", reads, **bounds)
        register("table/orders/index/by-customer", "dynamodb:index:ReadCapacityUnits", MinCapacity=1, MaxCapacity=3)
        self.assertEqual(self.held(), [8, 3])

    def test_tags_find_tables(self) -> None:
        def found(value: str) -> list[str]:
            answer = self.client("resourcegroupstaggingapi").get_resources(
                ResourceTypeFilters=["dynamodb:table"], TagFilters=[{"Key": "team", "Values": [value]}]
            )
            return [each["ResourceARN"].rpartition("/")[2] for each in answer["ResourceTagMappingList"]]

        self.assertEqual(found("shop"), ["orders"])
        self.assertEqual(found("mail"), [])
