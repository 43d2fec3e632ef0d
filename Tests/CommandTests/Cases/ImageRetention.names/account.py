"""Repositories with every character that their names can have."""

import json

OURS = ["9a/b.c_d-e/h", "x_y/z"]
OTHER = "9a/b.c_d-e"


def put(aws, name, number):
    selection = {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": number}
    rules = [{"rulePriority": 40, "selection": selection, "action": {"type": "expire"}}]
    aws("ecr").put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=json.dumps({"rules": rules}))


def rules(aws, name):
    try:
        return json.loads(aws("ecr").get_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"])["rules"]
    except aws("ecr").exceptions.LifecyclePolicyNotFoundException:
        return []


def setup(aws):
    for name in [*OURS, OTHER]:
        aws("ecr").create_repository(repositoryName=name)
    put(aws, OTHER, 9)


def picture(aws):
    return {"owned": {name: rules(aws, name) for name in OURS}, "rest": rules(aws, OTHER)}


def meddle(aws):
    aws("ecr").delete_lifecycle_policy(repositoryName=OURS[0])
    put(aws, OTHER, 8)
