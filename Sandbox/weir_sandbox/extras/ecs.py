"""Amazon ECS: services that keep what they are given, and whose tasks run at once."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

from botocore import xform_name

from ..call import Call
from ..errors import AWSError
from . import handles
from .task_definitions import active_definition

MAXIMUM_SERVICES = 10
KEPT_BY_CREATE = (
    "capacityProviderStrategy", "deploymentConfiguration", "healthCheckGracePeriodSeconds",
    "enableECSManagedTags", "enableExecuteCommand", "availabilityZoneRebalancing", "placementConstraints",
    "placementStrategy",
)  # fmt: skip
"""Members of CreateService that moto drops."""
NOT_PROPERTIES = ("cluster", "service", "taskDefinition", "forceNewDeployment")
STARTS_DEPLOYMENT = ("platformVersion", "networkConfiguration", "loadBalancers", "serviceRegistries")
PLATFORM_VERSION = "1.4.0"
DEFAULTS = {
    "deployment_configuration": {
        "deploymentCircuitBreaker": {"enable": False, "rollback": False},
        "maximumPercent": 200,
        "minimumHealthyPercent": 100,
    },
    "health_check_grace_period_seconds": 0,
    "enable_ecs_managed_tags": False,
    "enable_execute_command": False,
    "availability_zone_rebalancing": "DISABLED",
    "placement_constraints": [],
    "placement_strategy": [],
}


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _invalid(message: str) -> AWSError:
    return AWSError("InvalidParameterException", message, 400)


@handles("ecs", "CreateService")
def create_service(call: Call) -> dict:
    """Create a service whose tasks all run at once."""
    parameters = call.parameters
    backend, name = call.backend("ecs"), parameters["serviceName"]
    key = _key(call, parameters.get("cluster"), name)
    if key in backend.services and backend.services[key].status == "ACTIVE":
        raise _invalid("Creation of service was not idempotent.")
    if parameters.get("launchType") and parameters.get("capacityProviderStrategy"):
        raise _invalid("Specifying both a launch type and capacity provider strategy is not supported.")
    if parameters.get("desiredCount", 0) < 0:
        raise _invalid("Desired count must not be negative.")
    _check_strategy(call, parameters)
    if parameters.get("taskDefinition"):
        active_definition(call, parameters["taskDefinition"])
    call.with_parameters(_with_groups(parameters)).moto()
    service = backend.services[key]
    for name, value in deepcopy(DEFAULTS).items():
        setattr(service, name, value)
    for name in KEPT_BY_CREATE:
        if parameters.get(name) is not None:
            setattr(service, xform_name(name), _merged(service, name, parameters[name]))
    if parameters.get("capacityProviderStrategy"):
        service.launch_type = None
    service.created_at = _now()
    service.created_by = call.credentials.arn if call.credentials else None
    service.platform_family = "Linux"
    _deploy(service)
    settle(service, service.desired_count)
    return {"service": service}


def _with_groups(parameters: dict[str, Any]) -> dict[str, Any]:
    """The same, with no security groups where none are given: moto wants the member, AWS takes the VPC's own."""
    network = (parameters.get("networkConfiguration") or {}).get("awsvpcConfiguration")
    if not network:
        return parameters
    return parameters | {"networkConfiguration": {"awsvpcConfiguration": {"securityGroups": []} | network}}


@handles("ecs", "UpdateService")
def update_service(call: Call) -> dict:
    """Change what is given and leave the rest; a new task definition starts a new deployment."""
    parameters = call.parameters
    name = parameters["service"].rsplit("/", 1)[-1]
    service = call.backend("ecs").services.get(_key(call, parameters.get("cluster"), name))
    if service is None:
        raise AWSError("ServiceNotFoundException", "Service not found.", 400)
    if service.status != "ACTIVE":
        raise AWSError("ServiceNotActiveException", "Service was not ACTIVE.", 400)
    if parameters.get("desiredCount", 0) < 0:
        raise _invalid("Desired count must not be negative.")
    _check_strategy(call, parameters)
    _take_strategy(service, parameters.get("capacityProviderStrategy"))
    deploys = bool(parameters.get("forceNewDeployment"))
    if parameters.get("taskDefinition"):
        arn = active_definition(call, parameters["taskDefinition"]).arn
        deploys = deploys or arn != service.task_definition
        service.task_definition = arn
    for member, value in parameters.items():
        if member in NOT_PROPERTIES or value is None:
            continue
        attribute = xform_name(member)
        deploys = deploys or (member in STARTS_DEPLOYMENT and getattr(service, attribute, None) != value)
        setattr(service, attribute, _merged(service, member, value))
    if deploys:
        _deploy(service)
    settle(service, service.desired_count)
    return {"service": service}


