"""Amazon Data Lifecycle Manager: snapshot policies, which moto does not have. Nothing is ever snapshotted here."""

from __future__ import annotations

import re
import time
from copy import deepcopy
from secrets import token_hex
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

HOURS = {1, 2, 3, 4, 6, 8, 12, 24}
TEXT = re.compile(r"[0-9A-Za-z _-]+")
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
MOST = 100


def _policies(call: Call) -> dict[str, dict[str, Any]]:
    return call.state("dlm")


def _policy(call: Call, name: str) -> dict[str, Any]:
    policy = _policies(call).get(name)
    if policy is None:
        raise AWSError("ResourceNotFoundException", f"The policy {name} does not exist.", 404)
    return policy


@handles("dlm", "CreateLifecyclePolicy")
def create_policy(call: Call) -> dict[str, Any]:
    """Make a custom snapshot policy."""
    wanted = call.parameters
    if len(_policies(call)) >= MOST:
        raise AWSError("LimitExceededException", f"You can have at most {MOST} policies in a region.", 429)
    if "PolicyDetails" not in wanted:
        raise _invalid("PolicyDetails is required for a custom policy.")
    _check(call, wanted)
    name, now = f"policy-0{token_hex(8)}", time.time()
    _policies(call)[name] = {
        "PolicyId": name,
        "Description": wanted["Description"],
        "State": wanted["State"],
        "StatusMessage": "ENABLED",
        "ExecutionRoleArn": wanted["ExecutionRoleArn"],
        "DateCreated": now,
        "DateModified": now,
        "PolicyDetails": _filled(wanted["PolicyDetails"]),
        "Tags": dict(wanted.get("Tags") or {}),
        "PolicyArn": f"arn:aws:dlm:{call.region}:{call.account}:policy/{name}",
        "DefaultPolicy": False,
    }
    return {"PolicyId": name}


@handles("dlm", "UpdateLifecyclePolicy")
def update_policy(call: Call) -> dict[str, Any]:
    """Change what is given; the details as a whole."""
    wanted, policy = call.parameters, _policy(call, call.parameters["PolicyId"])
    _check(call, wanted)
    for member in ("ExecutionRoleArn", "State", "Description"):
        if member in wanted:
            policy[member] = wanted[member]
    if "PolicyDetails" in wanted:
        policy["PolicyDetails"] = _filled(wanted["PolicyDetails"])
    policy["DateModified"] = time.time()
    return {}


@handles("dlm", "GetLifecyclePolicies")
def get_policies(call: Call) -> dict[str, Any]:
    """Summaries of all policies, or of some."""
    wanted = call.parameters
    found = [
        policy
        for policy in _policies(call).values()
        if policy["PolicyId"] in (wanted.get("PolicyIds") or _policies(call))
        and wanted.get("State") in (None, policy["State"])
        and _has(policy["PolicyDetails"].get("TargetTags"), wanted.get("TargetTags"))
    ]
    members = ("PolicyId", "Description", "State", "Tags")
    return {
        "Policies": [
            {member: policy[member] for member in members}
            | {"PolicyType": policy["PolicyDetails"]["PolicyType"], "DefaultPolicy": False}
            for policy in found
        ]
    }


@handles("dlm", "GetLifecyclePolicy")
def get_policy(call: Call) -> dict[str, Any]:
    """One policy with its details."""
    return {"Policy": deepcopy(_policy(call, call.parameters["PolicyId"]))}


@handles("dlm", "DeleteLifecyclePolicy")
def delete_policy(call: Call) -> dict[str, Any]:
    """Delete a policy; its snapshots stay."""
    del _policies(call)[_policy(call, call.parameters["PolicyId"])["PolicyId"]]
    return {}


@handles("dlm", "TagResource")
def tag(call: Call) -> dict[str, Any]:
    """Tag a policy."""
    _policy(call, call.parameters["ResourceArn"].rpartition("/")[2])["Tags"].update(call.parameters["Tags"])
    return {}


