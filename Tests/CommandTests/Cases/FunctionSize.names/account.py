"""Functions and aliases with every character that their names can have."""

OURS, OTHER = "-9_Resize", "-9_Resize-"
ALIASES = ["_Live-9", "9-"]


def setup(aws):
    functions = aws("lambda")
    for name in (OURS, OTHER):
        aws.make_function(name, MemorySize=1024, Timeout=30)
        functions.update_function_configuration(FunctionName=name, Description="second")
        functions.publish_version(FunctionName=name)
        for number, alias in enumerate(ALIASES, 1):
            functions.create_alias(FunctionName=name, Name=alias, FunctionVersion=str(number))


def picture(aws):
    functions, found = aws("lambda"), {}
    for name in (OURS, OTHER):
        provisioned = functions.list_provisioned_concurrency_configs(FunctionName=name)["ProvisionedConcurrencyConfigs"]
        found[name] = [
            functions.get_function_configuration(FunctionName=name)["MemorySize"],
            functions.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions"),
            {p["FunctionArn"].split(":")[-1]: p["RequestedProvisionedConcurrentExecutions"] for p in provisioned},
        ]
    return {"owned": found[OURS], "rest": found[OTHER]}


def meddle(aws):
    for name in (OURS, OTHER):
        aws("lambda").update_function_configuration(FunctionName=name, MemorySize=3008)
