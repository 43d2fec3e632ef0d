"""Amazon EFS: the throughput of a file system, which moto does not change, and what EFS refuses."""

from __future__ import annotations

import time
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

DAY = 86_400
MOST = 3414


def _system(call: Call) -> Any:
    name = call.parameters["FileSystemId"].rpartition("/")[2]
    system = call.backend("efs").file_systems_by_id.get(name)
    if system is None:
        raise AWSError("FileSystemNotFound", f"File system '{name}' does not exist.", 404)
    return system


@handles("efs", "UpdateFileSystem")
def update_file_system(call: Call) -> dict[str, Any]:
    """Change mode and throughput: the mode, and downwards, once within 24 hours."""
    system, wanted = _system(call), call.parameters
    mode = wanted.get("ThroughputMode", system.throughput_mode)
    speed = wanted.get("ProvisionedThroughputInMibps")
    if mode != "provisioned":
        if speed is not None:
            raise AWSError("BadRequest", "Provisioned throughput is only valid in provisioned mode.", 400)
    elif (speed := speed if speed is not None else system.provisioned_throughput_in_mibps) is None:
        raise AWSError("BadRequest", "Provisioned throughput is required in provisioned mode.", 400)
    elif not 1 <= float(speed) <= MOST:
        raise AWSError("ThroughputLimitExceeded", f"Provisioned throughput is at most {MOST} MiB/s.", 400)
    before = system.provisioned_throughput_in_mibps
    is_less = mode == system.throughput_mode == "provisioned" and float(speed) < float(before)
    if mode == system.throughput_mode and (mode != "provisioned" or float(speed) == float(before)):
        raise AWSError("BadRequest", "The file system already has this throughput.", 400)
    if mode != "elastic" and any("TransitionToArchive" in policy for policy in system.lifecycle_policies):
        raise AWSError("BadRequest", "A file system with a transition to Archive must stay elastic.", 400)
    if is_less or mode != system.throughput_mode:
        changes = call.state("throughput decreases")
        if changes.get(system.file_system_id, 0) > time.time() - DAY:
            raise AWSError(
                "TooManyRequests", "You must wait at least 24 hours between decreases or changes of the mode.", 429
            )
        changes[system.file_system_id] = time.time()
    system.throughput_mode = mode
    system.provisioned_throughput_in_mibps = float(speed) if mode == "provisioned" else None
    return _shown(system)


@handles("efs", "PutLifecycleConfiguration")
def put_lifecycle(call: Call) -> None:
    """Refuse a configuration that EFS refuses."""
    system, policies = _system(call), call.parameters["LifecyclePolicies"]
    names = [name for policy in policies for name in policy]
    if any(len(policy) != 1 for policy in policies) or len(set(names)) != len(names):
        raise AWSError("BadRequest", "Each LifecyclePolicy object has a single transition, each once.", 400)
    rules = {name: value for policy in policies for name, value in policy.items()}
    if "TransitionToArchive" in rules:
        if system.throughput_mode != "elastic":
            raise AWSError("BadRequest", "The Archive class needs elastic throughput.", 400)
        if "TransitionToIA" in rules and _days(rules["TransitionToIA"]) >= _days(rules["TransitionToArchive"]):
            raise AWSError("BadRequest", "TransitionToArchive must be later than TransitionToIA.", 400)


@handles("efs", "DescribeFileSystems")
def describe_file_systems(call: Call) -> dict[str, Any]:
    """All file systems, or one, with what moto leaves out."""
    systems = call.backend("efs").file_systems_by_id.values()
    if call.parameters.get("FileSystemId"):
        systems = [_system(call)]
    token = call.parameters.get("CreationToken")
    return {"FileSystems": [_shown(item) for item in systems if token in (None, item.creation_token)]}


def _shown(system: Any) -> dict[str, Any]:
    shown = {name: value for name, value in system.info_json().items() if value is not None}
    shown["FileSystemProtection"] = {"ReplicationOverwriteProtection": "ENABLED"}
    return shown


def _days(word: str) -> int:
    return int(word.split("_")[1])