@handles("dlm", "UntagResource")
def untag(call: Call) -> dict[str, Any]:
    """Take tags from a policy."""
    tags = _policy(call, call.parameters["ResourceArn"].rpartition("/")[2])["Tags"]
    for key in call.parameters["TagKeys"]:
        tags.pop(key, None)
    return {}


@handles("dlm", "ListTagsForResource")
def list_tags(call: Call) -> dict[str, Any]:
    """The tags of a policy."""
    return {"Tags": _policy(call, call.parameters["ResourceArn"].rpartition("/")[2])["Tags"]}


def _has(tags: list[dict[str, str]] | None, wanted: list[str] | None) -> bool:
    texts = {f"{tag['Key']}={tag['Value']}" for tag in tags or []}
    return all(text in texts for text in wanted or [])


def _filled(details: dict[str, Any]) -> dict[str, Any]:
    """The details as DLM gives them back: with what is not set."""
    details = deepcopy(details)
    details.setdefault("ResourceLocations", ["CLOUD"])
    for schedule in details["Schedules"]:
        schedule.setdefault("CopyTags", False)
        schedule.setdefault("TagsToAdd", [])
        schedule.setdefault("VariableTags", [])
        if "Interval" in schedule["CreateRule"]:
            schedule["CreateRule"].setdefault("Times", ["09:00"])
    return details


def _check(call: Call, wanted: dict[str, Any]) -> None:
    if "Description" in wanted and not TEXT.fullmatch(wanted["Description"]):
        raise _invalid("Description has characters that are not allowed.")
    if not str(wanted.get("ExecutionRoleArn", "role/")).partition(":role/")[2] and "ExecutionRoleArn" in wanted:
        raise _invalid("ExecutionRoleArn is no role.")
    details = wanted.get("PolicyDetails")
    if details is None:
        return
    if details.get("PolicyType", "EBS_SNAPSHOT_MANAGEMENT") != "EBS_SNAPSHOT_MANAGEMENT":
        raise AWSError("NotImplemented", "the sandbox has snapshot policies only", 501)
    details.setdefault("PolicyType", "EBS_SNAPSHOT_MANAGEMENT")
    if not details.get("ResourceTypes") or not details.get("TargetTags"):
        raise _invalid("A snapshot policy needs ResourceTypes and TargetTags.")
    tags = [(tag["Key"], tag["Value"]) for tag in details["TargetTags"]]
    if len(set(tags)) != len(tags):
        raise _invalid("Target tags must not repeat.")
    schedules = details.get("Schedules") or []
    if not 1 <= len(schedules) <= 4:
        raise _invalid("A policy has one to four schedules.")
    names = [schedule.get("Name") for schedule in schedules]
    if len(set(names)) != len(names) or not all(name and TEXT.fullmatch(name) for name in names):
        raise _invalid("Every schedule has a name of its own.")
    for schedule in schedules:
        _check_schedule(schedule)


def _check_schedule(schedule: dict[str, Any]) -> None:
    create, retain = schedule.get("CreateRule") or {}, schedule.get("RetainRule") or {}
    if ("Interval" in create) == ("CronExpression" in create):
        raise _invalid("A create rule has either an interval or a cron expression.")
    if "Interval" in create and (create["Interval"] not in HOURS or create.get("IntervalUnit") != "HOURS"):
        raise _invalid(f"The interval is one of {sorted(HOURS)} hours.")
    if any(not TIME.fullmatch(moment) for moment in create.get("Times") or []):
        raise _invalid("A time has the form hh:mm.")
    if ("Count" in retain) == ("Interval" in retain):
        raise _invalid("A retain rule has either a count or an interval.")
    if "Count" in retain and not 1 <= retain["Count"] <= 1000:
        raise _invalid("The count is 1 to 1000.")


def _invalid(message: str) -> AWSError:
    return AWSError("InvalidRequestException", message, 400)
