"""Amazon EC2: snapshots, images and addresses, and when they are in use."""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

GIB = 1 << 30


@handles("ec2", "DescribeSnapshots")
def describe_snapshots(call: Call) -> dict[str, Any]:
    """Those of the owners that are asked for, with the size that EC2 tells."""
    wanted = call.parameters
    if wanted.get("SnapshotIds") and wanted.get("MaxResults"):
        raise AWSError("InvalidParameterCombination", "MaxResults does not go with snapshot IDs.", 400)
    _check(wanted.get("Filters") or [])
    owners = {call.account if owner == "self" else owner for owner in wanted.get("OwnerIds") or []}
    answer = call.with_parameters(_without(wanted, "OwnerIds", "MaxResults")).moto()
    found = [item for item in answer.get("Snapshots") or [] if not owners or item["OwnerId"] in owners]
    for item in found:
        item["FullSnapshotSizeInBytes"] = item["VolumeSize"] * GIB
    return {"Snapshots": found}


@handles("ec2", "DeleteSnapshot")
def delete_snapshot(call: Call) -> None:
    """Refuse what AWS Backup keeps; moto refuses what an image uses."""
    snapshot = call.backend("ec2").snapshots.get(call.parameters["SnapshotId"])
    tags = snapshot.get_tags() if snapshot else []
    if any(tag["key"].startswith("aws:backup:") for tag in tags):
        message = "This snapshot is managed by the AWS Backup service and cannot be deleted via EC2 APIs."
        raise AWSError("InvalidParameterValue", message, 400)


@handles("ec2", "DescribeImages")
def describe_images(call: Call) -> dict[str, Any]:
    """Let a filter look at the snapshots of images, and leave out disabled ones unasked."""
    wanted = call.parameters
    filters = wanted.get("Filters") or []
    _check(filters)
    name = "block-device-mapping.snapshot-id"
    snapshots = [set(item["Values"]) for item in filters if item["Name"] == name]
    parameters = _without(wanted, "Filters", "MaxResults", "IncludeDisabled", "IncludeDeprecated")
    if kept := [item for item in filters if item["Name"] != name]:
        parameters["Filters"] = kept
    images = []
    for image in call.with_parameters(parameters).moto().get("Images") or []:
        devices = image.get("BlockDeviceMappings") or []
        used = {(device.get("Ebs") or {}).get("SnapshotId") for device in devices}
        shown = image["State"] != "disabled" or wanted.get("IncludeDisabled")
        if shown and all(used & some for some in snapshots):
            images.append(image)
    return {"Images": images}


@handles("ec2", "ReleaseAddress")
def release_address(call: Call) -> None:
    """Refuse an address in use; in the default VPC EC2 disassociates it by itself."""
    ec2, name = call.backend("ec2"), call.parameters.get("AllocationId")
    for address in ec2.addresses:
        if address.allocation_id != name or address.eni is None:
            continue
        if not ec2.get_vpc(address.eni.subnet.vpc_id).is_default:
            raise AWSError("InvalidIPAddress.InUse", f"Address {address.public_ip} is in use.", 400)


def _check(filters: list[dict[str, Any]]) -> None:
    if any(len(item.get("Values") or []) > 200 for item in filters):
        raise AWSError("FilterLimitExceeded", "The maximum number of filter values is 200.", 400)


def _without(parameters: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if name not in names and value != []}
