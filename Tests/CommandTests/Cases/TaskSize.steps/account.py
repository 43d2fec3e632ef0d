"""A service on Fargate that gets step scaling, Spot beside it, and a metric of its own."""

NAME = "shop"


def setup(aws):
    ec2, ecs = aws("ec2"), aws("ecs")
    vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.1.1.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="tasks", Description="tasks", VpcId=vpc)["GroupId"]
    ecs.create_cluster(clusterName=f"{NAME}-cluster", capacityProviders=["FARGATE", "FARGATE_SPOT"])
    ecs.register_task_definition(
        family=NAME,
        cpu="512",
        memory="1024",
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        runtimePlatform={"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
        containerDefinitions=[{"name": "web", "image": "web:1", "essential": True}],
    )
    ecs.create_service(
        cluster=f"{NAME}-cluster",
        serviceName=f"{NAME}-service",
        taskDefinition=NAME,
        desiredCount=2,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [group]}},
    )


def picture(aws):
    service = aws.service(NAME)
    strategy = sorted(service.get("capacityProviderStrategy") or [], key=str)
    arns = {p["PolicyARN"]: p["PolicyName"] for p in aws.policies()}
    policies = [without(p, "CreationTime", "PolicyARN", "Alarms") for p in aws.policies()]
    alarms = aws("cloudwatch").describe_alarms()["MetricAlarms"]
    own = ("AlarmConfigurationUpdatedTimestamp", "StateUpdatedTimestamp", "AlarmActions")
    ours = [
        without(alarm, *own) | {"runs": [arns.get(arn, arn) for arn in alarm["AlarmActions"]]}
        for alarm in alarms
        if not alarm["AlarmName"].startswith("TargetTracking-")
    ]
    targets = [without(t, "CreationTime", "ScalableTargetARN") for t in aws.targets()]
    return {
        "owned": [
            strategy,
            service.get("launchType"),
            targets,
            sorted(policies, key=lambda p: p["PolicyName"]),
            sorted(ours, key=lambda a: a["AlarmName"]),
        ],
        "rest": [service["desiredCount"], aws.task(NAME)],
    }


def without(value, *names):
    return {k: v for k, v in value.items() if k not in names}


def meddle(aws):
    """Deletes a policy, and with it what its alarm runs, and shares the tasks otherwise."""
    aws("application-autoscaling").delete_scaling_policy(
        PolicyName=f"{NAME}-service-cpu-above-80",
        ServiceNamespace="ecs",
        ResourceId=f"service/{NAME}-cluster/{NAME}-service",
        ScalableDimension="ecs:service:DesiredCount",
    )
    aws("ecs").update_service(
        cluster=f"{NAME}-cluster",
        service=f"{NAME}-service",
        capacityProviderStrategy=[{"capacityProvider": "FARGATE", "weight": 1, "base": 0}],
        forceNewDeployment=True,
    )
