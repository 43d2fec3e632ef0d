"""Log groups of several services."""

OURS = ["/ecs/web", "/ecs/worker", "/lambda/resize"]
THEIRS = ["/ecs/audit", "/other"]


def setup(aws):
    for name in OURS + THEIRS:
        aws("logs").create_log_group(logGroupName=name)
    put(aws, "/ecs/worker", 365)
    put(aws, "/ecs/audit", 3653)


def put(aws, name, days):
    aws("logs").put_retention_policy(logGroupName=name, retentionInDays=days)


def picture(aws):
    groups = {g["logGroupName"]: g.get("retentionInDays") for g in aws("logs").describe_log_groups()["logGroups"]}
    return {"owned": {name: groups.pop(name) for name in OURS}, "rest": groups}


def meddle(aws):
    aws("logs").delete_retention_policy(logGroupName="/ecs/web")
    put(aws, "/lambda/resize", 7)
    put(aws, "/other", 1)
