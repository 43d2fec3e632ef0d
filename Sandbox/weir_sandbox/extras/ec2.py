"""Amazon EC2: what EBS refuses to do with volumes, and how it describes them."""

from __future__ import annotations

import time
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import ec2_filters, handles

ec2_filters.install()

SIZES = {
    "gp2": (1, 16_384), "gp3": (1, 65_536), "io1": (4, 16_384), "io2": (4, 65_536), "st1": (125, 16_384),
    "sc1": (125, 16_384), "standard": (1, 1024),
}  # fmt: skip
IOPS = {"gp3": (3000, 80_000, 500), "io1": (100, 64_000, 50), "io2": (100, 256_000, 1000)}
"""The least, the most, and the most for each GiB."""
DAY = 86_400
MODIFICATIONS_A_DAY = 4


@handles("ec2", "ModifyVolume")
def modify_volume(call: Call) -> dict[str, Any]:
    """Refuse what EBS refuses, and let a volume of a new type begin with the type's own speed."""
    wanted = call.parameters
    volume = call.backend("ec2").volumes.get(wanted["VolumeId"])
    if volume is None:
        raise AWSError("InvalidVolume.NotFound", f"The volume '{wanted['VolumeId']}' does not exist.", 400)
    kind = wanted.get("VolumeType", volume.volume_type)
    iops, throughput = _speed(volume, wanted, kind)
    if int(wanted.get("Size", volume.size)) < volume.size:
        raise AWSError("InvalidParameterValue", "New size cannot be smaller than existing size", 400)
    if (kind, iops, throughput) == (volume.volume_type, *_speed(volume, {}, volume.volume_type)):
        if int(wanted.get("Size", volume.size)) == volume.size:
            raise AWSError("InvalidParameterValue", "The volume is already as wanted.", 400)
    times = call.state("volume modifications").setdefault(volume.id, [])
    times[:] = [moment for moment in times if moment > time.time() - DAY]
    if len(times) >= MODIFICATIONS_A_DAY:
        raise AWSError(
            "VolumeModificationRateExceeded",
            f"You've reached the maximum modification rate per volume limit. Try again in {_wait(times)} seconds.",
            400,
        )
    answer = call.moto()
    times.append(time.time())
    volume.iops, volume.throughput = iops, throughput
    return answer


@handles("ec2", "DescribeVolumes")
def describe_volumes(call: Call) -> dict[str, Any]:
    """Let filters look at the type, which moto cannot, and tell the speed of every volume."""
    filters = call.parameters.get("Filters") or []
    if call.parameters.get("VolumeIds") and call.parameters.get("MaxResults"):
        raise AWSError("InvalidParameterCombination", "MaxResults does not go with volume IDs.", 400)
    if any(len(item.get("Values") or []) > 200 for item in filters):
        raise AWSError("FilterLimitExceeded", "The maximum number of filter values is 200.", 400)
    kept = [item for item in filters if item["Name"] != "volume-type"]
    kinds = [set(item["Values"]) for item in filters if item["Name"] == "volume-type"]
    parameters = {key: value for key, value in call.parameters.items() if key not in ("Filters", "MaxResults")}
    answer = call.with_parameters(parameters | ({"Filters": kept} if kept else {})).moto()
    volumes = [item for item in answer.get("Volumes") or [] if all(item["VolumeType"] in kind for kind in kinds)]
    for item in volumes:
        size, kind = item["Size"], item["VolumeType"]
        if kind == "gp2":
            item["Iops"] = min(max(size * 3, 100), 16_000)
        elif kind == "gp3":
            item["Iops"] = item.get("Iops") or 3000
            item["Throughput"] = item.get("Throughput") or 125
    return {"Volumes": volumes}


@handles("ec2", "DescribeVolumesModifications")
def describe_modifications(call: Call) -> dict[str, Any]:
    """The latest modification of each volume, by its state too; here all are completed at once."""
    for item in call.parameters.get("Filters") or []:
        if item["Name"] == "modification-state" and "completed" not in item["Values"]:
            return {"VolumesModifications": []}
    kept = [item for item in call.parameters.get("Filters") or [] if item["Name"] != "modification-state"]
    parameters = {key: value for key, value in call.parameters.items() if key not in ("Filters", "MaxResults")}
    answer = call.with_parameters(parameters | ({"Filters": kept} if kept else {})).moto()
    latest = {item["VolumeId"]: item for item in answer.get("VolumesModifications") or []}
    return {"VolumesModifications": list(latest.values())}


def _speed(volume: Any, wanted: dict[str, Any], kind: str) -> tuple[int | None, int | None]:
    """The IOPS and the MiB/s after a modification, or the refusal."""
    same = kind == volume.volume_type
    least_size, most_size = SIZES[kind]
    size = int(wanted.get("Size", volume.size))
    if not least_size <= size <= most_size:
        raise AWSError("InvalidParameterValue", f"Volume of {size}GiB is not valid for volume type {kind}.", 400)
    iops, throughput = wanted.get("Iops"), wanted.get("Throughput")
    if kind not in IOPS:
        if iops is not None:
            raise AWSError("InvalidParameterCombination", f"Iops is not supported for volume type {kind}", 400)
    else:
        iops = int(iops if iops is not None else (volume.iops if same and volume.iops else 3000))
        least, most, ratio = IOPS[kind]
        if wanted and not least <= iops <= min(most, max(size * ratio, least)):
            raise AWSError("InvalidParameterValue", f"Volume iops of {iops} is not valid for {size}GiB of {kind}.", 400)
    if kind != "gp3":
        if throughput is not None:
            raise AWSError(
                "InvalidParameterCombination", f"Throughput is not supported for volume type {kind}", 400
            )
        return iops, None
    throughput = int(throughput if throughput is not None else (volume.throughput if same and volume.throughput else 125))
    if wanted and not 125 <= throughput <= min(2000, iops * 0.25):
        raise AWSError("InvalidParameterValue", f"Throughput of {throughput} is not valid with {iops} iops.", 400)
    return iops, throughput


def _wait(times: list[float]) -> int:
    return int(min(times) + DAY - time.time()) + 1
