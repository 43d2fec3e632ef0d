"""DLM: policies and what they refuse."""

from __future__ import annotations

from copy import deepcopy

from .support import SandboxTest

DETAILS = {
    "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
    "ResourceTypes": ["VOLUME"],
    "TargetTags": [{"Key": "app", "Value": "web"}],
    "Schedules": [
        {
            "Name": "nightly",
            "CreateRule": {"Interval": 24, "IntervalUnit": "HOURS", "Times": ["03:00"]},
            "RetainRule": {"Count": 7},
        }
    ],
}


class PolicyTests(SandboxTest):
    def make(self, details: dict = DETAILS, **more) -> str:
        wanted = {"Description": "Nightly", "State": "ENABLED", "PolicyDetails": details, **more}
        role = f"arn:aws:iam::{self.account}:role/dlm"
        return self.client("dlm").create_lifecycle_policy(ExecutionRoleArn=role, **wanted)["PolicyId"]

    def test_a_policy_from_its_making_to_its_end(self) -> None:
        dlm = self.client("dlm")
        name = self.make(Tags={"weir:name": "web"})
        listed = dlm.get_lifecycle_policies()["Policies"]
        self.assertEqual([(item["PolicyId"], item["Tags"]) for item in listed], [(name, {"weir:name": "web"})])
        details = deepcopy(DETAILS)
        details["Schedules"][0]["RetainRule"] = {"Count": 3}
        dlm.update_lifecycle_policy(PolicyId=name, State="DISABLED", PolicyDetails=details)
        policy = dlm.get_lifecycle_policy(PolicyId=name)["Policy"]
        self.assertEqual((policy["State"], policy["Description"]), ("DISABLED", "Nightly"))
        self.assertEqual(policy["PolicyDetails"]["Schedules"][0]["RetainRule"], {"Count": 3})
        self.assertEqual(policy["PolicyDetails"]["Schedules"][0]["CopyTags"], False)
        dlm.tag_resource(ResourceArn=policy["PolicyArn"], Tags={"a": "b"})
        dlm.untag_resource(ResourceArn=policy["PolicyArn"], TagKeys=["weir:name"])
        self.assertEqual(dlm.list_tags_for_resource(ResourceArn=policy["PolicyArn"])["Tags"], {"a": "b"})
        dlm.delete_lifecycle_policy(PolicyId=name)
        self.assertEqual(self.code_of(dlm.get_lifecycle_policy, PolicyId=name), "ResourceNotFoundException")
        self.assertEqual(dlm.get_lifecycle_policies()["Policies"], [])

    def test_refuses_what_dlm_refuses(self) -> None:
        schedule = DETAILS["Schedules"][0]
        create, retain = schedule["CreateRule"], schedule["RetainRule"]
        for wanted in (
            {"TargetTags": DETAILS["TargetTags"] * 2},
            {"Schedules": [schedule] * 2},
            {"Schedules": [schedule | {"Name": str(number)} for number in range(5)]},
            {"Schedules": [schedule | {"CreateRule": create | {"Interval": 5}}]},
            {"Schedules": [schedule | {"CreateRule": create | {"Times": ["24:00"]}}]},
            {"Schedules": [schedule | {"RetainRule": {"Count": 0}}]},
            {"Schedules": [schedule | {"RetainRule": retain | {"Interval": 3, "IntervalUnit": "DAYS"}}]},
        ):
            with self.subTest(wanted=wanted):
                code = self.code_of(self.make, DETAILS | wanted)
                # Lengths and patterns are checked by the front, from the API description.
                self.assertIn(code, ("InvalidRequestException", "ValidationException"))
