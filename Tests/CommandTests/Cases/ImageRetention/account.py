"""Repositories, some with policies of their own."""

import json

OURS = ["web/api", "web/worker"]
NAMES = OURS + ["web/audit", "other"]


def rule(priority, number, status="untagged", **more):
    selection = {"tagStatus": status, "countType": "imageCountMoreThan", "countNumber": number, **more}
    return {"rulePriority": priority, "selection": selection, "action": {"type": "expire"}}


def put(aws, name, *rules):
    aws("ecr").put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=json.dumps({"rules": rules}))


def rules(aws, name):
    try:
        text = aws("ecr").get_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"]
    except aws("ecr").exceptions.LifecyclePolicyNotFoundException:
        return {}
    return {item.pop("rulePriority"): item for item in json.loads(text)["rules"]}


def setup(aws):
    for name in NAMES:
        aws("ecr").create_repository(repositoryName=name)
    release = rule(5, 100, "tagged", tagPrefixList=["release"]) | {"description": "releases"}
    put(aws, "web/worker", release, rule(10, 50))
    put(aws, "web/audit", rule(1, 1000, "any"))


def picture(aws):
    found = {name: rules(aws, name) for name in NAMES}
    owned = {name: {p: found[name].pop(p, None) for p in (10, 20)} for name in OURS}
    return {"owned": owned, "rest": found}


def meddle(aws):
    put(aws, "web/api", *[v | {"rulePriority": k} for k, v in rules(aws, "web/api").items() if k != 10])
    mine = [v | {"rulePriority": k} for k, v in rules(aws, "web/worker").items() if k != 5]
    put(aws, "web/worker", rule(6, 7, "tagged", tagPatternList=["v*", "w*"]), *mine)
    put(aws, "other", rule(3, 3))
