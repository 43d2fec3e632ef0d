"""What the model-based test does to an account, and sees of it, through boto3."""

import copy

BUCKET = "pythonide-data-"
RESOURCE = "service/pythonide-cluster/pythonide-service"
NAMES = dict(ServiceNamespace="ecs", ResourceId=RESOURCE, ScalableDimension="ecs:service:DesiredCount")
KEPT = ("family", "taskRoleArn", "executionRoleArn", "networkMode", "containerDefinitions", "volumes",
        "placementConstraints", "requiresCompatibilities", "cpu", "memory", "runtimePlatform")

def without(value, *names):
    return {k: v for k, v in value.items() if k not in names}

def budgets(aws):
    return aws("budgets").describe_budgets(AccountId=aws.q["account"]).get("Budgets", [])

def revise(aws, change):
    """A new revision of the service's task, as a deployment makes one."""
    task = {k: v for k, v in aws.task().items() if k in KEPT and v not in (None, [], {})}
    change(task)
    arn = aws("ecs").register_task_definition(**task)["taskDefinition"]["taskDefinitionArn"]
    aws("ecs").update_service(cluster="pythonide-cluster", service="pythonide-service", taskDefinition=arn)

def lifecycle(aws, change):
    found = aws.lifecycle()
    rules = found.get("Rules", []) if isinstance(found, dict) else []
    rules = change(rules)
    bucket = BUCKET + aws.q["account"]
    if rules:
        aws("s3").put_bucket_lifecycle_configuration(
            Bucket=bucket, LifecycleConfiguration={"Rules": rules})
    else:
        aws("s3").delete_bucket_lifecycle(Bucket=bucket)

def foreign(aws, n):
    """Changes something that no manifest owns."""
    def image(task):
        task["containerDefinitions"][0]["image"] = f"registry.example/ide:{n}"
    def variable(task):
        task["containerDefinitions"][0]["environment"] = [{"name": "BUILD", "value": str(n)}]
    rule = {"ID": f"foreign-{n}", "Status": "Enabled", "Filter": {"Prefix": f"foreign/{n}/"},
            "Expiration": {"Days": 30 + n % 300}}
    ways = [
        lambda: revise(aws, image), lambda: revise(aws, variable),
        lambda: lifecycle(aws, lambda rules: [r for r in rules if not r["ID"].startswith("foreign")] + [rule]),
        lambda: aws("ssm").put_parameter(Name=f"/foreign/{n % 3}", Value=str(n), Type="String", Overwrite=True),
        lambda: aws("ecs").tag_resource(
            resourceArn=aws.service()["serviceArn"], tags=[{"key": "build", "value": str(n)}]),
        lambda: aws("budgets").create_budget(AccountId=aws.q["account"], Budget={
            "BudgetName": f"foreign-{n}", "BudgetLimit": {"Amount": str(n), "Unit": "USD"},
            "TimeUnit": "MONTHLY", "BudgetType": "COST"}) if n % 4 == 0 else None,
    ]
    ways[n % len(ways)]()
    return n % len(ways)

def drift(aws, n):
    """Changes something that a manifest may own."""
    def size(task):
        task["cpu"], task["memory"] = ("1024", "4096") if n % 2 else ("4096", "8192")
    def limit():
        budget = copy.deepcopy(aws.budget()["budget"])
        budget["BudgetLimit"] = {"Amount": str(1000 + n), "Unit": "USD"}
        aws("budgets").update_budget(
            AccountId=aws.q["account"], NewBudget=without(budget, "CalculatedSpend", "LastUpdatedTime"))
    def bounds():
        if aws.targets():
            aws("application-autoscaling").register_scalable_target(**NAMES, MaxCapacity=7 + n % 3)
    def parameter():
        for name in aws.parameters():
            if name.startswith("/own/"):
                if n % 2:
                    aws("ssm").delete_parameter(Name=name)
                else:
                    aws("ssm").put_parameter(Name=name, Value="{}", Type="String", Overwrite=True)
    def rules(found):
        return [r for r in found if not r["ID"].startswith("own")]
    ways = [lambda: revise(aws, size), limit, bounds, parameter, lambda: lifecycle(aws, rules)]
    ways[n % len(ways)]()
    return n % len(ways)

def rest(aws):
    """All that no manifest of the test can own."""
    task = aws.task()
    rules = aws.lifecycle()
    rules = rules.get("Rules", []) if isinstance(rules, dict) else []
    service = without(aws.service(), "taskDefinition", "deployments", "events", "taskSets",
                      "desiredCount", "runningCount", "pendingCount", "currentServiceRevisions")
    return {
        "task": without({k: v for k, v in task.items() if k in KEPT}, "cpu", "memory"),
        "service": service,
        "rules": [r for r in rules if not r["ID"].startswith("own")],
        "parameters": {k: v for k, v in aws.parameters().items() if not k.startswith("/own/")},
        "budgets": sorted(b["BudgetName"] for b in budgets(aws)),
        "budget": without(aws.budget()["budget"], "BudgetLimit", "CostFilters", "FilterExpression"),
        "staging": [aws.task("pythonide-staging")["cpu"], aws.service("pythonide-staging")["desiredCount"]],
    }

def facts(aws):
    """What a state can lie about, by address."""
    found = {"budgets/budget pythonide-monthly limit": float(aws.limit()),
             "ecs/service pythonide-cluster/pythonide-service cpu": int(aws.task()["cpu"]),
             "ecs/service pythonide-cluster/pythonide-service memory": int(aws.task()["memory"])}
    for target in aws.targets():
        for end in ("minCapacity", "maxCapacity"):
            found["application-autoscaling/target ecs:service:DesiredCount/" + target["ResourceId"] + " " + end] = \
                target[end[0].upper() + end[1:]]
    return found

def lies(aws, records):
    """What the records of a state say other than AWS, of what the witness knows."""
    known, wrong = facts(aws), []
    for record in records:
        address = record["address"]["type"] + " " + record["address"]["name"]
        for name, value in record["attributes"].items():
            actual = known.get(address + " " + name)
            if actual is not None and float(value) != float(actual):
                wrong.append([address, name, value, actual])
        if address.startswith("ssm/parameter ") and record["address"]["name"] not in aws.parameters():
            wrong.append([address, "is not there"])
    return wrong
