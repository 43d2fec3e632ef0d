"""Signatures are computed again, for every protocol."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from unittest import mock

from .support import SandboxTest

CALLS = {
    "ssm": ("describe_parameters", {}, (400, "InvalidSignatureException"), (400, "UnrecognizedClientException"),
            (400, "ExpiredTokenException")),
    "lambda": ("list_functions", {}, (403, "InvalidSignatureException"), (403, "UnrecognizedClientException"),
               (403, "ExpiredTokenException")),
    "sts": ("get_caller_identity", {}, (403, "SignatureDoesNotMatch"), (403, "InvalidClientTokenId"),
            (403, "ExpiredToken")),
    "ec2": ("describe_vpcs", {}, (401, "AuthFailure"), (401, "AuthFailure"), (400, "RequestExpired")),
    "s3": ("list_buckets", {}, (403, "SignatureDoesNotMatch"), (403, "InvalidAccessKeyId"), (400, "ExpiredToken")),
}  # fmt: skip
"""Per protocol: a call, and what answers a wrong secret, an unknown key and an expired key."""


class SignatureTests(SandboxTest):
    def test_accepts_right_signatures(self) -> None:
        for service, (operation, parameters, *_) in CALLS.items():
            with self.subTest(service):
                getattr(self.client(service), operation)(**parameters)

    def test_refuses_wrong_secret_unknown_key_and_expired_key(self) -> None:
        wrong = self.key | {"secret_key": "x" * 40}
        unknown = self.key | {"access_key": "AKIA" + "A" * 16}
        expired = self.control("POST", "accounts", {"account": self.account, "expired": True})
        for service, (operation, parameters, *expected) in CALLS.items():
            for key, answer in zip((wrong, unknown, expired), expected):
                with self.subTest(f"{service} {answer}"):
                    call = getattr(self.client(service, key), operation)
                    self.assertEqual(self.status_and_code(call, **parameters), answer)

    def test_wants_the_token_of_a_session(self) -> None:
        key = self.control("POST", "accounts", {"account": self.account, "session": True})
        self.client("ssm", key).describe_parameters()
        for token in (None, "wrong"):
            call = self.client("ssm", key | {"session_token": token}).describe_parameters
            self.assertEqual(self.code_of(call), "UnrecognizedClientException")
        call = self.client("sts", self.key | {"session_token": "needless"}).get_caller_identity
        self.assertEqual(self.code_of(call), "InvalidClientTokenId")

    def test_refuses_a_clock_that_is_wrong(self) -> None:
        for minutes, accepted in ((-6, False), (6, False), (4, True)):
            when = datetime.now(timezone.utc).replace(tzinfo=None) + timedelta(minutes=minutes)
            with mock.patch("botocore.auth.get_current_datetime", return_value=when):
                if accepted:
                    self.client("ssm").describe_parameters()
                    continue
                self.assertEqual(self.code_of(self.client("ssm").describe_parameters), "InvalidSignatureException")
                self.assertEqual(self.code_of(self.client("s3").list_buckets), "RequestTimeTooSkewed")

    def test_refuses_a_changed_body_path_query_and_header(self) -> None:
        body = b"Action=GetCallerIdentity&Version=2011-06-15"
        headers = self.signed("sts", body=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(self.raw("POST", "/", body, headers)[0], 200)
        for change in (("/", body + b"&", headers), ("/x", body, headers), ("/?a=1", body, headers),
                       ("/", body, headers | {"Content-Type": "text/plain"})):  # fmt: skip
            self.assertEqual(self.raw("POST", change[0], change[1], change[2])[0], 403)

    def test_refuses_a_body_that_its_stated_hash_does_not_fit(self) -> None:
        self.client("s3").create_bucket(Bucket="b-hash", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        headers = self.signed("s3", "PUT", "/b-hash/k", b"one")
        status, _, body = self.raw("PUT", "/b-hash/k", b"two", headers)
        self.assertEqual(status, 400)
        self.assertIn(b"XAmzContentSHA256Mismatch", body)

    def test_signs_s3_paths_once_and_others_twice(self) -> None:
        s3 = self.client("s3")
        s3.create_bucket(Bucket="b-paths", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        for name in ("a b+c/ü~%25", "x//y/../z", "plain"):
            s3.put_object(Bucket="b-paths", Key=name, Body=b"1", Metadata={"my_key": "v"})
            self.assertEqual(s3.head_object(Bucket="b-paths", Key=name)["Metadata"], {"my_key": "v"})
            self.assertEqual(s3.get_object(Bucket="b-paths", Key=name)["Body"].read(), b"1")
        call = self.client("lambda").get_function
        name = "arn:aws:lambda:us-east-2:123456789012:function:a b"
        self.assertIn(self.status_and_code(call, FunctionName=name)[0], (400, 404))

    def test_unsigned_and_garbage(self) -> None:
        status, _, body = self.raw("POST", "/", b"{}", {"X-Amz-Target": "AmazonSSM.GetParameter"})
        self.assertEqual((status, b"MissingAuthenticationToken" in body), (400, True))
        status, _, body = self.raw("GET", "/bucket", b"", {})
        self.assertEqual((status, b"AccessDenied" in body), (403, True))
        status, headers, _ = self.raw("GET", "/", b"", {"Authorization": "garbage"})
        self.assertEqual((status, headers["x-amzn-errortype"]), (403, "IncompleteSignatureException"))

    def test_sessions_of_roles_work_and_end(self) -> None:
        sts, other = self.client("sts"), self.control("POST", "accounts", {})
        role = f"arn:aws:iam::{other['account']}:role/weir"
        answer = sts.assume_role(RoleArn=role, RoleSessionName="ci")["Credentials"]
        key = {"access_key": answer["AccessKeyId"], "secret_key": answer["SecretAccessKey"],
               "session_token": answer["SessionToken"]}  # fmt: skip
        identity = self.client("sts", key).get_caller_identity()
        self.assertEqual(identity["Account"], other["account"])
        self.assertEqual(identity["Arn"], f"arn:aws:sts::{other['account']}:assumed-role/weir/ci")
        unknown = "arn:aws:iam::999999999999:role/weir"
        self.assertEqual(self.code_of(sts.assume_role, RoleArn=unknown, RoleSessionName="ci"), "AccessDenied")
