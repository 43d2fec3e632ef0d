"""Amazon EC2: instances that cannot be stopped."""

from __future__ import annotations

from ..call import Call
from ..errors import AWSError
from . import handles


@handles("ec2", "StopInstances")
def stop_instances(call: Call) -> None:
    """Refuse Spot Instances, and those whose root volume is an instance store."""
    backend = call.backend("ec2")
    for instance in backend.get_multi_instances_by_id(call.parameters["InstanceIds"]):
        if instance.lifecycle == "spot":
            message = f"You can't stop the Spot Instance '{instance.id}' because it is associated with a one-time request."
            raise AWSError("UnsupportedOperation", message, 400)
        if instance.root_device_type == "instance-store":
            message = f"The instance '{instance.id}' does not have an 'ebs' root device type and cannot be stopped."
            raise AWSError("UnsupportedOperation", message, 400)
