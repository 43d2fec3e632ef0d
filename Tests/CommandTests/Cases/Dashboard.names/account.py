"""A dashboard with every character that its name can have, and texts of every kind."""

import json

NAME, OTHER = "_a-B9", "_a-B"


def put(aws, name, words):
    body = {"widgets": [{"type": "text", "width": 6, "height": 2, "properties": {"markdown": words}}]}
    aws("cloudwatch").put_dashboard(DashboardName=name, DashboardBody=json.dumps(body))


def setup(aws):
    put(aws, OTHER, "é & <b>")


def picture(aws):
    names = [each["DashboardName"] for each in aws("cloudwatch").list_dashboards()["DashboardEntries"]]
    found = {n: json.loads(aws("cloudwatch").get_dashboard(DashboardName=n)["DashboardBody"]) for n in names}
    return {"owned": found.pop(NAME, None), "rest": found}


def meddle(aws):
    put(aws, NAME, "changed")
    put(aws, OTHER, "changed")
