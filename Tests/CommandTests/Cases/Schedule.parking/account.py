"""Services, instances, databases, functions and alarms that windows park, the role that does it, and a stranger's schedule."""

import json
import re


def setup(aws):
    trust = {"Effect": "Allow", "Principal": {"Service": "scheduler.amazonaws.com"}, "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    for name in ("weir-scheduler", "weir-parking"):
        role = aws("iam").create_role(RoleName=name, AssumeRolePolicyDocument=policy)["Role"]
    ecs, ec2, scaling = aws("ecs"), aws("ec2"), aws("application-autoscaling")
    ecs.create_cluster(clusterName="dev")
    ecs.register_task_definition(
        family="app", containerDefinitions=[{"name": "app", "image": "app:1", "memory": 256, "cpu": 128}]
    )
    for name, count in (("api", 3), ("worker", 2)):
        ecs.create_service(
            cluster="dev", serviceName=name, taskDefinition="app", desiredCount=count, launchType="EC2",
            tags=[{"key": "group", "value": "dev"}],
        )  # fmt: skip
    scaling.register_scalable_target(MinCapacity=2, MaxCapacity=6, **target("api"))
    for name in ("one", "two"):
        tags = [{"Key": "Name", "Value": name}, {"Key": "group", "Value": "dev"}]
        made = ec2.run_instances(
            ImageId="ami-1", MinCount=1, MaxCount=1, InstanceType="t3.small",
            TagSpecifications=[{"ResourceType": "instance", "Tags": tags}],
        )  # fmt: skip
        if name == "two":
            ec2.stop_instances(InstanceIds=[made["Instances"][0]["InstanceId"]])
    tags = [{"Key": "group", "Value": "dev"}]
    aws("rds").create_db_instance(
        DBInstanceIdentifier="shop", DBInstanceClass="db.t4g.medium", Engine="postgres", AllocatedStorage=100,
        MasterUsername="admin1", MasterUserPassword="hidden-password", Tags=tags,
    )  # fmt: skip
    functions = aws("lambda")
    for name in ("resize", "mail"):
        aws.make_function(name, MemorySize=512, Tags={"group": "dev"})
    functions.put_function_concurrency(FunctionName="resize", ReservedConcurrentExecutions=10)
    functions.put_provisioned_concurrency_config(
        FunctionName="resize", Qualifier="1", ProvisionedConcurrentExecutions=5
    )
    aws("cloudwatch").put_metric_alarm(
        AlarmName="busy", Namespace="Web", MetricName="Load", Statistic="Sum", Period=60, EvaluationPeriods=1,
        Threshold=1, ComparisonOperator="GreaterThanThreshold", Tags=tags,
    )  # fmt: skip
    aws("sagemaker").create_notebook_instance(
        NotebookInstanceName="lab", InstanceType="ml.t3.medium", RoleArn=role["Arn"], Tags=tags
    )
    aws("kinesis").create_stream(StreamName="clicks", ShardCount=2)
    aws("kinesis").add_tags_to_stream(StreamName="clicks", Tags={"group": "dev"})
    aws("dynamodb").create_table(
        TableName="carts", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}], Tags=tags,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        ProvisionedThroughput={"ReadCapacityUnits": 20, "WriteCapacityUnits": 10},
    )  # fmt: skip
    aws("scheduler").create_schedule(
        Name="theirs", ScheduleExpression="cron(0 6 * * ? *)", FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": "arn:aws:scheduler:::aws-sdk:rds:stopDBInstance", "RoleArn": role["Arn"],
                "Input": '{"DbInstanceIdentifier": "other"}'},
    )  # fmt: skip


def target(name):
    return {
        "ServiceNamespace": "ecs",
        "ScalableDimension": "ecs:service:DesiredCount",
        "ResourceId": f"service/dev/{name}",
    }


def ours(aws):
    return [found for found in aws.schedules() if found["Name"] != "theirs"]


