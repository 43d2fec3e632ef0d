"""A service whose scaling policies and scheduled actions have names of every kind of character."""

CLUSTER, SERVICE = "Shop_1-", "-9_Web"
POLICY = "#1 50% a/b:c+d='e' \"f\" \\ <g> & *?[h] {i} ${j} | `k`"
THEIRS = "#1 50% ü * ${a} <b> & \"c\""
RESOURCE = {
    "ServiceNamespace": "ecs",
    "ResourceId": f"service/{CLUSTER}/{SERVICE}",
    "ScalableDimension": "ecs:service:DesiredCount",
}


def setup(aws):
    ecs = aws("ecs")
    ecs.create_cluster(clusterName=CLUSTER)
    ecs.register_task_definition(family="web", containerDefinitions=[{"name": "web", "image": "web:1", "memory": 128}])
    ecs.create_service(cluster=CLUSTER, serviceName=SERVICE, taskDefinition="web", desiredCount=1)
    aws("application-autoscaling").register_scalable_target(**RESOURCE, MinCapacity=1, MaxCapacity=4)
    track(aws, POLICY, "CPU", 90)
    track(aws, POLICY.replace("*?", "xy"), "Memory", 90)
    put(aws, THEIRS, 1)


def track(aws, name, metric, target):
    aws("application-autoscaling").put_scaling_policy(
        **RESOURCE,
        PolicyName=name,
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={
            "TargetValue": target,
            "PredefinedMetricSpecification": {"PredefinedMetricType": f"ECSServiceAverage{metric}Utilization"},
        },
    )


def put(aws, name, least):
    aws("application-autoscaling").put_scheduled_action(
        **RESOURCE,
        ScheduledActionName=name,
        Schedule="cron(0 6 * * ? *)",
        Timezone="UTC",
        ScalableTargetAction={"MinCapacity": least, "MaxCapacity": 4},
    )


def without(found, *names):
    return {k: v for k, v in found.items() if k not in names}


def picture(aws):
    actions = {a["ScheduledActionName"]: without(a, "CreationTime", "ScheduledActionARN") for a in aws.actions()}
    policies = {p["PolicyName"]: without(p, "CreationTime", "Alarms") for p in aws.policies()}
    rest = [actions.pop(THEIRS), policies.pop(POLICY.replace("*?", "xy"))]
    return {"owned": [actions, policies], "rest": rest}


def meddle(aws):
    track(aws, POLICY, "CPU", 10)
    track(aws, POLICY.replace("*?", "xy"), "Memory", 20)
    put(aws, THEIRS, 2)
