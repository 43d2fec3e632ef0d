"""S3 lifecycle configurations and SSM parameters."""

from __future__ import annotations

from .support import REGION, SandboxTest


def rule(name: str = "a", **more: object) -> dict:
    return {"ID": name, "Status": "Enabled", "Filter": {"Prefix": "p/"}, "Expiration": {"Days": 90}} | more


class StorageTests(SandboxTest):
    def setUp(self) -> None:
        super().setUp()
        self.s3, self.bucket = self.client("s3"), f"data-{self.account}"
        self.s3.create_bucket(Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": REGION})

    def put(self, *rules: dict, **more: object) -> dict:
        return self.s3.put_bucket_lifecycle_configuration(
            Bucket=self.bucket, LifecycleConfiguration={"Rules": list(rules)}, **more
        )

    def get(self) -> dict:
        answer = self.s3.get_bucket_lifecycle_configuration(Bucket=self.bucket)
        answer.pop("ResponseMetadata")
        return answer

    def test_configurations_come_back_whole(self) -> None:
        rules = [
            rule("size", Filter={"ObjectSizeGreaterThan": 1024}),
            rule("small", Filter={"ObjectSizeLessThan": 1024}),
            rule("tag", Filter={"Tag": {"Key": "k", "Value": "v"}}),
            rule("all", Filter={}),
            rule("empty", Filter={"Prefix": ""}),
            rule("and", Filter={"And": {"Prefix": "x/", "ObjectSizeGreaterThan": 1, "ObjectSizeLessThan": 9,
                                        "Tags": [{"Key": "k", "Value": "v"}, {"Key": "l", "Value": ""}]}}),
            rule("versions", NoncurrentVersionExpiration={"NoncurrentDays": 9, "NewerNoncurrentVersions": 5},
                 NoncurrentVersionTransitions=[{"NoncurrentDays": 30, "StorageClass": "STANDARD_IA",
                                                "NewerNoncurrentVersions": 2}]),
            rule("steps", Status="Disabled", Transitions=[{"Days": 30, "StorageClass": "STANDARD_IA"},
                                                          {"Days": 60, "StorageClass": "GLACIER"}]),
            rule("uploads", AbortIncompleteMultipartUpload={"DaysAfterInitiation": 7}),
            rule("marker", Expiration={"ExpiredObjectDeleteMarker": True}),
        ]  # fmt: skip
        self.assertEqual(self.put(*rules)["TransitionDefaultMinimumObjectSize"], "all_storage_classes_128K")
        self.assertEqual(self.get(), {"Rules": rules, "TransitionDefaultMinimumObjectSize": "all_storage_classes_128K"})
        self.put(rule(), TransitionDefaultMinimumObjectSize="varies_by_storage_class")
        self.assertEqual(self.get()["TransitionDefaultMinimumObjectSize"], "varies_by_storage_class")
        self.put(rule())
        self.assertEqual(self.get()["TransitionDefaultMinimumObjectSize"], "all_storage_classes_128K")

    def test_refuses_wrong_rules(self) -> None:
        early = [{"NoncurrentDays": 9, "StorageClass": "STANDARD_IA"}]
        close = [{"Days": 30, "StorageClass": "STANDARD_IA"}, {"Days": 59, "StorageClass": "GLACIER"}]
        for code, rules in (
            ("InvalidArgument", [rule(Transitions=[{"Days": 29, "StorageClass": "STANDARD_IA"}])]),
            ("InvalidArgument", [rule(Transitions=[{"Days": 29, "StorageClass": "ONEZONE_IA"}])]),
            ("InvalidArgument", [rule(NoncurrentVersionTransitions=early)]),
            ("InvalidArgument", [rule(Transitions=close)]),
            ("InvalidArgument", [rule(Transitions=[{"Days": 90, "StorageClass": "GLACIER"}])]),
            ("InvalidArgument", [rule(), rule()]),
            ("InvalidArgument", [rule("x" * 256)]),
            ("InvalidArgument", [rule(Expiration={"Days": 0})]),
            ("InvalidRequest", [rule(), {"ID": "b", "Status": "Enabled", "Prefix": "", "Expiration": {"Days": 1}}]),
            ("MalformedXML", [rule(Filter={"Prefix": "a", "ObjectSizeLessThan": 9})]),
            ("MalformedXML", [rule(Filter={"And": {"Prefix": "a"}})]),
            ("MalformedXML", [rule(str(number)) for number in range(1001)]),
            ("MalformedXML", []),
            ("InvalidRequest", [{"ID": "a", "Status": "Enabled", "Filter": {}}]),
            ("MalformedXML", [rule(Status="Perhaps")]),
        ):  # fmt: skip
            self.assertEqual(self.code_of(self.put, *rules), code, rules[:2])
        self.assertEqual(self.code_of(self.get), "NoSuchLifecycleConfiguration")

    def test_not_found(self) -> None:
        call = self.s3.get_bucket_lifecycle_configuration
        self.assertEqual(self.status_and_code(call, Bucket=self.bucket), (404, "NoSuchLifecycleConfiguration"))
        self.assertEqual(self.status_and_code(call, Bucket="nobody-has-this"), (404, "NoSuchBucket"))
        self.put(rule())
        self.s3.delete_bucket_lifecycle(Bucket=self.bucket)
        self.assertEqual(self.status_and_code(call, Bucket=self.bucket), (404, "NoSuchLifecycleConfiguration"))

    def test_rules_die_with_their_bucket(self) -> None:
        self.put(rule())
        self.s3.delete_bucket(Bucket=self.bucket)
        self.s3.create_bucket(Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        self.assertEqual(self.code_of(self.get), "NoSuchLifecycleConfiguration")

    def test_parameters_fit_their_tier_and_have_versions(self) -> None:
        ssm = self.client("ssm")
        put = {"Name": "/limits", "Type": "String", "Overwrite": True}
        self.assertEqual(self.code_of(ssm.put_parameter, **put, Value="x" * 4097), "ValidationException")
        self.assertEqual(ssm.put_parameter(**put, Value="x" * 4096)["Version"], 1)
        self.assertEqual(ssm.put_parameter(**put, Value="y")["Version"], 2)
        self.assertEqual(ssm.put_parameter(**put, Value="x" * 8192, Tier="Advanced")["Version"], 3)
        self.assertEqual(ssm.get_parameter(Name="/limits:2")["Parameter"]["Value"], "y")
        self.assertEqual(self.code_of(ssm.get_parameter, Name="/none"), "ParameterNotFound")
        exists = self.code_of(ssm.put_parameter, Name="/limits", Type="String", Value="1")
        self.assertEqual(exists, "ParameterAlreadyExists")

    def test_alarm_actions_are_switched(self) -> None:
        cloudwatch = self.client("cloudwatch")
        cloudwatch.put_metric_alarm(
            AlarmName="a", MetricName="m", Namespace="n", Statistic="Average", Period=60, EvaluationPeriods=1,
            Threshold=1, ComparisonOperator="GreaterThanThreshold",
        )  # fmt: skip
        for call, enabled in ((cloudwatch.disable_alarm_actions, False), (cloudwatch.enable_alarm_actions, True)):
            call(AlarmNames=["a"])
            self.assertIs(cloudwatch.describe_alarms()["MetricAlarms"][0]["ActionsEnabled"], enabled)
