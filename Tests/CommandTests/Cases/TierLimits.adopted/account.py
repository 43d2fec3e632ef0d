"""A parameter that somebody wrote by hand, character for character, beside a SecureString."""

NAME = "/turn/limits_1.a-b"
TEXT = '{ "schemaVersion" : "1.0",  "b": 1.50, "a": 80.0, "ü": null }'


def setup(aws):
    aws("ssm").put_parameter(Name=NAME, Value=TEXT, Type="String")
    aws("ssm").put_parameter(Name="/turn/secret", Value="hidden-secret", Type="SecureString")


def picture(aws):
    found = {p["Name"]: p for p in aws("ssm").get_parameters(Names=[NAME, "/turn/secret"])["Parameters"]}
    described = {p["Name"]: p for p in aws("ssm").describe_parameters()["Parameters"]}
    return {
        "owned": [found[NAME]["Value"], described[NAME].get("Description")],
        "rest": [
            found[NAME]["Type"],
            described[NAME]["Tier"],
            [found["/turn/secret"][key] for key in ("Type", "Value", "Version")],
        ],
    }


def meddle(aws):
    aws("ssm").put_parameter(Name=NAME, Value="plain ü text", Type="String", Overwrite=True)
