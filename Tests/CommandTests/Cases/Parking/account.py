"""Two services, of which one has scaling, a service of others, and instances."""

NAMES = ["api", "worker"]


def setup(aws):
    ecs, ec2, scaling = aws("ecs"), aws("ec2"), aws("application-autoscaling")
    ecs.create_cluster(clusterName="dev")
    ecs.register_task_definition(
        family="app", containerDefinitions=[{"name": "app", "image": "app:1", "memory": 256, "cpu": 128}]
    )
    for name, group, count in (("api", "dev", 2), ("worker", "dev", 3), ("shared", "all", 1)):
        ecs.create_service(
            cluster="dev", serviceName=name, taskDefinition="app", desiredCount=count, launchType="EC2",
            tags=[{"key": "group", "value": group}],
        )  # fmt: skip
    for name in ("api", "shared"):
        scaling.register_scalable_target(
            MinCapacity=1, MaxCapacity=4, SuspendedState={"DynamicScalingInSuspended": name == "api"}, **target(name)
        )
    for name, group in (("one", "dev"), ("two", "dev"), ("other", "all")):
        tags = [{"Key": "Name", "Value": name}, {"Key": "group", "Value": group}]
        found = ec2.run_instances(
            ImageId="ami-1", MinCount=1, MaxCount=1, InstanceType="t3.small",
            TagSpecifications=[{"ResourceType": "instance", "Tags": tags}],
        )  # fmt: skip
        if name == "two":
            ec2.stop_instances(InstanceIds=[found["Instances"][0]["InstanceId"]])


def target(name):
    return {
        "ServiceNamespace": "ecs",
        "ScalableDimension": "ecs:service:DesiredCount",
        "ResourceId": f"service/dev/{name}",
    }


def instances(aws):
    found = [i for r in aws("ec2").describe_instances()["Reservations"] for i in r["Instances"]]
    return {next(t["Value"] for t in i["Tags"] if t["Key"] == "Name"): i for i in found}


def picture(aws):
    services = aws("ecs").describe_services(cluster="dev", services=NAMES + ["shared"])["services"]
    counts = {s["serviceName"]: s["desiredCount"] for s in services}
    targets = {
        t["ResourceId"].rpartition("/")[2]: [t["MinCapacity"], t["MaxCapacity"], t["SuspendedState"]]
        for t in aws("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
    }
    states = {name: i["State"]["Name"] for name, i in instances(aws).items()}
    most = targets["api"].pop(1)
    return {
        "owned": {
            "counts": [counts[name] for name in NAMES],
            "target": targets["api"],
            "instances": [states["one"], states["two"]],
        },
        "rest": {"count": counts["shared"], "target": targets["shared"], "most": most, "instance": states["other"]},
    }


def meddle(aws):
    aws("ecs").update_service(cluster="dev", service="worker", desiredCount=1)
    aws("ec2").stop_instances(InstanceIds=[instances(aws)["other"]["InstanceId"]])
    aws("application-autoscaling").register_scalable_target(MaxCapacity=6, **target("api"))
