"""CloudWatch Logs: groups by identifier, and retentions."""

from __future__ import annotations

from .support import REGION, SandboxTest


class LogTests(SandboxTest):
    def test_groups_by_name_and_by_arn(self) -> None:
        logs = self.client("logs")
        for name in ("/a", "/b", "/c"):
            logs.create_log_group(logGroupName=name)
        arn = f"arn:aws:logs:{REGION}:{self.account}:log-group:/b"
        found = logs.describe_log_groups(logGroupIdentifiers=["/a", arn, "/none"])["logGroups"]
        self.assertEqual([group["logGroupName"] for group in found], ["/a", "/b"])
        found = logs.describe_log_groups(logGroupNamePrefix="/")["logGroups"]
        self.assertEqual(len(found), 3)
        with self.assertRaises(logs.exceptions.InvalidParameterException):
            logs.describe_log_groups(logGroupIdentifiers=["/a"], logGroupNamePrefix="/")

    def test_retentions(self) -> None:
        logs = self.client("logs")
        logs.create_log_group(logGroupName="/a")
        logs.put_retention_policy(logGroupName="/a", retentionInDays=30)
        self.assertEqual(logs.describe_log_groups()["logGroups"][0]["retentionInDays"], 30)
        with self.assertRaises(logs.exceptions.InvalidParameterException):
            logs.put_retention_policy(logGroupName="/a", retentionInDays=31)
