"""A dashboard that is there, one that comes, and one of a colleague."""

import json

OURS = ["web", "shop-production"]


def put(aws, name, **body):
    aws("cloudwatch").put_dashboard(DashboardName=name, DashboardBody=json.dumps(body, indent=3))


def text(words):
    return {"type": "text", "width": 6, "height": 2, "properties": {"markdown": words}}


def setup(aws):
    put(aws, "web", periodOverride="inherit", start="-PT1H", widgets=[text("made by hand")])
    put(aws, "mail", widgets=[text("mail")])


def body(aws, name):
    return json.loads(aws("cloudwatch").get_dashboard(DashboardName=name)["DashboardBody"])


def picture(aws):
    names = [each["DashboardName"] for each in aws("cloudwatch").list_dashboards()["DashboardEntries"]]
    bodies = {name: body(aws, name) for name in sorted(names)}
    owned, rest = {}, {}
    for name, held in bodies.items():
        mine = {key: held.pop(key) for key in ("widgets", "start") if key in held} if name in OURS else {}
        owned[name] = mine
        if name == "web" or name not in OURS:
            rest[name] = held
    return {"owned": {name: mine for name, mine in owned.items() if name in OURS}, "rest": rest}


def meddle(aws):
    held = body(aws, "web")
    held["widgets"][0]["properties"]["title"] = "changed"
    put(aws, "web", **{**held, "periodOverride": "auto", "variables": []})
    put(aws, "mail", widgets=[])
