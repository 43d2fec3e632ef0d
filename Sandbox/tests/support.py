"""What the tests share: a running sandbox, accounts of their own, and clients."""

from __future__ import annotations

import http.client
import json
import threading
import time
import unittest
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import boto3
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from weir_sandbox.server import Server

REGION = "us-east-2"
DEADLINE = 120


def wait_until(condition) -> bool:
    """Poll until the condition holds or the deadline passes; a slow machine must not reach it."""
    end = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class SandboxTest(unittest.TestCase):
    """One server per class of tests; each test has an account of its own."""

    server: Server

    @classmethod
    def setUpClass(cls) -> None:
        cls.server = Server()
        threading.Thread(target=cls.server.serve_forever, args=(0.02,), daemon=True).start()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.server.shutdown()
        cls.server.server_close()

    def setUp(self) -> None:
        self.key = self.control("POST", "accounts", {})
        self.account = self.key["account"]

    def control(self, method: str, path: str, body: dict | None = None) -> Any:
        """A request to the control API."""
        data = json.dumps(body).encode() if body is not None else None
        request = Request(f"{self.server.endpoint}/_sandbox/{path}", data, method=method)
        with urlopen(request, timeout=60) as response:
            return json.load(response)

    def control_error(self, method: str, path: str, body: dict | None = None) -> tuple[int, str]:
        """Status and message of a control request that fails."""
        with self.assertRaises(HTTPError) as caught:
            self.control(method, path, body)
        with caught.exception as response:
            return response.code, json.load(response)["error"]

    def client(self, service: str, key: dict | None = None, region: str = REGION) -> Any:
        """A client without parameter validation and without retries."""
        key = key or self.key
        return boto3.client(
            service,
            endpoint_url=self.server.endpoint,
            region_name=region,
            aws_access_key_id=key["access_key"],
            aws_secret_access_key=key["secret_key"],
            aws_session_token=key.get("session_token"),
            config=Config(
                parameter_validation=False,
                retries={"total_max_attempts": 1},
                read_timeout=60,
                s3={"addressing_style": "path"},
            ),
        )

    def code_of(self, action: Any, *arguments: Any, **parameters: Any) -> str:
        """The error code of a call that must fail."""
        with self.assertRaises(ClientError) as caught:
            action(*arguments, **parameters)
        return caught.exception.response["Error"]["Code"]

    def status_and_code(self, action: Any, **parameters: Any) -> tuple[int, str]:
        """HTTP status and error code of a call that must fail."""
        with self.assertRaises(ClientError) as caught:
            action(**parameters)
        response = caught.exception.response
        return response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Code"]

    def signed(
        self,
        service: str,
        method: str = "POST",
        path: str = "/",
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        key: dict | None = None,
    ) -> dict[str, str]:
        """The headers of a rightly signed request."""
        key = key or self.key
        request = AWSRequest(method, self.server.endpoint + path, headers=headers or {}, data=body)
        credentials = Credentials(key["access_key"], key["secret_key"], key.get("session_token"))
        signer = S3SigV4Auth if service == "s3" else SigV4Auth
        signer(credentials, service, REGION).add_auth(request)
        return dict(request.headers.items())

    def raw(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Send exactly this, and give status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_address[1], timeout=60)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
        finally:
            connection.close()

    def json_call(self, service: str, target: str, body: bytes, version: str = "1.1") -> tuple[int, dict]:
        """A signed request of a JSON service with exactly this body."""
        headers = {"X-Amz-Target": target, "Content-Type": f"application/x-amz-json-{version}"}
        headers = self.signed(service, body=body, headers=headers)
        status, _, answer = self.raw("POST", "/", body, headers)
        return status, json.loads(answer)
