"""A policy of somebody else's that is adopted in part by nobody, and those that Weir makes."""

import json

NAMES = {"nightly", "hourly"}


def details(app, count):
    return {
        "PolicyType": "EBS_SNAPSHOT_MANAGEMENT", "ResourceTypes": ["VOLUME"],
        "TargetTags": [{"Key": "app", "Value": app}],
        "Schedules": [{
            "Name": "weekly", "CreateRule": {"CronExpression": "cron(0 5 ? * SUN *)"},
            "RetainRule": {"Count": count}}],
    }


def role(aws):
    return f"arn:aws:iam::{aws.q['account']}:role/dlm"


def setup(aws):
    trust = {"Effect": "Allow", "Principal": {"Service": "dlm.amazonaws.com"}, "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    for name, path in (("AWSDataLifecycleManagerDefaultRole", "/service-role/"), ("dlm", "/")):
        aws("iam").create_role(RoleName=name, Path=path, AssumeRolePolicyDocument=policy)
    aws("dlm").create_lifecycle_policy(
        Description="Theirs", State="ENABLED", ExecutionRoleArn=role(aws), PolicyDetails=details("other", 4))


def policies(aws):
    found = [aws("dlm").get_lifecycle_policy(PolicyId=p["PolicyId"])["Policy"]
             for p in aws("dlm").get_lifecycle_policies()["Policies"]]
    for policy in found:
        policy["DateCreated"] = policy["DateModified"] = None
        if "weir:name" in policy["Tags"]:
            policy["PolicyArn"] = None
    return found


def picture(aws):
    found = policies(aws)
    owned = {p["Tags"]["weir:name"]: p | {"PolicyId": None} for p in found if "weir:name" in p["Tags"]}
    return {"owned": owned, "rest": [p for p in found if "weir:name" not in p["Tags"]]}


def meddle(aws):
    for policy in policies(aws):
        wanted = policy["PolicyDetails"]
        if policy["Tags"].get("weir:name") == "nightly":
            wanted["Schedules"][0]["RetainRule"]["Count"] = 1
            aws("dlm").update_lifecycle_policy(
                PolicyId=policy["PolicyId"], State="DISABLED", PolicyDetails=wanted)
        elif policy["Description"] == "Theirs":
            wanted["Schedules"][0]["RetainRule"]["Count"] = 5
            aws("dlm").update_lifecycle_policy(PolicyId=policy["PolicyId"], PolicyDetails=wanted)
