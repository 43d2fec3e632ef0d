"""A parameter that Weir makes, beside one of somebody else's."""

NAME = "/turn/limits"


def setup(aws):
    aws("ssm").put_parameter(Name="/turn/other", Value="theirs", Type="String")


def picture(aws):
    found = aws("ssm").get_parameters(Names=[NAME, "/turn/other"])["Parameters"]
    described = {p["Name"]: p for p in aws("ssm").describe_parameters()["Parameters"]}
    shown = {p["Name"]: [p["Type"], p["Value"], described[p["Name"]].get("Description")] for p in found}
    return {"owned": shown.pop(NAME, None), "rest": shown}


def meddle(aws):
    aws("ssm").put_parameter(Name=NAME, Value='{"formatVersion": "1.0"}', Type="String", Overwrite=True)
    aws("ssm").put_parameter(Name="/turn/other", Value="theirs, changed", Type="String", Overwrite=True)
