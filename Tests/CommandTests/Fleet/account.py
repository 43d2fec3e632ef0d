"""A large account, and a policy that changes all of it: log groups, alarms, services with scaling, buckets."""

from concurrent.futures import ThreadPoolExecutor

PROJECT = """apiVersion: weir/v1
kind: Project
metadata: {name: fleet}
spec:
  environments: {prod: {account: "ACCOUNT", region: us-east-2}}
"""


def setup(aws, groups, alarms, services, buckets):
    aws("ecs").create_cluster(clusterName="fleet")
    vpc = aws("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = aws("ec2").create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    security_group = aws("ec2").create_security_group(GroupName="fleet", Description="tasks", VpcId=vpc)["GroupId"]
    aws.network = {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [security_group]}}
    with ThreadPoolExecutor(4) as threads:
        for make, count in ((group, groups), (alarm, alarms), (service, services), (bucket, buckets)):
            list(threads.map(lambda number, make=make: make(aws, number), range(count)))


def group(aws, number):
    aws("logs").create_log_group(logGroupName=f"/fleet/{number:04}")


def alarm(aws, number):
    aws("cloudwatch").put_metric_alarm(
        AlarmName=f"fleet-{number:04}", Namespace="Fleet", MetricName="Depth", Statistic="Average", Period=300,
        EvaluationPeriods=1, ComparisonOperator="GreaterThanThreshold", Threshold=50)  # fmt: skip


def service(aws, number):
    name = f"fleet-{number:04}"
    definition = aws("ecs").register_task_definition(
        family=name, cpu="512", memory="1024", networkMode="awsvpc", requiresCompatibilities=["FARGATE"],
        containerDefinitions=[{"name": "app", "image": "app:1", "essential": True}])  # fmt: skip
    aws("ecs").create_service(
        cluster="fleet", serviceName=name, launchType="FARGATE", desiredCount=1,
        taskDefinition=definition["taskDefinition"]["taskDefinitionArn"],
        networkConfiguration=aws.network)  # fmt: skip
    target = {"ServiceNamespace": "ecs", "ResourceId": f"service/fleet/{name}",
              "ScalableDimension": "ecs:service:DesiredCount"}  # fmt: skip
    aws("application-autoscaling").register_scalable_target(**target, MinCapacity=1, MaxCapacity=2)
    aws("application-autoscaling").put_scaling_policy(
        **target, PolicyName="cpu", PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={
            "TargetValue": 50.0,
            "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}})  # fmt: skip


def bucket(aws, number):
    name = f"fleet-{aws.q['account']}-{number:04}"
    aws("s3").create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
    rule = {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 400}}
    aws("s3").put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [rule]})


def policy(aws, groups, alarms, services, buckets):
    """The files: one manifest for all log groups, and one for each of the rest."""
    account = aws.q["account"]
    manifests = ["kind: LogRetention\nmetadata: {name: fleet}\nspec: {retention: 30d, prefixes: [/fleet/]}"]

    def add(kind, count, spec):
        for number in range(count):
            name = f"fleet-{number:04}"
            text = spec.replace("NAME", name).replace("BUCKET", f"fleet-{account}-{number:04}")
            manifests.append(f"kind: {kind}\nmetadata: {{name: {name}}}\nspec: {text}")

    add("Alarm", alarms, "{threshold: 80}")
    add("TaskSize", services, "{cluster: fleet, service: NAME, cpu: 0.25 vCPU,"
        " scaling: {min: 1, max: 3, policyName: cpu, targetCPU: 60%}}")  # fmt: skip
    add("LifecycleRule", buckets, "{bucket: BUCKET, rules: [{id: old, expireAfter: 500d}]}")
    return {
        "weir.yaml": PROJECT.replace("ACCOUNT", account),
        "fleet.yaml": "\n---\n".join(f"apiVersion: weir/v1\n{manifest}" for manifest in manifests),
    }
