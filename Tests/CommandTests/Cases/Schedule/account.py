"""A service with a scheduled action of somebody else's."""

NAME = "shop"
RESOURCE = {
    "ServiceNamespace": "ecs",
    "ResourceId": "service/shop-cluster/shop-service",
    "ScalableDimension": "ecs:service:DesiredCount",
}


def setup(aws):
    ecs = aws("ecs")
    ecs.create_cluster(clusterName=f"{NAME}-cluster")
    container = {"name": "web", "image": "web:1", "memory": 128}
    ecs.register_task_definition(family=NAME, containerDefinitions=[container])
    ecs.create_service(
        cluster=f"{NAME}-cluster", serviceName=f"{NAME}-service", taskDefinition=NAME, desiredCount=1
    )
    aws("application-autoscaling").register_scalable_target(**RESOURCE, MinCapacity=1, MaxCapacity=4)
    put(aws, "theirs", "cron(0 6 * * ? *)", 1)


def put(aws, name, schedule, least):
    aws("application-autoscaling").put_scheduled_action(
        **RESOURCE,
        ScheduledActionName=name,
        Schedule=schedule,
        Timezone="UTC",
        ScalableTargetAction={"MinCapacity": least, "MaxCapacity": 4},
    )


def picture(aws):
    actions = sorted(
        (
            {k: v for k, v in action.items() if k not in ("CreationTime", "ScheduledActionARN")}
            for action in aws.actions()
        ),
        key=lambda action: action["ScheduledActionName"],
    )
    ours = [action for action in actions if action["ScheduledActionName"] != "theirs"]
    return {"owned": ours, "rest": [action for action in actions if action not in ours]}


def meddle(aws):
    name = picture(aws)["owned"][0]["ScheduledActionName"]
    put(aws, name, "cron(0 7 * * ? *)", 2)
    put(aws, "theirs", "cron(30 6 * * ? *)", 2)