def _check_strategy(call: Call, parameters: dict[str, Any]) -> None:
    strategy = parameters.get("capacityProviderStrategy")
    if not strategy:
        return
    names = {item["capacityProvider"] for item in strategy}
    if len(names) < len(strategy):
        raise _invalid("A capacity provider must not be given twice.")
    if not any(item.get("weight") for item in strategy):
        raise _invalid("At least one capacity provider must have a weight above 0.")
    if sum(bool(item.get("base")) for item in strategy) > 1:
        raise _invalid("Only one capacity provider can have a base.")
    if names & {"FARGATE", "FARGATE_SPOT"} and names - {"FARGATE", "FARGATE_SPOT"}:
        raise _invalid("Fargate capacity providers cannot be mixed with others.")
    cluster = call.backend("ecs").clusters.get((parameters.get("cluster") or "default").rsplit("/", 1)[-1])
    if cluster and names - set(cluster.capacity_providers or []):
        raise _invalid(
            "The specified capacity provider strategy cannot contain a capacity provider that is not associated with"
            " the cluster. Associate the capacity provider with the cluster and try again."
        )


def _take_strategy(service: Any, strategy: list[dict[str, Any]] | None) -> None:
    """A strategy replaces the launch type; an empty one leads back to it."""
    if strategy:
        service.launch_type_before = service.launch_type or getattr(service, "launch_type_before", None)
        service.launch_type = None
    elif strategy is not None and not service.launch_type:
        service.launch_type = getattr(service, "launch_type_before", None) or "FARGATE"


@handles("ecs", "DeleteService")
def delete_service(call: Call) -> dict:
    """Delete a service; it stays visible as INACTIVE."""
    call.moto()
    name = call.parameters["service"].rsplit("/", 1)[-1]
    service = call.backend("ecs").services[_key(call, call.parameters.get("cluster"), name)]
    settle(service, 0)
    service.status = "INACTIVE"
    return {"service": service}


@handles("ecs", "DescribeServices")
def describe_services(call: Call) -> None:
    """Only up to ten services."""
    names = call.parameters["services"]
    if not names:
        raise _invalid("Services cannot be empty.")
    if len(names) > MAXIMUM_SERVICES:
        raise _invalid("Services cannot have more than 10 elements.")


@handles("ecs", "ListServices")
def list_services(call: Call) -> dict:
    """The services that are not deleted."""
    answer, services = call.moto(), call.backend("ecs").services.values()
    active = {service.arn for service in services if service.status != "INACTIVE"}
    return {"serviceArns": [arn for arn in answer["serviceArns"] if arn in active]}


@handles("ecs", "DescribeClusters")
def describe_clusters(call: Call) -> None:
    """Clusters, with counts that add up."""
    backend = call.backend("ecs")
    for cluster in backend.clusters.values():
        services = [s for s in backend.services.values() if s.cluster_name == cluster.name and s.status == "ACTIVE"]
        cluster.active_services_count = len(services)
        cluster.running_tasks_count = sum(service.running_count for service in services)
        cluster.pending_tasks_count = 0


def settle(service: Any, desired: int) -> None:
    """Make the service's tasks run at once: the sandbox starts and stops them in no time."""
    service.desired_count = service.running_count = desired
    service.pending_count = 0
    for deployment in service.deployments[:1]:
        deployment.update(
            desiredCount=desired, runningCount=desired, pendingCount=0, failedTasks=0, updatedAt=_now(),
            rolloutState="COMPLETED", rolloutStateReason=f"ECS deployment {deployment['id']} completed.",
        )  # fmt: skip
    service.events = [
        {"id": str(uuid4()), "createdAt": _now(), "message": f"(service {service.name}) has reached a steady state."},
        *service.events,
    ][:100]


def _deploy(service: Any) -> None:
    if service.deployment_controller.get("type", "ECS") != "ECS":
        return
    version = service.platform_version
    deployment = {
        "id": f"ecs-svc/{uuid4().int % 10**19:019d}",
        "status": "PRIMARY",
        "taskDefinition": service.task_definition,
        "createdAt": _now(),
        "launchType": service.launch_type,
        "capacityProviderStrategy": getattr(service, "capacity_provider_strategy", None),
        "platformVersion": PLATFORM_VERSION if version in (None, "LATEST") else version,
        "platformFamily": "Linux",
        "networkConfiguration": service.network_configuration or None,
    }
    service.deployments = [{name: value for name, value in deployment.items() if value is not None}]


def _merged(service: Any, member: str, value: Any) -> Any:
    """A deployment configuration keeps what the new one does not say; all else is replaced."""
    if member == "deploymentConfiguration":
        return (getattr(service, "deployment_configuration", None) or {}) | value
    return value


def _key(call: Call, cluster: str | None, name: str) -> str:
    found = call.backend("ecs").clusters.get((cluster or "default").rsplit("/", 1)[-1])
    if found is None or found.status != "ACTIVE":
        raise AWSError("ClusterNotFoundException", "Cluster not found.", 400)
    return f"{found.name}:{name}"
