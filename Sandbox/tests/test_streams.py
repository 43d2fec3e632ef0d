"""Kinesis: shards in steps, modes and retention."""

from __future__ import annotations

from .support import SandboxTest


class StreamTests(SandboxTest):
    def setUp(self) -> None:
        super().setUp()
        self.streams = self.client("kinesis")
        self.streams.create_stream(StreamName="clicks", ShardCount=4)

    def scale(self, target: int) -> None:
        self.streams.update_shard_count(StreamName="clicks", TargetShardCount=target, ScalingType="UNIFORM_SCALING")

    def switch(self, mode: str) -> None:
        arn = f"arn:aws:kinesis:us-east-2:{self.account}:stream/clicks"
        self.streams.update_stream_mode(StreamARN=arn, StreamModeDetails={"StreamMode": mode})

    def held(self) -> dict:
        return self.streams.describe_stream_summary(StreamName="clicks")["StreamDescriptionSummary"]

    def test_double_and_half_ten_times(self) -> None:
        for target in (9, 1):
            self.assertEqual(self.code_of(self.scale, target), "InvalidArgumentException")
        for target in (8, 4, 2, 1, 2, 3, 6, 3, 2, 1):
            self.scale(target)
            self.assertEqual(self.held()["OpenShardCount"], target)
        self.assertEqual(self.code_of(self.scale, 2), "LimitExceededException")

    def test_two_switches(self) -> None:
        self.switch("ON_DEMAND")
        self.assertEqual(self.code_of(self.scale, 2), "ValidationException")
        self.switch("PROVISIONED")
        self.scale(2)
        self.assertEqual(self.code_of(self.switch, "ON_DEMAND"), "LimitExceededException")

    def test_retention(self) -> None:
        def keep(way: str, hours: int) -> None:
            change = getattr(self.streams, f"{way}_stream_retention_period")
            change(StreamName="clicks", RetentionPeriodHours=hours)

        for way, hours in (("increase", 24), ("increase", 8761), ("decrease", 23), ("decrease", 48)):
            self.assertEqual(self.code_of(keep, way, hours), "InvalidArgumentException")
        keep("increase", 48)
        keep("decrease", 25)
        self.assertEqual(self.held()["RetentionPeriodHours"], 25)
