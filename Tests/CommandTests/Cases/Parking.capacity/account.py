"""Tables and streams with capacity, on demand, with scaling, and some that are not meant."""

GROUP = [{"Key": "group", "Value": "dev"}]
TARGET = {
    "ServiceNamespace": "dynamodb", "ResourceId": "table/orders",
    "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
}  # fmt: skip


def units(reads, writes):
    return {"ReadCapacityUnits": reads, "WriteCapacityUnits": writes}


def make(aws, name, keys=("id",), tags=GROUP, **more):
    aws("dynamodb").create_table(
        TableName=name, KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}], Tags=tags,
        AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each in keys], **more,
    )  # fmt: skip


def setup(aws):
    index = {
        "IndexName": "by.customer", "KeySchema": [{"AttributeName": "customer", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"}, "ProvisionedThroughput": units(6, 7),
    }  # fmt: skip
    make(aws, "orders", ("id", "customer"), ProvisionedThroughput=units(5, 4), GlobalSecondaryIndexes=[index])
    make(aws, "carts", ProvisionedThroughput=units(3, 1))
    make(aws, "sessions", BillingMode="PAY_PER_REQUEST")
    make(aws, "other", tags=[], ProvisionedThroughput=units(2, 2))
    aws("application-autoscaling").register_scalable_target(MinCapacity=2, MaxCapacity=9, **TARGET)
    kinesis = aws("kinesis")
    for name, shards in (("clicks", 2), ("views", 4), ("theirs", 2)):
        kinesis.create_stream(StreamName=name, ShardCount=shards)
    kinesis.create_stream(StreamName="events", StreamModeDetails={"StreamMode": "ON_DEMAND"})
    for name in ("clicks", "views", "events"):
        kinesis.add_tags_to_stream(StreamName=name, Tags={"group": "dev"})


def picture(aws):
    tables, streams = {}, {}
    for name in ("orders", "carts", "sessions", "other"):
        table = aws("dynamodb").describe_table(TableName=name)["Table"]
        sizes = [table["ProvisionedThroughput"]]
        sizes += [index["ProvisionedThroughput"] for index in table.get("GlobalSecondaryIndexes") or []]
        tables[name] = [table["BillingModeSummary"]["BillingMode"]]
        tables[name] += [[size["ReadCapacityUnits"], size["WriteCapacityUnits"]] for size in sizes]
    for name in ("clicks", "views", "events", "theirs"):
        found = aws("kinesis").describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]
        streams[name] = [found["StreamModeDetails"]["StreamMode"], found["OpenShardCount"], found["RetentionPeriodHours"]]
    scaling = aws("application-autoscaling").describe_scalable_targets(ServiceNamespace="dynamodb")
    (target,) = scaling["ScalableTargets"]
    owned = {
        "tables": [tables.pop(name) for name in ("orders", "carts")],
        "target": [target["MinCapacity"], target["SuspendedState"]],
        "streams": [streams.pop(name)[1] for name in ("clicks", "views")],
    }
    return {"owned": owned, "rest": {"tables": tables, "streams": streams, "most": target["MaxCapacity"]}}


def meddle(aws):
    aws("dynamodb").update_table(TableName="orders", ProvisionedThroughput=units(8, 4))
    aws("kinesis").update_shard_count(StreamName="theirs", TargetShardCount=1, ScalingType="UNIFORM_SCALING")
    aws("application-autoscaling").register_scalable_target(MaxCapacity=20, **TARGET)
