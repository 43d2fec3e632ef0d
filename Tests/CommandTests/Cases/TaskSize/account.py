"""A service with a sidecar, a secret in its environment, and scaling of its own."""

NAME = "shop"


def setup(aws):
    ec2, ecs = aws("ec2"), aws("ecs")
    vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.1.1.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="tasks", Description="tasks", VpcId=vpc)["GroupId"]
    network = {"subnets": [subnet], "securityGroups": [group]}
    ecs.create_cluster(clusterName=f"{NAME}-cluster")
    ecs.register_task_definition(**definition())
    ecs.create_service(
        cluster=f"{NAME}-cluster",
        serviceName=f"{NAME}-service",
        taskDefinition=NAME,
        desiredCount=2,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": network},
        tags=[{"key": "team", "value": "shop"}],
    )


def definition():
    return {
        "family": NAME,
        "cpu": "2048",
        "memory": "8192",
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "containerDefinitions": [
            {
                "name": "web",
                "image": "web:1",
                "environment": [{"name": "TOKEN", "value": "hidden-token"}],
                "essential": True,
            },
            {"name": "sidecar", "image": "sidecar:1", "memoryReservation": 64},
        ],
        "tags": [{"key": "team", "value": "shop"}],
    }


def picture(aws):
    service, task = aws.service(NAME), aws.task(NAME)
    targets = [without(t, "CreationTime", "ScalableTargetARN") for t in aws.targets()]
    policies = [without(p, "CreationTime", "PolicyARN", "Alarms") for p in aws.policies()]
    return {
        "owned": [task["cpu"], task["memory"], service["desiredCount"], targets, policies],
        "rest": [
            changed(task, "cpu", "memory"),
            without(service, "taskDefinition", "desiredCount", "runningCount", "pendingCount", "deployments", "events",
                    "taskSets", "currentServiceRevisions"),
        ],
    }


def without(value, *names):
    return {k: v for k, v in value.items() if k not in names}


def changed(task, *names):
    own = ("taskDefinitionArn", "revision", "registeredAt", "registeredBy", "deregisteredAt")
    return without(task, *own, *names)


def meddle(aws):
    """Deploys a new image with the old size, and opens the bounds."""
    new = definition()
    new["containerDefinitions"][0]["image"] = "web:2"
    arn = aws("ecs").register_task_definition(**new)["taskDefinition"]["taskDefinitionArn"]
    aws("ecs").update_service(cluster=f"{NAME}-cluster", service=f"{NAME}-service", taskDefinition=arn)
    aws("application-autoscaling").register_scalable_target(
        ServiceNamespace="ecs",
        ResourceId=f"service/{NAME}-cluster/{NAME}-service",
        ScalableDimension="ecs:service:DesiredCount",
        MaxCapacity=40,
    )
