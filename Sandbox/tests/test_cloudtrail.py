"""CloudTrail: the events of what changed something."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from .support import SandboxTest


class TrailTests(SandboxTest):
    def setUp(self) -> None:
        super().setUp()
        self.trail, self.ssm = self.client("cloudtrail"), self.client("ssm")

    def put(self, name: str = "/a/b", **more: object) -> None:
        self.ssm.put_parameter(**({"Name": name, "Value": "hush", "Type": "String"} | more))

    def events(self, key: str = "EventName", value: str = "PutParameter", **more: object) -> list[dict]:
        attributes = [{"AttributeKey": key, "AttributeValue": value}]
        return self.trail.lookup_events(LookupAttributes=attributes, **more)["Events"]

    def test_a_write_tells_who_what_and_when(self) -> None:
        before = datetime.now(timezone.utc) - timedelta(seconds=1)
        self.put()
        [event] = self.events()
        arn = f"arn:aws:iam::{self.account}:user/sandbox"
        self.assertEqual((event["EventName"], event["Username"], event["ReadOnly"]), ("PutParameter", "sandbox", "false"))
        self.assertEqual((event["EventSource"], event["AccessKeyId"]), ("ssm.amazonaws.com", self.key["access_key"]))
        self.assertTrue(before <= event["EventTime"] <= datetime.now(timezone.utc))
        record = json.loads(event["CloudTrailEvent"])
        self.assertEqual(record["userIdentity"]["type"], "IAMUser")
        self.assertEqual(record["userIdentity"]["arn"], arn)
        self.assertEqual(record["requestParameters"]["name"], "/a/b")
        self.assertIn("Boto3", record["userAgent"])

    def test_what_is_sensitive_is_hidden(self) -> None:
        self.put()
        [event] = self.events()
        self.assertNotIn("hush", event["CloudTrailEvent"])

    def test_reads_and_other_regions_and_accounts_are_not_told(self) -> None:
        self.put()
        self.ssm.get_parameters(Names=["/a/b"])
        self.assertEqual(self.events(value="GetParameters"), [])
        elsewhere = self.client("cloudtrail", region="us-west-2").lookup_events()["Events"]
        other = self.client("cloudtrail", self.control("POST", "accounts", {})).lookup_events()["Events"]
        self.assertEqual((elsewhere, other), ([], []))

    def test_a_failure_is_told_as_one(self) -> None:
        self.put()
        self.code_of(self.ssm.put_parameter, Name="/a/b", Value="x", Type="String")
        codes = [json.loads(event["CloudTrailEvent"]).get("errorCode") for event in self.events()]
        self.assertEqual(codes, ["ParameterAlreadyExists", None])

    def test_the_newest_come_first_in_pages(self) -> None:
        for number in range(5):
            self.put(f"/a/{number}")
        found, token = [], {}
        while token is not None:
            page = self.trail.lookup_events(
                LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "PutParameter"}], MaxResults=2, **token
            )
            self.assertLessEqual(len(page["Events"]), 2)
            found += [json.loads(event["CloudTrailEvent"])["requestParameters"]["name"] for event in page["Events"]]
            token = {"NextToken": page["NextToken"]} if "NextToken" in page else None
        self.assertEqual(found, ["/a/4", "/a/3", "/a/2", "/a/1", "/a/0"])

    def test_s3_and_autoscaling_have_names_of_their_own(self) -> None:
        s3 = self.client("s3")
        bucket = f"trail-{self.account}"
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": [
            {"ID": "a", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 9}}]})  # fmt: skip
        [event] = self.events(value="PutBucketLifecycle")
        self.assertEqual(json.loads(event["CloudTrailEvent"])["requestParameters"]["bucketName"], bucket)
        self.assertEqual(event["Resources"], [{"ResourceType": "AWS::S3::Bucket", "ResourceName": bucket}])
        self.assertEqual(len(self.events("ResourceName", bucket)), 2)

    def test_budgets_are_in_their_one_region(self) -> None:
        budget = {"BudgetName": "b", "BudgetType": "COST", "TimeUnit": "MONTHLY",
                  "BudgetLimit": {"Amount": "5", "Unit": "USD"}}  # fmt: skip
        self.client("budgets", region="us-east-1").create_budget(AccountId=self.account, Budget=budget)
        [event] = self.client("cloudtrail", region="us-east-1").lookup_events()["Events"]
        self.assertEqual(json.loads(event["CloudTrailEvent"])["requestParameters"]["budget"]["budgetName"], "b")

    def test_a_role_is_told_by_its_session(self) -> None:
        sts = self.client("sts")
        answer = sts.assume_role(RoleArn=f"arn:aws:iam::{self.account}:role/ops", RoleSessionName="bob")["Credentials"]
        key = {"access_key": answer["AccessKeyId"], "secret_key": answer["SecretAccessKey"],
               "session_token": answer["SessionToken"]}  # fmt: skip
        self.client("ssm", key).put_parameter(Name="/r", Value="x", Type="String")
        [event] = self.events("Username", "bob")
        self.assertEqual(json.loads(event["CloudTrailEvent"])["userIdentity"]["arn"],
                         f"arn:aws:sts::{self.account}:assumed-role/ops/bob")  # fmt: skip

    def test_what_aws_names_is_told_by_its_identifier(self) -> None:
        dlm, ec2 = self.client("dlm"), self.client("ec2")
        policy = dlm.create_lifecycle_policy(
            Description="a", State="ENABLED", ExecutionRoleArn=f"arn:aws:iam::{self.account}:role/dlm",
            PolicyDetails={"ResourceTypes": ["VOLUME"], "TargetTags": [{"Key": "a", "Value": "b"}], "Schedules": [{
                "Name": "n", "CreateRule": {"Interval": 12, "IntervalUnit": "HOURS"}, "RetainRule": {"Count": 1}}]},
            Tags={"name": "x"},
        )["PolicyId"]  # fmt: skip
        dlm.delete_lifecycle_policy(PolicyId=policy)
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        endpoint = ec2.create_vpc_endpoint(
            VpcId=vpc, ServiceName="com.amazonaws.us-east-2.s3", VpcEndpointType="Gateway"
        )["VpcEndpoint"]
        ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint["VpcEndpointId"]])

        def record(name: str) -> tuple[dict, dict | None]:
            [event] = self.events(value=name)
            record = json.loads(event["CloudTrailEvent"])
            return record["requestParameters"], record["responseElements"]

        request, answer = record("CreateLifecyclePolicy")
        self.assertEqual((request["Tags"], answer), ({"name": "x"}, {"PolicyId": policy}))
        self.assertEqual(record("DeleteLifecyclePolicy"), ({"policyId": policy}, None))
        request, answer = record("CreateVpcEndpoint")
        self.assertEqual(request["CreateVpcEndpointRequest"]["VpcId"], vpc)
        made = {"vpcEndpointId": endpoint["VpcEndpointId"]}
        self.assertEqual(answer, {"CreateVpcEndpointResponse": {"vpcEndpoint": made}})
        content = {"tag": 1, "content": endpoint["VpcEndpointId"]}
        self.assertEqual(record("DeleteVpcEndpoints"), ({"DeleteVpcEndpointsRequest": {"VpcEndpointId": content}}, None))

    def test_wrong_questions_are_refused(self) -> None:
        two = [{"AttributeKey": "EventName", "AttributeValue": name} for name in ("a", "b")]
        self.assertEqual(
            self.code_of(self.trail.lookup_events, LookupAttributes=two), "InvalidLookupAttributesException"
        )
        now = datetime.now(timezone.utc)
        self.assertEqual(
            self.code_of(self.trail.lookup_events, StartTime=now, EndTime=now - timedelta(hours=1)),
            "InvalidTimeRangeException",
        )
        self.code_of(self.trail.lookup_events, MaxResults=51)
        self.assertEqual(self.code_of(self.trail.lookup_events, NextToken="no"), "InvalidNextTokenException")

    def test_only_the_time_that_is_asked_for(self) -> None:
        self.put()
        later = datetime.now(timezone.utc) + timedelta(minutes=1)
        self.assertEqual(self.events(StartTime=later), [])
        self.assertEqual(len(self.events(StartTime=later - timedelta(hours=1), EndTime=later)), 1)
