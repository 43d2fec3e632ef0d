"""DynamoDB: what UpdateTable refuses of modes and capacities, and how often it takes them."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

DAY, HOUR = 86_400, 3600
SWITCHES, FREE_DECREASES, DECREASES = 4, 4, 27
UNITS = ("ReadCapacityUnits", "WriteCapacityUnits")


def invalid(message: str) -> AWSError:
    return AWSError("ValidationException", message, 400)


@handles("dynamodb", "UpdateTable")
def update_table(call: Call) -> dict[str, Any] | None:
    """Change mode and capacity; moto takes any, and keeps the capacity of a table on demand."""
    wanted = call.parameters
    table = call.backend("dynamodb").tables.get(wanted["TableName"].rpartition("/")[2])
    if table is None:
        return None
    before = table.billing_mode or "PROVISIONED"
    mode = wanted.get("BillingMode", before)
    updates = [each["Update"] for each in wanted.get("GlobalSecondaryIndexUpdates") or [] if "Update" in each]
    sizes = {each["IndexName"]: each["ProvisionedThroughput"] for each in updates if "ProvisionedThroughput" in each}
    held = {index.name: index.throughput for index in table.global_indexes}
    if unknown := sorted(set(sizes) - set(held)):
        raise AWSError("ResourceNotFoundException", f"Index: {unknown[0]} not found", 400)
    if "ProvisionedThroughput" in wanted:
        sizes[""], held[""] = wanted["ProvisionedThroughput"], table.throughput
    if mode == "PAY_PER_REQUEST":
        if sizes:
            raise invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")
        if before != mode:
            _count_switch(call, table.name)
    else:
        _check_sizes(sizes, held, before != mode, table)
    lowered = [name for name in sizes if before == mode and any(sizes[name][u] < held[name].get(u, 0) for u in UNITS)]
    counts = {name: _count_decrease(call, (table.name, name)) for name in lowered}
    answer = call.moto()
    if mode == "PAY_PER_REQUEST":
        for part in (table, *table.global_indexes):
            part.throughput = {unit: 0 for unit in UNITS}
    for part in (table, *table.global_indexes):
        name = "" if part is table else part.name
        part.throughput.setdefault("NumberOfDecreasesToday", held.get(name, {}).get("NumberOfDecreasesToday", 0))
        if name in counts:
            part.throughput["NumberOfDecreasesToday"] = counts[name]
    return answer


def _check_sizes(sizes: dict[str, Any], held: dict[str, Any], is_switch: bool, table: Any) -> None:
    """Refuse a capacity that is none, or no other than there is; a switch needs all of them."""
    names = {"", *(index.name for index in table.global_indexes)}
    if is_switch and set(sizes) != names:
        raise invalid("ProvisionedThroughput must be specified for the table and all indexes when BillingMode is PROVISIONED")
    for name, size in sizes.items():
        if any(size.get(unit, 0) < 1 for unit in UNITS):
            raise invalid("The provisioned throughput is at least 1.")
        if not is_switch and all(size[unit] == held[name].get(unit) for unit in UNITS):
            raise invalid("The provisioned throughput will not change. The requested value equals the current value.")


def _count_switch(call: Call, name: str) -> None:
    times = [each for each in call.state("switches to on-demand").get(name, []) if each > time.time() - DAY]
    if len(times) >= SWITCHES:
        raise AWSError("LimitExceededException", "Too many switches to on-demand within 24 hours.", 400)
    call.state("switches to on-demand")[name] = [*times, time.time()]


def _count_decrease(call: Call, key: tuple[str, str]) -> int:
    today = datetime.now(timezone.utc).date()
    day, number, last = call.state("decreases").get(key, (today, 0, 0.0))
    number = number if day == today else 0
    if number >= DECREASES or (number >= FREE_DECREASES and last > time.time() - HOUR):
        raise AWSError("LimitExceededException", "Subscriber limit exceeded: Provisioned throughput decreases", 400)
    call.state("decreases")[key] = (today, number + 1, time.time())
    return number + 1
