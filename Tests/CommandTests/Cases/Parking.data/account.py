"""An instance and a cluster, functions, alarms, and one of each that is not meant."""

GROUP = [{"Key": "group", "Value": "dev"}]
TARGET = {
    "ServiceNamespace": "lambda", "ResourceId": "function:resize:1",
    "ScalableDimension": "lambda:function:ProvisionedConcurrency",
}  # fmt: skip


def setup(aws):
    rds, functions, cloudwatch = aws("rds"), aws("lambda"), aws("cloudwatch")
    login = {"MasterUsername": "admin1", "MasterUserPassword": "hidden-password"}
    for name in ("shop", "other"):
        rds.create_db_instance(
            DBInstanceIdentifier=name, DBInstanceClass="db.t3.medium", Engine="postgres", AllocatedStorage=100,
            BackupRetentionPeriod=7, Tags=GROUP if name == "shop" else [], **login,
        )
    rds.create_db_cluster(DBClusterIdentifier="orders", Engine="aurora-mysql", Tags=GROUP, **login)
    rds.create_db_instance(
        DBInstanceIdentifier="orders-1", DBInstanceClass="db.r5.large", Engine="aurora-mysql",
        DBClusterIdentifier="orders", Tags=GROUP,
    )
    for name in ("resize", "mail", "theirs"):
        aws.make_function(name, Tags={} if name == "theirs" else {"group": "dev"})
    functions.put_function_concurrency(FunctionName="resize", ReservedConcurrentExecutions=100)
    functions.put_function_concurrency(FunctionName="theirs", ReservedConcurrentExecutions=10)
    functions.put_provisioned_concurrency_config(
        FunctionName="resize", Qualifier="1", ProvisionedConcurrentExecutions=50
    )
    aws("application-autoscaling").register_scalable_target(MinCapacity=20, MaxCapacity=60, **TARGET)
    for name in ("busy", "idle / off", "alone"):
        cloudwatch.put_metric_alarm(
            AlarmName=name, Namespace="Web", MetricName="Load", Statistic="Average", Period=60, EvaluationPeriods=1,
            Threshold=1, ComparisonOperator="GreaterThanThreshold", ActionsEnabled=name != "idle / off",
            Tags=[] if name == "alone" else GROUP,
        )
    cloudwatch.put_composite_alarm(AlarmName="all", AlarmRule='ALARM("busy")', Tags=GROUP)


def picture(aws):
    rds, functions, cloudwatch = aws("rds"), aws("lambda"), aws("cloudwatch")
    databases = {i["DBInstanceIdentifier"]: i for i in rds.describe_db_instances()["DBInstances"]}
    cluster = rds.describe_db_clusters()["DBClusters"][0]
    concurrency = {}
    for name in ("resize", "mail", "theirs"):
        told = functions.list_provisioned_concurrency_configs(FunctionName=name)["ProvisionedConcurrencyConfigs"]
        concurrency[name] = [
            functions.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions"),
            [item["RequestedProvisionedConcurrentExecutions"] for item in told],
        ]
    told = cloudwatch.describe_alarms(AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    alarms = {a["AlarmName"]: a["ActionsEnabled"] for a in told["MetricAlarms"] + told["CompositeAlarms"]}
    (target,) = aws("application-autoscaling").describe_scalable_targets(ServiceNamespace="lambda")["ScalableTargets"]
    owned = {
        "scaling": [target["MinCapacity"], target["SuspendedState"]],
        "databases": [databases["shop"]["DBInstanceStatus"], cluster["Status"], databases["orders-1"]["DBInstanceStatus"]],
        "retention": databases["shop"]["BackupRetentionPeriod"],
        "functions": [concurrency.pop(name) for name in ("resize", "mail")],
        "alarms": [alarms.pop(name) for name in ("busy", "idle / off")],
    }
    rest = {
        "database": [databases["other"]["DBInstanceStatus"], databases["shop"]["DBInstanceClass"]],
        "functions": concurrency, "alarms": alarms, "retention": cluster["BackupRetentionPeriod"],
        "most": target["MaxCapacity"],
    }
    return {"owned": owned, "rest": rest}


def meddle(aws):
    """AWS starts the instance again after seven days; somebody wants to hear of alarms, and stops the other one."""
    aws("rds").start_db_instance(DBInstanceIdentifier="shop")
    aws("rds").stop_db_instance(DBInstanceIdentifier="other")
    aws("cloudwatch").enable_alarm_actions(AlarmNames=["busy"])
    aws("lambda").put_function_concurrency(FunctionName="theirs", ReservedConcurrentExecutions=20)
