"""Tables of both modes: one with an index, one that is to be scaled, one found by its tags, and one of nobody's."""

OURS = ["orders", "sessions", "carts"]


def units(number):
    return {"ReadCapacityUnits": number, "WriteCapacityUnits": number}


def make(aws, name, keys=("id",), **more):
    aws("dynamodb").create_table(
        TableName=name, KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each in keys], **more,
    )


def setup(aws):
    index = {
        "IndexName": "by.customer", "KeySchema": [{"AttributeName": "customer", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"}, "ProvisionedThroughput": units(5),
    }
    make(aws, "orders", ("id", "customer"), ProvisionedThroughput=units(5), GlobalSecondaryIndexes=[index])
    make(aws, "sessions", BillingMode="PAY_PER_REQUEST")
    for name, team in (("carts", "shop"), ("other", "mail")):
        make(aws, name, ProvisionedThroughput=units(5), Tags=[{"Key": "team", "Value": team}])


def scaling(aws, operation, items):
    found = getattr(aws("application-autoscaling"), operation)(ServiceNamespace="dynamodb")[items]
    return [{k: v for k, v in each.items() if k not in ("CreationTime", "Alarms", "PolicyARN", "ScalableTargetARN")}
            for each in found]


def picture(aws):
    owned, rest = {}, {}
    for name in [*OURS, "other"]:
        table = aws("dynamodb").describe_table(TableName=name)["Table"]
        sizes = {"": table.pop("ProvisionedThroughput")}
        for index in table.get("GlobalSecondaryIndexes") or []:
            sizes[index["IndexName"]] = index.pop("ProvisionedThroughput")
            index.pop("WarmThroughput", None)
        table.pop("WarmThroughput", None)
        sizes = {key: [size["ReadCapacityUnits"], size["WriteCapacityUnits"]] for key, size in sizes.items()}
        mode = table.pop("BillingModeSummary")["BillingMode"]
        if name == "sessions":
            # Application Auto Scaling moves the reads.
            sizes = sizes[""][1]
        tags = aws("dynamodb").list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]
        rest[name] = [table, tags] + ([mode, sizes] if name == "other" else [])
        if name != "other":
            owned[name] = [mode, sizes]
    owned["targets"] = scaling(aws, "describe_scalable_targets", "ScalableTargets")
    owned["policies"] = scaling(aws, "describe_scaling_policies", "ScalingPolicies")
    return {"owned": owned, "rest": rest}


def meddle(aws):
    tables = aws("dynamodb")
    tables.update_table(TableName="carts", ProvisionedThroughput=units(1))
    tables.update_table(TableName="other", ProvisionedThroughput=units(6))
    tables.update_table(TableName="orders", DeletionProtectionEnabled=True)
    update = {"Update": {"IndexName": "by.customer", "ProvisionedThroughput": units(20)}}
    tables.update_table(
        TableName="orders", BillingMode="PROVISIONED", ProvisionedThroughput=units(20),
        GlobalSecondaryIndexUpdates=[update],
    )
    aws("application-autoscaling").register_scalable_target(
        ServiceNamespace="dynamodb", ResourceId="table/sessions",
        ScalableDimension="dynamodb:table:ReadCapacityUnits", MaxCapacity=500,
    )
