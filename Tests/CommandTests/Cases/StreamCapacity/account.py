"""Streams of both modes: Kinesis lets the shards change ten times and the mode twice a day."""

OURS = ["clicks", "events", "views"]


def setup(aws):
    kinesis = aws("kinesis")
    for name, shards, team in (("clicks", 3, "web"), ("views", 2, "shop"), ("other", 2, "mail")):
        kinesis.create_stream(StreamName=name, ShardCount=shards)
        kinesis.add_tags_to_stream(StreamName=name, Tags={"team": team})
    kinesis.create_stream(StreamName="events", StreamModeDetails={"StreamMode": "ON_DEMAND"})
    keep(aws, "increase", "clicks", 72)


def keep(aws, way, name, hours):
    getattr(aws("kinesis"), f"{way}_stream_retention_period")(StreamName=name, RetentionPeriodHours=hours)


def scale(aws, name, shards):
    aws("kinesis").update_shard_count(StreamName=name, TargetShardCount=shards, ScalingType="UNIFORM_SCALING")


def picture(aws):
    owned, rest = {}, {}
    for name in [*OURS, "other"]:
        found = aws("kinesis").describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]
        mode = found.pop("StreamModeDetails")["StreamMode"]
        shards = found.pop("OpenShardCount")
        # On demand Kinesis sets the shards.
        own = [mode, shards if mode == "PROVISIONED" else None, found.pop("RetentionPeriodHours")]
        tags = aws("kinesis").list_tags_for_stream(StreamName=name)["Tags"]
        rest[name] = [found, tags] + ([own] if name == "other" else [])
        if name != "other":
            owned[name] = own
    return {"owned": owned, "rest": rest}


def meddle(aws):
    scale(aws, "views", 4)
    keep(aws, "increase", "clicks", 200)
    aws("kinesis").add_tags_to_stream(StreamName="clicks", Tags={"seen": "yes"})
    scale(aws, "other", 1)
