"""Log groups with every character that their names can have: . - _ / # letters and digits."""

OURS = ["/a/B_9.c-d#e", "#", "..", "_x#/.-A#1", "_x#/."]
THEIRS = ["_x#/.git", "/a/B_9.c-d", "a/B_9.c-d#e", "."]


def setup(aws):
    for name in OURS + THEIRS:
        aws("logs").create_log_group(logGroupName=name)
    aws("logs").put_retention_policy(logGroupName="..", retentionInDays=365)


def picture(aws):
    groups = {g["logGroupName"]: g.get("retentionInDays") for g in aws("logs").describe_log_groups()["logGroups"]}
    return {"owned": {name: groups.pop(name) for name in OURS}, "rest": groups}


def meddle(aws):
    aws("logs").delete_retention_policy(logGroupName="#")
    for name in ("_x#/.-A#1", "."):
        aws("logs").put_retention_policy(logGroupName=name, retentionInDays=1)
