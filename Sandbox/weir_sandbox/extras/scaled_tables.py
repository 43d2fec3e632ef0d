"""Application Auto Scaling: the capacity of DynamoDB tables between the bounds of a target."""

from __future__ import annotations

from typing import Any

from ..call import Call
from .scaling_records import Identity, invalid

MEMBERS = {"ReadCapacityUnits", "WriteCapacityUnits"}


def scaled_table(call: Call, identity: Identity) -> dict[str, Any]:
    """The throughput that a target scales, or the error that there is no such table or index."""
    _, resource, dimension = identity
    parts, words = resource.split("/"), dimension.split(":")
    table = call.backend("dynamodb").tables.get(parts[1]) if parts[0] == "table" and len(parts) in (2, 4) else None
    if words[-1] not in MEMBERS or words[1] != ("table" if len(parts) == 2 else "index"):
        raise invalid("Unsupported service namespace, resource type or scalable dimension")
    if table is None:
        raise invalid(f"DynamoDB table does not exist: {resource}")
    if len(parts) == 2:
        return table.throughput
    for index in table.global_indexes:
        if index.name == parts[3]:
            return index.throughput
    raise invalid(f"DynamoDB index does not exist: {resource}")


def fit_capacity(call: Call, identity: Identity, held: dict[str, Any]) -> None:
    """Bring the capacity between the bounds; a table on demand has none."""
    throughput, member = scaled_table(call, identity), identity[2].split(":")[-1]
    if throughput.get(member):
        throughput[member] = min(max(throughput[member], held["MinCapacity"]), held["MaxCapacity"])
