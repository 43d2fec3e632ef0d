"""Lambda: concurrency, reserved and provisioned, and the limits of a configuration."""

from __future__ import annotations

import io
import json
import zipfile

from .support import SandboxTest


class FunctionTests(SandboxTest):
    def setUp(self) -> None:
        super().setUp()
        self.functions = self.client("lambda")
        role = self.client("iam").create_role(RoleName="runs", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17"}))
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("main.py", "def handler(event, context): pass")
        for name in ("resize", "other"):
            self.functions.create_function(
                FunctionName=name, Runtime="python3.12", Role=role["Role"]["Arn"], Handler="main.handler",
                Code={"ZipFile": code.getvalue()}, Publish=True,
            )
        self.functions.create_alias(FunctionName="resize", Name="live", FunctionVersion="1")

    def test_the_account_keeps_a_hundred(self) -> None:
        def reserve(name: str, number: int) -> None:
            self.functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=number)

        reserve("resize", 800)
        self.assertEqual(self.code_of(reserve, "other", 101), "InvalidParameterValueException")
        reserve("other", 100)
        limits = self.functions.get_account_settings()["AccountLimit"]
        self.assertEqual(limits["UnreservedConcurrentExecutions"], 100)
        self.functions.delete_function_concurrency(FunctionName="other")
        self.assertNotIn("ReservedConcurrentExecutions", self.functions.get_function_concurrency(FunctionName="other"))
        reserve("resize", 0)
        found = self.functions.get_function_concurrency(FunctionName="resize")
        self.assertEqual(found["ReservedConcurrentExecutions"], 0)

    def test_provisioned_lies_within_reserved(self) -> None:
        def provide(qualifier: str, number: int) -> None:
            self.functions.put_provisioned_concurrency_config(
                FunctionName="resize", Qualifier=qualifier, ProvisionedConcurrentExecutions=number
            )

        self.functions.put_function_concurrency(FunctionName="resize", ReservedConcurrentExecutions=10)
        self.assertEqual(self.code_of(provide, "live", 11), "InvalidParameterValueException")
        self.assertEqual(self.code_of(provide, "$LATEST", 1), "InvalidParameterValueException")
        self.assertEqual(self.code_of(provide, "none", 1), "ResourceNotFoundException")
        provide("live", 5)
        # "live" points to 1, and a version has one configuration.
        self.assertEqual(self.code_of(provide, "1", 1), "InvalidParameterValueException")
        provide("live", 5)
        code = self.code_of(
            self.functions.put_function_concurrency, FunctionName="resize", ReservedConcurrentExecutions=0
        )
        self.assertEqual(code, "InvalidParameterValueException")
        (found,) = self.functions.list_provisioned_concurrency_configs(FunctionName="resize")[
            "ProvisionedConcurrencyConfigs"
        ]
        self.assertTrue(found["FunctionArn"].endswith(":function:resize:live"))
        self.assertEqual(found["RequestedProvisionedConcurrentExecutions"], 5)
        self.functions.delete_provisioned_concurrency_config(FunctionName="resize", Qualifier="live")
        code = self.code_of(
            self.functions.get_provisioned_concurrency_config, FunctionName="resize", Qualifier="live"
        )
        self.assertEqual(code, "ProvisionedConcurrencyConfigNotFoundException")

    def test_limits_of_a_configuration(self) -> None:
        for change in ({"MemorySize": 10241}, {"Timeout": 901}):
            self.code_of(self.functions.update_function_configuration, FunctionName="resize", **change)
        self.functions.update_function_configuration(FunctionName="resize", MemorySize=10240, Timeout=900)
