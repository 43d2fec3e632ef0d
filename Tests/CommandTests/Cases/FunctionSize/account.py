"""A function with an alias, reserved and provisioned concurrency, and two that nobody manages."""

def setup(aws):
    functions = aws("lambda")
    for name in ("resize", "mail", "other"):
        aws.make_function(
            name, MemorySize=1024, Timeout=30, Tags={"team": "shop"},
            Environment={"Variables": {"TOKEN": "hidden-token"}},
        )  # fmt: skip
        functions.update_function_configuration(FunctionName=name, Description="second")
        functions.publish_version(FunctionName=name)
        functions.create_alias(FunctionName=name, Name="live", FunctionVersion="2")
    functions.put_function_concurrency(FunctionName="resize", ReservedConcurrentExecutions=100)
    provide(aws, "live", 50)
    provide(aws, "1", 2)


def provide(aws, qualifier, number):
    aws("lambda").put_provisioned_concurrency_config(
        FunctionName="resize", Qualifier=qualifier, ProvisionedConcurrentExecutions=number
    )


def picture(aws):
    functions = aws("lambda")
    owned, rest = {}, {}
    for found in functions.list_functions()["Functions"]:
        name = found["FunctionName"]
        reserved = functions.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions")
        provisioned = {
            item["FunctionArn"].split(":")[-1]: item["RequestedProvisionedConcurrentExecutions"]
            for item in functions.list_provisioned_concurrency_configs(FunctionName=name)["ProvisionedConcurrencyConfigs"]
        }
        own = {"memory": found.pop("MemorySize"), "timeout": found.pop("Timeout"), "reserved": reserved,
               "provisioned": provisioned.pop("live", None)}
        for member in ("LastModified", "RevisionId"):
            found.pop(member, None)
        rest[name] = [found, provisioned] + ([own] if name == "other" else [])
        if name != "other":
            owned[name] = own
    return {"owned": owned, "rest": rest}


def meddle(aws):
    aws("lambda").update_function_configuration(FunctionName="resize", MemorySize=3008, Description="larger")
    aws("lambda").delete_function_concurrency(FunctionName="mail")
    provide(aws, "1", 3)
