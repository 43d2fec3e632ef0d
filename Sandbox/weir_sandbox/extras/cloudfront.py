"""CloudFront: configurations kept whole, an ETag that changes with them, and lists that show them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from moto.backends import get_backend
from moto.cloudfront.models import random_id

from ..call import Call
from ..errors import AWSError
from . import handles

TIMES = ("MinTTL", "DefaultTTL", "MaxTTL")
SHOWN = (
    "Aliases", "Origins", "DefaultCacheBehavior", "CacheBehaviors", "CustomErrorResponses", "Comment", "PriceClass",
    "Enabled", "ViewerCertificate", "Restrictions", "WebACLId", "HttpVersion", "IsIPV6Enabled",
)  # fmt: skip


def configurations(call: Call) -> dict[str, dict[str, Any]]:
    """The configurations of the account's distributions by ID."""
    return call.state("distributions", regional=False)


def distribution(call: Call, name: str) -> Any:
    """moto's distribution, or NoSuchDistribution."""
    held = get_backend("cloudfront")[call.account]["aws"].distributions
    if name not in held:
        raise AWSError("NoSuchDistribution", "The specified distribution does not exist.", 404)
    return held[name]


@handles("cloudfront", "CreateDistribution")
def create_distribution(call: Call) -> dict:
    """Create a distribution, and keep what moto drops of its configuration."""
    config = deepcopy(call.parameters["DistributionConfig"])
    check_times(config)
    answer = call.moto()
    configurations(call)[answer["Distribution"]["Id"]] = completed(config)
    return answer


@handles("cloudfront", "GetDistributionConfig")
def get_config(call: Call) -> dict:
    """The configuration and its ETag."""
    held = distribution(call, call.parameters["Id"])
    return {"ETag": held.etag, "DistributionConfig": configurations(call)[held.id]}


@handles("cloudfront", "UpdateDistribution")
def update_distribution(call: Call) -> dict:
    """Replace the configuration, if it is still the one that was read."""
    held = distribution(call, call.parameters["Id"])
    if not call.parameters.get("IfMatch"):
        raise AWSError("InvalidIfMatchVersion", "The If-Match version is missing or not valid.", 400)
    if call.parameters["IfMatch"] != held.etag:
        raise AWSError("PreconditionFailed", "The request failed because it didn't meet the preconditions.", 412)
    config = deepcopy(call.parameters["DistributionConfig"])
    before = configurations(call)[held.id]
    if config["CallerReference"] != before["CallerReference"]:
        raise AWSError("IllegalUpdate", "The caller reference cannot be changed.", 400)
    if lost := sorted(set(before) - set(config)):
        raise AWSError("MalformedInput", f"The configuration lacks {', '.join(lost)}.", 400)
    check_times(config)
    configurations(call)[held.id] = completed(config)
    held.etag = random_id()
    return {"ETag": held.etag, "Distribution": shown(call, held) | {"DistributionConfig": config}}


@handles("cloudfront", "ListDistributions")
def list_distributions(call: Call) -> dict:
    """All distributions with what is in their configurations."""
    held = get_backend("cloudfront")[call.account]["aws"].distributions
    items = [shown(call, held[name]) | summary(configurations(call)[name]) for name in sorted(held)]
    return {
        "DistributionList": {
            "Marker": "", "MaxItems": 100, "IsTruncated": False, "Quantity": len(items), "Items": items,
        }  # fmt: skip
    }


def shown(call: Call, held: Any) -> dict[str, Any]:
    """What is not in the configuration."""
    return {
        "Id": held.id,
        "ARN": f"arn:aws:cloudfront::{call.account}:distribution/{held.id}",
        "Status": "Deployed",
        "LastModifiedTime": held.last_modified_time,
        "DomainName": held.domain_name,
    }


def summary(config: dict[str, Any]) -> dict[str, Any]:
    """The part of a configuration that lists show."""
    return {name: config[name] for name in SHOWN if name in config}


def completed(config: dict[str, Any]) -> dict[str, Any]:
    """The configuration with AWS's defaults."""
    defaults = {
        "PriceClass": "PriceClass_All", "HttpVersion": "http2", "IsIPV6Enabled": True, "Aliases": {"Quantity": 0},
        "CacheBehaviors": {"Quantity": 0}, "CustomErrorResponses": {"Quantity": 0}, "DefaultRootObject": "",
        "WebACLId": "",
    }  # fmt: skip
    return defaults | config


def check_times(config: dict[str, Any]) -> None:
    """Refuse times to live out of order, or beside a cache policy."""
    behaviors = (config.get("CacheBehaviors") or {}).get("Items") or []
    for behavior in [config["DefaultCacheBehavior"], *behaviors]:
        times = [behavior[name] for name in TIMES if name in behavior]
        if times and behavior.get("CachePolicyId"):
            raise AWSError("InvalidArgument", "The parameter MinTTL cannot be used with a cache policy.", 400)
        if times != sorted(times):
            raise AWSError("InvalidTTLOrder", "The order of the times to live is not valid.", 400)
