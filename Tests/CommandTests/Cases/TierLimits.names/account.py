"""A parameter with every character that a name can have, and a description of every kind."""

NAME, OTHER = "/Turn_1/a.b-c/..", "/Turn_1/a.b-c"


def setup(aws):
    aws("ssm").put_parameter(Name=OTHER, Value="theirs", Type="String")


def picture(aws):
    found = aws("ssm").get_parameters(Names=[NAME, OTHER])["Parameters"]
    described = {p["Name"]: p for p in aws("ssm").describe_parameters()["Parameters"]}
    shown = {p["Name"]: [p["Type"], p["Value"], described[p["Name"]].get("Description")] for p in found}
    return {"owned": shown.pop(NAME, None), "rest": shown}


def meddle(aws):
    for name in (NAME, OTHER):
        aws("ssm").put_parameter(Name=name, Value='{"formatVersion": "1.0"}', Type="String", Overwrite=True)
