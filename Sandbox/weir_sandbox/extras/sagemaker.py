"""SageMaker: endpoints that are there already, and what is not in the right state."""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

LOOKS = 2
"""How many looks at a new endpoint find it being created."""


@handles("sagemaker", "CreateEndpoint")
def create_endpoint(call: Call) -> None:
    """Refuse a name that is taken; moto would replace the endpoint."""
    name = call.parameters["EndpointName"]
    if name in call.backend("sagemaker").endpoints:
        raise AWSError("ValidationException", f'Cannot create already existing endpoint "{name}".', 400)
    call.state("endpoints-creating")[name] = LOOKS


@handles("sagemaker", "DescribeEndpoint")
def describe_endpoint(call: Call) -> dict[str, Any]:
    """The endpoint, which is being created for the first looks at it."""
    answer, looks = call.moto(), call.state("endpoints-creating")
    if is_creating(call, answer["EndpointName"]):
        looks[answer["EndpointName"]] -= 1
        answer["EndpointStatus"] = "Creating"
    return answer


def is_creating(call: Call, name: str) -> bool:
    """Whether an endpoint does not serve yet."""
    return call.state("endpoints-creating").get(name, 0) > 0


@handles("sagemaker", "StartNotebookInstance", "StopNotebookInstance")
def start_or_stop_notebook(call: Call) -> None:
    """Refuse one that is not in the state from which it is started or stopped."""
    found = call.backend("sagemaker").notebook_instances.get(call.parameters["NotebookInstanceName"])
    needed = "Stopped" if call.operation == "StartNotebookInstance" else "InService"
    if found is not None and found.status != needed:
        message = f"Status ({found.status}) not in ([{needed}, Failed]). Unable to transition."
        raise AWSError("ValidationException", message, 400)
