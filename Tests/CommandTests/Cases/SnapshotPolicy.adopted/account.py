"""A policy of somebody else's, of whose schedule a manifest sets when and how many."""

COPIES = [{"TargetRegion": "us-west-2", "Encrypted": False, "CopyTags": True,
           "RetainRule": {"Interval": 7, "IntervalUnit": "DAYS"}}]
OURS = ("CreateRule", "RetainRule", "CopyTags")


def setup(aws):
    aws("dlm").create_lifecycle_policy(
        Description="Theirs", State="ENABLED", ExecutionRoleArn=f"arn:aws:iam::{aws.q['account']}:role/dlm",
        PolicyDetails={
            "PolicyType": "EBS_SNAPSHOT_MANAGEMENT", "ResourceTypes": ["VOLUME"],
            "TargetTags": [{"Key": "app", "Value": "shop"}],
            "Schedules": [
                {"Name": "nightly", "CreateRule": {"CronExpression": "cron(0 5 * * ? *)"}, "RetainRule": {"Count": 9},
                 "CrossRegionCopyRules": COPIES, "TagsToAdd": [{"Key": "by", "Value": "dlm"}],
                 "VariableTags": [{"Key": "from", "Value": "$(instance-id)"}]},
                {"Name": "weekly", "CreateRule": {"CronExpression": "cron(0 5 ? * SUN *)"}, "RetainRule": {"Count": 4}},
            ],
        })


def policy(aws):
    (found,) = aws("dlm").get_lifecycle_policies()["Policies"]
    return aws("dlm").get_lifecycle_policy(PolicyId=found["PolicyId"])["Policy"]


def values(aws):
    return {"policy": policy(aws)["PolicyId"]}


def picture(aws):
    found = policy(aws)
    found["DateModified"] = None
    schedules = {schedule["Name"]: schedule for schedule in found["PolicyDetails"].pop("Schedules")}
    owned = {"nightly": {member: schedules["nightly"].pop(member) for member in OURS}, "twice": schedules.pop("twice", None)}
    return {"owned": owned, "rest": [found, schedules]}


def meddle(aws):
    found = policy(aws)
    details = found["PolicyDetails"]
    for schedule in details["Schedules"]:
        if schedule["Name"] == "nightly":
            schedule["RetainRule"]["Count"] = 1
            schedule["TagsToAdd"].append({"Key": "more", "Value": "1"})
            schedule["CrossRegionCopyRules"][0]["TargetRegion"] = "eu-west-1"
    aws("dlm").update_lifecycle_policy(PolicyId=found["PolicyId"], PolicyDetails=details)
