"""AWS Systems Manager: the size limits of parameter tiers."""

from __future__ import annotations

from ..call import Call
from ..errors import AWSError
from . import handles

STANDARD_BYTES = 4096
ADVANCED_BYTES = 8192


@handles("ssm", "PutParameter")
def put_parameter(call: Call) -> None:
    """Refuse a value that does not fit into its tier."""
    size, tier = len(call.parameters["Value"].encode()), call.parameters.get("Tier", "Standard")
    if size > STANDARD_BYTES and tier == "Standard":
        raise AWSError(
            "ValidationException",
            "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger "
            "parameter value, upgrade the parameter to use the advanced-parameter tier.",
            400,
        )
    if size > ADVANCED_BYTES:
        raise AWSError("ValidationException", "The maximum parameter value is 8192 characters.", 400)
