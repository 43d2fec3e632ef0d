"""The control API: accounts, seeds, faults, pages and the log."""

from __future__ import annotations

import http.client
import json
import socket
from concurrent.futures import ThreadPoolExecutor

from botocore.exceptions import ClientError, ConnectionClosedError, HTTPClientError, ReadTimeoutError

from .support import SandboxTest, wait_until


class ControlTests(SandboxTest):
    def fault(self, kind: str, **more: object) -> None:
        rule = {"account": self.account, "service": "ssm", "operation": "PutParameter", "fault": kind} | more
        self.control("POST", "faults", rule)

    def put(self, value: str = "1") -> None:
        self.client("ssm").put_parameter(Name="/a", Value=value, Type="String", Overwrite=True)

    def exists(self) -> bool:
        return bool(self.client("ssm").get_parameters(Names=["/a"])["Parameters"])

    def test_accounts_are_isolated(self) -> None:
        other = self.control("POST", "accounts", {})
        self.assertNotEqual(other["account"], self.account)
        self.put()
        self.client("s3").create_bucket(
            Bucket="mine-alone", CreateBucketConfiguration={"LocationConstraint": "us-east-2"}
        )
        self.assertEqual(self.client("ssm", other).get_parameters(Names=["/a"])["Parameters"], [])
        self.assertEqual(self.client("s3", other).list_buckets()["Buckets"], [])
        taken = self.code_of(
            self.client("s3", other).get_bucket_lifecycle_configuration, Bucket="mine-alone"
        )
        self.assertIn(taken, ("NoSuchBucket", "AccessDenied"))
        self.assertEqual(self.client("ssm", region="eu-west-1").get_parameters(Names=["/a"])["Parameters"], [])

    def test_stale_reads_show_what_was_before_a_write(self) -> None:
        ssm = self.client("ssm")

        def value() -> str:
            return ssm.get_parameters(Names=["/a"])["Parameters"][0]["Value"]

        self.put("1")
        self.control("POST", "faults", {"account": self.account, "service": "ssm", "fault": "stale", "times": 2})
        self.assertEqual(value(), "1")
        self.put("2")
        self.assertEqual([value(), value(), value()], ["1", "1", "2"])
        faults = [entry["fault"] for entry in self.control("GET", f"log?account={self.account}")]
        self.assertEqual(faults, [None, None, None, "stale", "stale", None])

    def test_tags_linger_after_a_write_to_any_service(self) -> None:
        sagemaker, tagging = self.client("sagemaker"), self.client("resourcegroupstaggingapi")
        notebook = sagemaker.create_notebook_instance(
            NotebookInstanceName="n", InstanceType="ml.t3.medium", RoleArn="arn:aws:iam::123456789012:role/models",
            Tags=[{"Key": "a", "Value": "b"}],
        )  # fmt: skip
        rule = {"account": self.account, "service": "resourcegroupstaggingapi", "fault": "stale", "times": 1}
        self.control("POST", "faults", rule)
        counts = [len(tagging.get_resources()["ResourceTagMappingList"])]
        sagemaker.delete_tags(ResourceArn=notebook["NotebookInstanceArn"], TagKeys=["a"])
        counts += [len(tagging.get_resources()["ResourceTagMappingList"]) for _ in range(2)]
        self.assertEqual(counts, [1, 1, 0])

    def test_refuses_wrong_control_requests(self) -> None:
        self.assertEqual(self.control_error("POST", "accounts", {"account": "7"})[0], 400)
        self.assertEqual(self.control_error("POST", "faults", {"account": self.account, "fault": "x"})[0], 400)
        self.assertEqual(self.control_error("POST", "seed", {"account": "111111111111"})[0], 400)
        self.assertEqual(self.control_error("POST", "seed", {"account": self.account, "fixture": "x"})[0], 400)
        self.assertEqual(self.control_error("GET", "nothing")[0], 404)
        self.assertEqual(self.control_error("DELETE", "health")[0], 405)
        self.assertTrue(self.control("GET", "health")["ok"])

    def test_the_demo_is_seeded_once_and_not_logged(self) -> None:
        for _ in range(2):
            self.control("POST", "seed", {"account": self.account, "fixture": "demo"})
        self.assertEqual(self.control("GET", f"log?account={self.account}"), [])
        ecs = self.client("ecs")
        for name, cpu, memory, count in (("pythonide", "2048", "8192", 2), ("pythonide-staging", "512", "1024", 1)):
            [service] = ecs.describe_services(cluster=f"{name}-cluster", services=[f"{name}-service"])["services"]
            self.assertEqual((service["desiredCount"], service["runningCount"]), (count, count))
            self.assertTrue(service["taskDefinition"].endswith(f"{name}-task:1"))
            task = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
            self.assertEqual((task["cpu"], task["memory"]), (cpu, memory))
            self.assertEqual([c["name"] for c in task["containerDefinitions"]], ["app", "metrics"])
        bucket = f"pythonide-data-{self.account}"
        found = self.client("s3").get_bucket_lifecycle_configuration(Bucket=bucket)
        self.assertEqual(found["TransitionDefaultMinimumObjectSize"], "varies_by_storage_class")
        [budget] = self.client("budgets").describe_budgets(AccountId=self.account)["Budgets"]
        self.assertEqual(budget["BudgetLimit"]["Amount"], "900")
        topics = self.client("sns").list_topics()["Topics"]
        self.assertEqual([t["TopicArn"].rpartition(":")[2] for t in topics], ["cost-alerts"])
        targets = self.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")
        self.assertEqual(targets["ScalableTargets"], [])

    def test_faults_before_and_after_the_effect(self) -> None:
        for kind, status, code in (
            ("throttle", 400, "ThrottlingException"),
            ("500", 500, "InternalFailure"),
            ("denied", 400, "AccessDeniedException"),
            ("expired", 400, "ExpiredTokenException"),
        ):
            self.fault(kind)
            with self.assertRaises(ClientError) as caught:
                self.put()
            found = caught.exception.response
            self.assertEqual((found["ResponseMetadata"]["HTTPStatusCode"], found["Error"]["Code"]), (status, code))
        self.assertFalse(self.exists())
        self.fault("500", when="after")
        self.code_of(self.put)
        self.assertTrue(self.exists())
        self.put()

    def test_requests_that_are_held_go_on_when_the_fault_is_cleared(self) -> None:
        self.fault("slow", seconds=3600)
        with ThreadPoolExecutor() as pool:
            held = pool.submit(self.put)
            self.assertTrue(wait_until(lambda: self.control("GET", f"log?account={self.account}")))
            self.assertFalse(self.exists())
            self.control("DELETE", f"faults?account={self.account}&operation=GetParameter")
            self.assertFalse(held.done())
            self.control("DELETE", f"faults?account={self.account}&operation=PutParameter")
            held.result()
        self.assertTrue(self.exists())

    def test_faults_of_the_connection(self) -> None:
        self.fault("reset")
        with self.assertRaises((ConnectionClosedError, HTTPClientError)):
            self.put()
        self.assertFalse(self.exists())
        self.fault("truncate")
        body = json.dumps({"Name": "/a", "Value": "1", "Type": "String"}).encode()
        with self.assertRaises(http.client.IncompleteRead):
            self.json_call("ssm", "AmazonSSM.PutParameter", body)
        self.assertTrue(self.exists())
        self.fault("hang", seconds=0.3)
        with self.assertRaises((ConnectionClosedError, ReadTimeoutError)):
            self.put()
        self.fault("slow", seconds=0.3)
        self.put()
        self.fault("html")
        with self.assertRaises(ClientError) as caught:
            self.put()
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 502)

    def test_an_answer_without_a_body_is_truncated_in_its_head(self) -> None:
        # Else it would seem whole, and its connection one to use again.
        s3 = self.client("s3")
        s3.create_bucket(Bucket="cut-short", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        self.fault("truncate", service="s3", operation="DeleteBucket")
        headers = self.signed("s3", "DELETE", "/cut-short")
        lines = ["DELETE /cut-short HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        lines.append(f"host: {self.server.endpoint[7:]}")
        with socket.create_connection(self.server.server_address, timeout=60) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode())
            answer = b"".join(iter(lambda: connection.recv(4096), b""))
        self.assertTrue(answer.startswith(b"HTTP/1.1 204"), answer)
        self.assertNotIn(b"\r\n\r\n", answer)
        self.assertEqual(s3.list_buckets()["Buckets"], [])

    def test_faults_count_skip_and_end(self) -> None:
        self.fault("throttle", times=2, skip=1)
        outcomes = []
        for _ in range(4):
            try:
                self.put()
                outcomes.append("ok")
            except ClientError:
                outcomes.append("throttled")
        self.assertEqual(outcomes, ["ok", "throttled", "throttled", "ok"])
        self.fault("throttle", times=None, operation="*")
        self.code_of(self.put)
        self.control("DELETE", f"faults?account={self.account}")
        self.put()

    def test_pages_can_be_forced(self) -> None:
        ssm = self.client("ssm")
        for index in range(5):
            ssm.put_parameter(Name=f"/p/{index}", Value="1", Type="String")
        sns, cloudwatch, budgets, s3 = (self.client(name) for name in ("sns", "cloudwatch", "budgets", "s3"))
        for index in range(5):
            sns.create_topic(Name=f"t{index}")
            cloudwatch.put_metric_alarm(
                AlarmName=f"a{index}", MetricName="m", Namespace="n", Statistic="Average", Period=60,
                EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold",
            )  # fmt: skip
            budgets.create_budget(AccountId=self.account, Budget={
                "BudgetName": f"b{index}", "BudgetType": "COST", "TimeUnit": "MONTHLY",
                "BudgetLimit": {"Amount": "1", "Unit": "USD"}})  # fmt: skip
            s3.create_bucket(
                Bucket=f"pages-{self.account}-{index}", CreateBucketConfiguration={"LocationConstraint": "us-east-2"}
            )
            s3.put_object(Bucket=f"pages-{self.account}-0", Key=str(index))
        self.control("POST", "pages", {"account": self.account, "size": 2})
        for client, operation, parameters, key in (
            (ssm, "describe_parameters", {}, "Parameters"),
            (ssm, "get_parameters_by_path", {"Path": "/p"}, "Parameters"),
            (sns, "list_topics", {}, "Topics"),
            (cloudwatch, "describe_alarms", {}, "MetricAlarms"),
            (budgets, "describe_budgets", {"AccountId": self.account}, "Budgets"),
            (s3, "list_buckets", {}, "Buckets"),
            (s3, "list_objects_v2", {"Bucket": f"pages-{self.account}-0"}, "Contents"),
        ):
            pages = client.get_paginator(operation).paginate(**parameters)
            self.assertEqual([len(page.get(key, [])) for page in pages], [2, 2, 1], operation)
        token = ssm.describe_parameters()["NextToken"]
        first, again = (ssm.describe_parameters(NextToken=token)["Parameters"] for _ in range(2))
        self.assertEqual(first, again)
        self.assertEqual(self.code_of(ssm.get_parameters_by_path, Path="/p", NextToken=token), "InvalidNextToken")
        self.control("POST", "pages", {"account": self.account, "size": None})
        self.assertEqual(len(ssm.describe_parameters()["Parameters"]), 5)

    def test_the_log_tells_reads_from_writes(self) -> None:
        self.put()
        self.exists()
        self.client("s3").list_buckets()
        self.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")
        self.client("sts").get_caller_identity()
        self.fault("throttle")
        self.code_of(self.put)
        self.code_of(self.client("ecs").describe_services, services=[])
        log = self.control("GET", f"log?account={self.account}")
        found = [(e["service"], e["operation"], e["write"], e["status"], e["fault"]) for e in log]
        self.assertEqual(
            found,
            [
                ("ssm", "PutParameter", True, 200, None),
                ("ssm", "GetParameters", False, 200, None),
                ("s3", "ListBuckets", False, 200, None),
                ("ec2", "CreateVpc", True, 200, None),
                ("sts", "GetCallerIdentity", False, 200, None),
                ("ssm", "PutParameter", True, 400, "throttle"),
                ("ecs", "DescribeServices", False, 400, None),
            ],
        )
        self.control("DELETE", f"log?account={self.account}")
        self.assertEqual(self.control("GET", f"log?account={self.account}"), [])