def members(aws):
    """All that windows park, as it is."""
    services = aws("ecs").describe_services(cluster="dev", services=["api", "worker"])["services"]
    instances = [i for r in aws("ec2").describe_instances()["Reservations"] for i in r["Instances"]]
    names = {next(t["Value"] for t in i["Tags"] if t["Key"] == "Name"): i["State"]["Name"] for i in instances}
    functions = aws("lambda")
    reserved = {
        name: functions.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions")
        for name in ("resize", "mail")
    }
    provisioned = functions.list_provisioned_concurrency_configs(FunctionName="resize")
    throughput = aws("dynamodb").describe_table(TableName="carts")["Table"]["ProvisionedThroughput"]
    return {
        "counts": {s["serviceName"]: s["desiredCount"] for s in services},
        "targets": [
            [t["MinCapacity"], t["MaxCapacity"], any(t["SuspendedState"].values())]
            for t in aws("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
        ],
        "instances": names,
        "database": aws("rds").describe_db_instances()["DBInstances"][0]["DBInstanceStatus"],
        "reserved": reserved,
        "provisioned": [
            c["RequestedProvisionedConcurrentExecutions"] for c in provisioned["ProvisionedConcurrencyConfigs"]
        ],
        "alarm": aws("cloudwatch").describe_alarms()["MetricAlarms"][0]["ActionsEnabled"],
        "notebook": aws("sagemaker").describe_notebook_instance(NotebookInstanceName="lab")["NotebookInstanceStatus"],
        "shards": aws("kinesis").describe_stream_summary(StreamName="clicks")["StreamDescriptionSummary"][
            "OpenShardCount"
        ],
        "capacity": [throughput["ReadCapacityUnits"], throughput["WriteCapacityUnits"]],
    }


def picture(aws):
    found = sorted(ours(aws), key=lambda found: found["Name"])
    theirs = [found for found in aws.schedules() if found["Name"] == "theirs"]
    return {"owned": found, "rest": [theirs, members(aws)]}


def meddle(aws):
    scheduler = aws("scheduler")
    found = sorted(ours(aws), key=lambda found: found["Name"])
    for schedule, change in ((found[0], {"State": "DISABLED"}), (found[-1], {"ScheduleExpression": "cron(1 1 * * ? *)"})):
        schedule.pop("Arn")
        scheduler.update_schedule(**(schedule | change))
    scheduler.delete_schedule(Name="theirs")


def minute(schedule):
    """When a schedule runs, as a text that sorts."""
    expression = schedule["ScheduleExpression"]
    if expression.startswith("at("):
        return expression
    minute, hour = expression[5:].split()[:2]
    return f"{int(hour):02}:{int(minute):02}"


def run(aws, suffix):
    """Does what EventBridge Scheduler does at an edge: calls what its schedules say, minute by minute."""
    called = []
    for schedule in sorted((s for s in ours(aws) if s["Name"].endswith(suffix)), key=minute):
        service, operation = schedule["Target"]["Arn"].split(":")[-2:]
        names = {"applicationautoscaling": "application-autoscaling"}
        client = aws(names.get(service, service))
        name = next(n for n in client.meta.service_model.operation_names if n.lower() == operation.lower())
        shape = client.meta.service_model.operation_model(name).input_shape
        given = as_boto(json.loads(schedule["Target"]["Input"]), shape)
        method = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
        try:
            getattr(client, method)(**given)
            called.append(operation)
        except client.exceptions.ClientError as refusal:
            # What has its state already is refused by some services, and nobody hears of it.
            called.append(f"{operation}: {refusal.response['Error']['Code']}")
    return called


def as_boto(given, shape):
    """The same with the members as boto3 writes them."""
    if shape.type_name == "structure":
        members = {name.lower(): name for name in shape.members}
        return {members[k.lower()]: as_boto(v, shape.members[members[k.lower()]]) for k, v in given.items()}
    return [as_boto(v, shape.member) for v in given] if shape.type_name == "list" else given
