"""Kinesis Data Streams: how far and how often the shards and the mode of a stream may change."""

from __future__ import annotations

import time
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

DAY = 86_400
CHANGES, SWITCHES = 10, 2


def _stream(call: Call) -> Any:
    """moto's stream; nothing where there is none, which moto tells."""
    wanted = call.parameters
    name = wanted.get("StreamName") or (wanted.get("StreamARN") or "").rpartition("/")[2]
    return call.backend("kinesis").streams.get(name)


def _count(call: Call, what: str, name: str, most: int) -> None:
    """Count a change of a stream within 24 hours, or refuse it."""
    times = [each for each in call.state(what).get(name, []) if each > time.time() - DAY]
    if len(times) >= most:
        raise AWSError("LimitExceededException", f"Stream {name} has had {most} {what} within 24 hours.", 400)
    call.state(what)[name] = [*times, time.time()]


@handles("kinesis", "UpdateShardCount")
def update_shard_count(call: Call) -> None:
    """At most double, at least half, ten times a day, of a provisioned stream."""
    stream, target = _stream(call), call.parameters["TargetShardCount"]
    if stream is None:
        return
    if stream.stream_mode.get("StreamMode") == "ON_DEMAND":
        raise AWSError("ValidationException", f"Stream {stream.stream_name} has the capacity mode ON_DEMAND.", 400)
    if target > stream.shard_count * 2:
        raise AWSError(
            "InvalidArgumentException",
            "UpdateShardCount cannot scale up over double your current open shard count. "
            f"Current open shard count: {stream.shard_count}, Target shard count: {target}", 400,
        )  # fmt: skip
    if target * 2 < stream.shard_count:
        raise AWSError(
            "InvalidArgumentException",
            "UpdateShardCount cannot scale down below half your current open shard count. "
            f"Current open shard count: {stream.shard_count}, Target shard count: {target}", 400,
        )  # fmt: skip
    _count(call, "changes of its shards", stream.stream_name, CHANGES)


@handles("kinesis", "UpdateStreamMode")
def update_stream_mode(call: Call) -> None:
    """Twice a day."""
    stream = _stream(call)
    if stream is not None and stream.stream_mode.get("StreamMode") != call.parameters["StreamModeDetails"]["StreamMode"]:
        _count(call, "switches of its mode", stream.stream_name, SWITCHES)


@handles("kinesis", "IncreaseStreamRetentionPeriod", "DecreaseStreamRetentionPeriod")
def change_retention(call: Call) -> None:
    """Only to another value; moto knows the rest."""
    stream = _stream(call)
    if stream is not None and call.parameters["RetentionPeriodHours"] == stream.retention_period_hours:
        raise AWSError("InvalidArgumentException", "The retention period is this already.", 400)
