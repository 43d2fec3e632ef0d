"""Tables, an index and tags with every character that their names can have."""

INDEXED, TAGGED = "-x_Y.z", ["t.a", "t.b"]
OURS = ["_a.B-9", "...", INDEXED, *TAGGED]
OTHER = "_a.B"


def units(number):
    return {"ReadCapacityUnits": number, "WriteCapacityUnits": number}


def setup(aws):
    index = {
        "IndexName": "_by.B-9", "KeySchema": [{"AttributeName": "by", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"}, "ProvisionedThroughput": units(5),
    }  # fmt: skip
    values = {"t.a": "a:b@c + d_e.f-g", "t.b": "é 表", OTHER: "a:b@c"}
    for name in [*OURS, OTHER]:
        keys = ["id", "by"] if name == INDEXED else ["id"]
        more = {"GlobalSecondaryIndexes": [index]} if name == INDEXED else {}
        aws("dynamodb").create_table(
            TableName=name, KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            ProvisionedThroughput=units(5), Tags=[{"Key": "cost center/1+1=2", "Value": values.get(name, "none")}],
            **more,
        )  # fmt: skip


def picture(aws):
    sizes = {}
    for name in [*OURS, OTHER]:
        table = aws("dynamodb").describe_table(TableName=name)["Table"]
        found = {each.get("IndexName", ""): each["ProvisionedThroughput"]
                 for each in [table, *(table.get("GlobalSecondaryIndexes") or [])]}
        sizes[name] = {key: [size["ReadCapacityUnits"], size["WriteCapacityUnits"]] for key, size in found.items()}
    # Application Auto Scaling moves the reads.
    sizes[INDEXED][""] = sizes[INDEXED][""][1]
    scaling = aws("application-autoscaling")
    policies = scaling.describe_scaling_policies(ServiceNamespace="dynamodb")["ScalingPolicies"]
    targets = scaling.describe_scalable_targets(ServiceNamespace="dynamodb")["ScalableTargets"]
    rest = sizes.pop(OTHER)
    names = [[p["PolicyName"], p["ResourceId"]] for p in policies]
    return {"owned": [sizes, names, [[t["ResourceId"], t["MaxCapacity"]] for t in targets]], "rest": rest}


def meddle(aws):
    for name in ("_a.B-9", OTHER):
        aws("dynamodb").update_table(TableName=name, ProvisionedThroughput=units(20))
    aws("application-autoscaling").register_scalable_target(
        ServiceNamespace="dynamodb", ResourceId=f"table/{INDEXED}",
        ScalableDimension="dynamodb:table:ReadCapacityUnits", MaxCapacity=500,
    )  # fmt: skip
