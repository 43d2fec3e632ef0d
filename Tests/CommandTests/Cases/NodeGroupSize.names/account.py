"""Node groups, labels and taints with every character that their names can have."""

CLUSTER, OURS, OTHER = "9_Shop-", "9-Workers_", "9-Workers"
LABELS = ("a.b-c/D_e.F-9", "9")


def setup(aws):
    role = "arn:aws:iam::123456789012:role/nodes"
    aws("eks").create_cluster(name=CLUSTER, roleArn=role, resourcesVpcConfig={"subnetIds": ["subnet-1", "subnet-2"]})
    for name in (OURS, OTHER):
        aws("eks").create_nodegroup(
            clusterName=CLUSTER, nodegroupName=name, subnets=["subnet-1"], nodeRole=role, instanceTypes=["t3.medium"],
            scalingConfig={"minSize": 2, "maxSize": 6, "desiredSize": 3}, labels={"9.": "a"},
            tags={"cost center/1+1=2": "a:b@c + é"},
        )  # fmt: skip


def picture(aws):
    found = {}
    for name in (OURS, OTHER):
        found[name] = aws("eks").describe_nodegroup(clusterName=CLUSTER, nodegroupName=name)["nodegroup"]
        found[name].pop("modifiedAt", None)
    mine = found[OURS]
    owned = [
        mine.pop("scalingConfig"),
        {label: mine["labels"].pop(label, None) for label in LABELS},
        mine.pop("taints", None) or [],
    ]
    return {"owned": owned, "rest": found}


def meddle(aws):
    for name in (OURS, OTHER):
        aws("eks").update_nodegroup_config(
            clusterName=CLUSTER, nodegroupName=name, scalingConfig={"maxSize": 40},
            labels={"addOrUpdateLabels": {"9.": "b"}},
        )  # fmt: skip
