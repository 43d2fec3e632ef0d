"""A service whose scaling somebody made by hand: steps, and a metric of their own, under the name that is asked for."""

NAME = "shop"
POLICY = "cpu-scaling.1"
RESOURCE = {
    "ServiceNamespace": "ecs",
    "ResourceId": "service/shop-cluster/shop-service",
    "ScalableDimension": "ecs:service:DesiredCount",
}


def setup(aws):
    ecs, scaling = aws("ecs"), aws("application-autoscaling")
    ecs.create_cluster(clusterName=f"{NAME}-cluster")
    container = {"name": "web", "image": "web:1", "memory": 128}
    ecs.register_task_definition(family=NAME, containerDefinitions=[container])
    ecs.create_service(
        cluster=f"{NAME}-cluster", serviceName=f"{NAME}-service", taskDefinition=NAME, desiredCount=1
    )
    scaling.register_scalable_target(**RESOURCE, MinCapacity=1, MaxCapacity=4)
    put(
        aws,
        POLICY,
        TargetValue=12.5,
        ScaleOutCooldown=45,
        DisableScaleIn=True,
        CustomizedMetricSpecification={
            "MetricName": "backlog",
            "Namespace": "Web",
            "Statistic": "Average",
            "Unit": "Count",
            "Dimensions": [{"Name": "queue", "Value": "a"}],
        },
    )
    scaling.put_scaling_policy(
        **RESOURCE,
        PolicyName="theirs",
        PolicyType="StepScaling",
        StepScalingPolicyConfiguration={
            "AdjustmentType": "ChangeInCapacity",
            "Cooldown": 60,
            "MetricAggregationType": "Maximum",
            "StepAdjustments": [
                {"MetricIntervalLowerBound": 0, "MetricIntervalUpperBound": 10, "ScalingAdjustment": 1},
                {"MetricIntervalLowerBound": 10, "ScalingAdjustment": 2},
            ],
        },
    )


def put(aws, name, **configuration):
    aws("application-autoscaling").put_scaling_policy(
        **RESOURCE,
        PolicyName=name,
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration=configuration,
    )


def picture(aws):
    policies = {
        p["PolicyName"]: {k: v for k, v in p.items() if k not in ("CreationTime", "PolicyARN", "Alarms")}
        for p in aws.policies()
    }
    # What is not said and what is said to be false are one.
    ours = policies[POLICY]["TargetTrackingScalingPolicyConfiguration"]
    ours.setdefault("DisableScaleIn", False)
    bounds = [{k: t[k] for k in ("MinCapacity", "MaxCapacity")} for t in aws.targets()]
    return {"owned": [bounds, policies[POLICY]], "rest": policies["theirs"]}


def meddle(aws):
    put(
        aws,
        POLICY,
        TargetValue=99,
        DisableScaleIn=True,
        ScaleOutCooldown=45,
        PredefinedMetricSpecification={"PredefinedMetricType": "ECSServiceAverageMemoryUtilization"},
    )
