"""Streams and a tag with every character that their names can have."""

TAGGED = "T.-"
OURS = ["_a.B-9", ".", "..", TAGGED]
OTHER = "_a.B"


def setup(aws):
    for name in [*OURS, OTHER]:
        value = "a:b@c + d_e.f-g é 流" if name == TAGGED else "a:b@c"
        aws("kinesis").create_stream(StreamName=name, ShardCount=1)
        aws("kinesis").add_tags_to_stream(StreamName=name, Tags={"cost center/1+1=2": value})


def picture(aws):
    kept = {}
    for name in [*OURS, OTHER]:
        found = aws("kinesis").describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]
        kept[name] = found["RetentionPeriodHours"]
    return {"owned": {name: kept.pop(name) for name in OURS}, "rest": kept}


def meddle(aws):
    for name in ("..", TAGGED, OTHER):
        aws("kinesis").increase_stream_retention_period(StreamName=name, RetentionPeriodHours=200)
