"""EKS: the sizes, labels and taints that a node group may have."""

from __future__ import annotations

from ..call import Call
from ..errors import AWSError
from . import handles

EFFECTS = {"NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"}


def invalid(message: str) -> AWSError:
    return AWSError("InvalidParameterException", message, 400)


@handles("eks", "UpdateNodegroupConfig")
def update_nodegroup_config(call: Call) -> None:
    """Refuse sizes that do not fit together and taints that there are not; moto knows who is there."""
    wanted = call.parameters
    cluster = call.backend("eks").clusters.get(wanted.get("clusterName"))
    group = cluster.nodegroups.get(wanted["nodegroupName"]) if cluster else None
    if group is None:
        return
    if group.status != "ACTIVE":
        raise AWSError("ResourceInUseException", "Nodegroup cannot be updated as it is currently not active.", 409)
    sizes = {**group.scaling_config, **wanted.get("scalingConfig", {})}
    if sizes["maxSize"] < 1:
        raise invalid("maxSize must be at least 1")
    if sizes["minSize"] > sizes["desiredSize"]:
        raise invalid(f"Minimum capacity {sizes['minSize']} can't be greater than desired size {sizes['desiredSize']}")
    if sizes["desiredSize"] > sizes["maxSize"]:
        raise invalid(f"desired capacity {sizes['desiredSize']} can't be greater than max size {sizes['maxSize']}")
    taints = wanted.get("taints", {})
    for taint in taints.get("addOrUpdateTaints", []) + taints.get("removeTaints", []):
        if taint.get("effect") not in EFFECTS or not taint.get("key"):
            raise invalid(f"Invalid taint: {taint}")
