"""Endpoints, of which one scales, notebook instances, and one of each that is not meant."""

GROUP = [{"Key": "group", "Value": "dev"}, {"Key": "owner", "Value": "ml"}]
ROLE = "arn:aws:iam::123456789012:role/models"


def setup(aws):
    sagemaker, scaling = aws("sagemaker"), aws("application-autoscaling")
    sagemaker.create_model(ModelName="m", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": "i"})
    variant = {"VariantName": "all", "ModelName": "m", "InitialInstanceCount": 1, "InstanceType": "ml.m5.large"}
    for name in ("small", "large"):
        sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])
    for name, config in (("ranking", "large"), ("search", "small"), ("theirs", "small")):
        tags = [] if name == "theirs" else GROUP
        sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=config, Tags=tags)
        while sagemaker.describe_endpoint(EndpointName=name)["EndpointStatus"] != "InService":
            pass
    target = {
        "ServiceNamespace": "sagemaker", "ResourceId": "endpoint/ranking/variant/all",
        "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
    }  # fmt: skip
    scaling.register_scalable_target(MinCapacity=1, MaxCapacity=4, **target)
    metric = {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"}
    scaling.put_scaling_policy(
        PolicyName="calls", PolicyType="TargetTrackingScaling", **target,
        TargetTrackingScalingPolicyConfiguration={"TargetValue": 70, "PredefinedMetricSpecification": metric},
    )  # fmt: skip
    scaling.put_scheduled_action(
        ScheduledActionName="morning", Schedule="cron(0 6 * * ? *)", ScalableTargetAction={"MinCapacity": 2}, **target
    )
    for name in ("Lab", "off", "other"):
        sagemaker.create_notebook_instance(
            NotebookInstanceName=name, InstanceType="ml.t3.medium", RoleArn=ROLE, Tags=[] if name == "other" else GROUP
        )
    sagemaker.stop_notebook_instance(NotebookInstanceName="off")


def picture(aws):
    sagemaker, scaling = aws("sagemaker"), aws("application-autoscaling")
    endpoints = {}
    for found in sagemaker.list_endpoints()["Endpoints"]:
        name = found["EndpointName"]
        config = sagemaker.describe_endpoint(EndpointName=name)["EndpointConfigName"]
        tags = sagemaker.list_tags(ResourceArn=found["EndpointArn"])["Tags"]
        endpoints[name] = [config, sorted((tag["Key"], tag["Value"]) for tag in tags)]
    space = {"ServiceNamespace": "sagemaker"}
    targets = [
        [t["ResourceId"], t["MinCapacity"], t["MaxCapacity"]]
        for t in scaling.describe_scalable_targets(**space)["ScalableTargets"]
    ]
    policies = [
        [p["PolicyName"], p["TargetTrackingScalingPolicyConfiguration"]]
        for p in scaling.describe_scaling_policies(**space)["ScalingPolicies"]
    ]
    actions = [
        [a["ScheduledActionName"], a["Schedule"], a["ScalableTargetAction"]]
        for a in scaling.describe_scheduled_actions(**space)["ScheduledActions"]
    ]
    notebooks = {
        n["NotebookInstanceName"]: n["NotebookInstanceStatus"]
        for n in sagemaker.list_notebook_instances()["NotebookInstances"]
    }
    configs = sorted(c["EndpointConfigName"] for c in sagemaker.list_endpoint_configs()["EndpointConfigs"])
    rest = {"endpoint": endpoints.pop("theirs"), "notebook": notebooks.pop("other"), "configs": configs}
    return {"owned": [endpoints, targets, policies, actions, notebooks], "rest": rest}


def meddle(aws):
    aws("sagemaker").create_endpoint(EndpointName="search", EndpointConfigName="small", Tags=GROUP)
    aws("sagemaker").stop_notebook_instance(NotebookInstanceName="other")
