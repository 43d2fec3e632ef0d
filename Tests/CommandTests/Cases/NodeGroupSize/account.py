"""A cluster with a managed node group, and one that nobody manages."""

OWN_LABELS = ("tier", "example.com/team")
OWN_TAINTS = ("spot",)


def setup(aws):
    eks = aws("eks")
    role = "arn:aws:iam::123456789012:role/nodes"
    eks.create_cluster(name="shop", roleArn=role, resourcesVpcConfig={"subnetIds": ["subnet-1", "subnet-2"]})
    for name in ("workers", "other"):
        eks.create_nodegroup(
            clusterName="shop", nodegroupName=name, subnets=["subnet-1"], nodeRole=role, instanceTypes=["t3.medium"],
            scalingConfig={"minSize": 2, "maxSize": 6, "desiredSize": 3}, tags={"team": "shop"},
            labels={"tier": "front", "zone": "a"}, taints=[{"key": "kept", "value": "x", "effect": "NO_SCHEDULE"}],
        )


def picture(aws):
    owned, rest = {}, {}
    for name in ("workers", "other"):
        found = aws("eks").describe_nodegroup(clusterName="shop", nodegroupName=name)["nodegroup"]
        found.pop("modifiedAt", None)
        if name == "workers":
            labels, taints = found.pop("labels"), found.pop("taints")
            owned = {
                "sizes": found.pop("scalingConfig"),
                "labels": {k: labels.pop(k) for k in OWN_LABELS if k in labels},
                "taints": [t for t in taints if t["key"] in OWN_TAINTS],
            }
            found["rest"] = [labels, [t for t in taints if t["key"] not in OWN_TAINTS]]
        rest[name] = found
    return {"owned": owned, "rest": rest}


def meddle(aws):
    aws("eks").update_nodegroup_config(
        clusterName="shop", nodegroupName="workers", scalingConfig={"maxSize": 40},
        labels={"addOrUpdateLabels": {"tier": "back", "zone": "b"}},
        taints={"removeTaints": [{"key": "spot", "value": "no", "effect": "NO_EXECUTE"}]},
    )
