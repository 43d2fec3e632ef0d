"""Amazon S3: Intelligent-Tiering configurations. moto takes these requests for ones about the bucket itself."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles
from .lifecycle_rules import malformed
from .s3 import bucket_of

ATTRIBUTE = "sandbox_tiering"
LEAST = {"ARCHIVE_ACCESS": 90, "DEEP_ARCHIVE_ACCESS": 180}
MOST = 730


def configurations(call: Call) -> dict[str, dict[str, Any]]:
    """The configurations of the bucket by ID; they live and die with it."""
    bucket = bucket_of(call)
    if not hasattr(bucket, ATTRIBUTE):
        setattr(bucket, ATTRIBUTE, {})
    return getattr(bucket, ATTRIBUTE)


def invalid(message: str) -> AWSError:
    """The error for a value that S3 does not accept."""
    return AWSError("InvalidArgument", message, 400)


@handles("s3", "PutBucketIntelligentTieringConfiguration")
def put_tiering(call: Call) -> dict:
    """Replace a configuration."""
    held, configuration = configurations(call), deepcopy(call.parameters["IntelligentTieringConfiguration"])
    if configuration["Id"] != call.parameters["Id"]:
        raise invalid("The ID in the request does not match that of the configuration.")
    if len(configuration.get("Filter") or {}) > 1:
        raise malformed("a filter has one of Prefix, Tag and And")
    tiers = [tiering["AccessTier"] for tiering in configuration.get("Tierings") or []]
    if not tiers or len(tiers) != len(set(tiers)):
        raise malformed("a configuration has each tier at most once, and one at least")
    days = {tiering["AccessTier"]: tiering["Days"] for tiering in configuration["Tierings"]}
    for tier, count in days.items():
        if not LEAST[tier] <= count <= MOST:
            raise invalid(f"'Days' for {tier} must be between {LEAST[tier]} and {MOST}.")
    if len(days) == 2 and days["ARCHIVE_ACCESS"] >= days["DEEP_ARCHIVE_ACCESS"]:
        raise invalid("'Days' for DEEP_ARCHIVE_ACCESS must be greater than for ARCHIVE_ACCESS.")
    held[configuration["Id"]] = configuration
    return {}


@handles("s3", "GetBucketIntelligentTieringConfiguration")
def get_tiering(call: Call) -> dict:
    """One configuration."""
    held = configurations(call)
    if call.parameters["Id"] not in held:
        raise AWSError("NoSuchConfiguration", "The specified configuration does not exist.", 404)
    return {"IntelligentTieringConfiguration": held[call.parameters["Id"]]}


@handles("s3", "ListBucketIntelligentTieringConfigurations")
def list_tiering(call: Call) -> dict:
    """All configurations of the bucket, by ID."""
    held = configurations(call)
    return {"IsTruncated": False, "IntelligentTieringConfigurationList": [held[key] for key in sorted(held)]}


@handles("s3", "DeleteBucketIntelligentTieringConfiguration")
def delete_tiering(call: Call) -> dict:
    """Delete a configuration, never the bucket."""
    held = configurations(call)
    if held.pop(call.parameters["Id"], None) is None:
        raise AWSError("NoSuchConfiguration", "The specified configuration does not exist.", 404)
    return {}
