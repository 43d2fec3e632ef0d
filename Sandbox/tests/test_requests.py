"""Requests are checked against the API description."""

from __future__ import annotations

import http.client
import json

from .support import REGION, SandboxTest


class RequestTests(SandboxTest):
    def test_json_refuses_unknown_members_wrong_types_and_no_json(self) -> None:
        for body in (b'{"Name":"/a","Value":"1","Type":"String","Colour":"red"}', b'{"Name":7,"Value":"1"}',
                     b'{"Name":"/a","Value":"1","Overwrite":"true"}', b"{", b"[]"):  # fmt: skip
            status, answer = self.json_call("ssm", "AmazonSSM.PutParameter", body)
            self.assertEqual((status, answer["__type"]), (400, "SerializationException"), body)

    def test_json_refuses_missing_members_and_broken_constraints(self) -> None:
        ssm = self.client("ssm")
        self.assertEqual(self.code_of(ssm.put_parameter, Name="/a"), "ValidationException")
        self.assertEqual(self.code_of(ssm.put_parameter, Name="/a", Value="1", Type="Text"), "ValidationException")
        self.assertEqual(self.code_of(ssm.get_parameters, Names=[f"/{n}" for n in range(11)]), "ValidationException")
        self.assertEqual(self.code_of(self.client("ecs").describe_services), "InvalidParameterException")
        budgets = self.client("budgets")
        self.assertEqual(self.code_of(budgets.describe_budget, AccountId="1", BudgetName="a:b"), "ValidationException")

    def test_json_1_0_errors_carry_their_namespace(self) -> None:
        status, answer = self.json_call("monitoring", "GraniteServiceVersion20100801.DescribeAlarms", b'{"X":1}', "1.0")
        self.assertEqual((status, answer["__type"]), (400, "GraniteServiceVersion20100801#SerializationException"))

    def test_query_refuses_unknown_parameters_and_actions(self) -> None:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        for body, code in (
            (b"Action=CreateTopic&Version=2010-03-31&Name=a&Colour=red", b"MalformedInput"),
            (b"Action=CreateTopic&Version=2010-03-31", b"InvalidParameter"),
            (b"Action=CreateTopic&Version=2000-01-01&Name=a", b"InvalidAction"),
            (b"Action=Dance&Version=2010-03-31", b"InvalidAction"),
            (b"Action=CreateTopic&Version=2010-03-31&Name=a&Tags.item.1.Key=k", b"MalformedInput"),
        ):
            status, _, answer = self.raw("POST", "/", body, self.signed("sns", body=body, headers=form))
            self.assertEqual(status, 400)
            self.assertIn(b"<Code>" + code + b"</Code>", answer, body)

    def test_query_accepts_lists_and_maps(self) -> None:
        topic = self.client("sns").create_topic(
            Name="a", Attributes={"DisplayName": "A"}, Tags=[{"Key": "k", "Value": "v"}]
        )
        self.assertIn(self.account, topic["TopicArn"])

    def test_ec2_refuses_unknown_parameters(self) -> None:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        body = b"Action=DescribeVpcs&Version=2016-11-15&Colour=red"
        status, _, answer = self.raw("POST", "/", body, self.signed("ec2", body=body, headers=form))
        self.assertEqual((status, b"<Code>UnknownParameter</Code>" in answer), (400, True))
        self.assertEqual(self.code_of(self.client("ec2").create_subnet), "MissingParameter")

    def test_rest_xml_refuses_unknown_elements_and_missing_checksums(self) -> None:
        place = {"LocationConstraint": REGION}
        self.client("s3").create_bucket(Bucket="b-xml", CreateBucketConfiguration=place)
        rule = b"<Rule><Filter/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration>%s</Rule>"
        colour = b"<Colour>red</Colour>"
        for extra, code in ((colour, b"MalformedXML"), (b"", b"InvalidRequest"), (b"<", b"MalformedXML")):
            body = b"<LifecycleConfiguration>" + rule % extra + b"</LifecycleConfiguration>"
            status, _, answer = self.raw("PUT", "/b-xml?lifecycle", body,
                                         self.signed("s3", "PUT", "/b-xml?lifecycle", body))  # fmt: skip
            self.assertEqual((status, code in answer), (400, True), answer)

    def test_rest_xml_refuses_a_wrong_checksum(self) -> None:
        self.client("s3").create_bucket(Bucket="b-md5", CreateBucketConfiguration={"LocationConstraint": REGION})
        headers = self.signed("s3", "PUT", "/b-md5/k", b"one", {"Content-MD5": "1B2M2Y8AsgTpgAmY7PhCfg=="})
        status, _, answer = self.raw("PUT", "/b-md5/k", b"one", headers)
        self.assertEqual((status, b"BadDigest" in answer), (400, True))

    def test_rest_json_refuses_unknown_members(self) -> None:
        body = b'{"FlexibleTimeWindow":{"Mode":"OFF"},"ScheduleExpression":"rate(1 day)","Colour":"red"}'
        headers = self.signed("scheduler", "POST", "/schedules/a", body, {"Content-Type": "application/json"})
        status, answer_headers, _ = self.raw("POST", "/schedules/a", body, headers)
        self.assertEqual((status, answer_headers["x-amzn-errortype"]), (400, "SerializationException"))

    def test_what_nobody_implements_is_a_501(self) -> None:
        missing = (("ce", "get_cost_forecast"), ("codecommit", "list_repositories"), ("pricing", "describe_services"))
        for service, operation in missing:
            parameters = {"TimePeriod": {"Start": "2026-01-01", "End": "2026-02-01"}, "Metric": "UNBLENDED_COST",
                          "Granularity": "MONTHLY"} if service == "ce" else {}  # fmt: skip
            status, _ = self.status_and_code(getattr(self.client(service), operation), **parameters)
            self.assertEqual(status, 501)
        status, answer = self.json_call("ssm", "AmazonSSM.Dance", b"{}")
        self.assertEqual((status, answer["__type"]), (400, "UnknownOperationException"))

    def test_s3_subresources_never_reach_the_bucket(self) -> None:
        s3 = self.client("s3")
        s3.create_bucket(Bucket="b-sub", CreateBucketConfiguration={"LocationConstraint": REGION})
        analytics = {"Id": "a", "StorageClassAnalysis": {}}
        put = s3.put_bucket_analytics_configuration
        parameters = {"Bucket": "b-sub", "Id": "a", "AnalyticsConfiguration": analytics}
        self.assertEqual(self.status_and_code(put, **parameters), (501, "NotImplemented"))
        delete = s3.delete_bucket_analytics_configuration
        self.assertEqual(self.status_and_code(delete, Bucket="b-sub", Id="a")[0], 501)
        for method in ("GET", "PUT", "DELETE"):
            headers = self.signed("s3", method, "/b-sub?unheard-of")
            self.assertEqual(self.raw(method, "/b-sub?unheard-of", b"", headers)[0], 501)
        s3.head_bucket(Bucket="b-sub")

    def test_connections_are_kept(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_address[1], timeout=60)
        headers = {"X-Amz-Target": "AmazonSSM.DescribeParameters", "Content-Type": "application/x-amz-json-1.1"}
        sockets = set()
        for _ in range(3):
            connection.request("POST", "/", b"{}", self.signed("ssm", body=b"{}", headers=headers))
            sockets.add(connection.sock)
            answer = connection.getresponse()
            self.assertEqual((answer.status, "Parameters" in json.loads(answer.read())), (200, True))
        self.assertEqual(len(sockets), 1)
        connection.close()
