"""Endpoints of VPCs: one gateway endpoint of a service in a VPC, filters by VPC, and private names."""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

GATEWAYS = ("s3", "dynamodb")
OTHERS = {"Gateway": ("SubnetIds", "SecurityGroupIds"), "Interface": ("RouteTableIds",)}


@handles("ec2", "CreateVpcEndpoint")
def create_endpoint(call: Call) -> None:
    """Refuse what does not go with the type of the endpoint, and a second gateway endpoint of a service."""
    wanted = call.parameters
    kind, service = wanted.get("VpcEndpointType") or "Gateway", wanted["ServiceName"]
    if not service.startswith(f"com.amazonaws.{call.region}."):
        raise AWSError("InvalidServiceName", f"The Vpc Endpoint Service '{service}' does not exist", 400)
    if kind == "Gateway" and service.rpartition(".")[2] not in GATEWAYS:
        raise AWSError("InvalidParameter", f"Endpoint type (Gateway) does not match available service types of {service}.")
    for name in OTHERS.get(kind, ()):
        if wanted.get(name):
            raise AWSError("InvalidParameter", f"{name} cannot be given for a {kind} endpoint.", 400)
    if kind == "Interface" and not wanted.get("SubnetIds"):
        raise AWSError("InvalidParameter", "The sandbox wants the subnets of an interface endpoint.", 400)
    ec2 = call.backend("ec2")
    for table in wanted.get("RouteTableIds") or []:
        ec2.get_route_table(table)
    for other in ec2.vpc_end_points.values():
        same = (other.vpc_id, other.service_name) == (wanted["VpcId"], service)
        if kind == "Gateway" and same and other.state != "deleted" and other.vpc_endpoint_type == "Gateway":
            raise AWSError("RouteAlreadyExists", f"There is an endpoint of {service} in {wanted['VpcId']}.", 400)


@handles("ec2", "ModifyVpcEndpoint")
def modify_endpoint(call: Call) -> dict[str, Any]:
    """Change an endpoint; moto passes over private names."""
    endpoint = call.backend("ec2").vpc_end_points.get(call.parameters["VpcEndpointId"])
    if endpoint is None or endpoint.state == "deleted":
        raise AWSError("InvalidVpcEndpointId.NotFound", "The Vpc Endpoint Id does not exist", 400)
    for name in OTHERS.get(endpoint.vpc_endpoint_type, ()):
        if call.parameters.get(f"Add{name}") or call.parameters.get(f"Remove{name}"):
            raise AWSError("InvalidParameter", f"{name} cannot be given for this endpoint.", 400)
    private = call.parameters.get("PrivateDnsEnabled")
    if private is not None:
        endpoint.private_dns_enabled = private
    return call.moto()


@handles("ec2", "DescribeVpcEndpoints")
def describe_endpoints(call: Call) -> dict[str, Any]:
    """List endpoints; of the filters `vpc-id` is ours, since moto has not got it."""
    filters = call.parameters.get("Filters") or []
    vpcs = [set(item["Values"]) for item in filters if item["Name"] == "vpc-id"]
    rest = {key: value for key, value in call.parameters.items() if key not in ("Filters", "MaxResults", "NextToken")}
    if others := [item for item in filters if item["Name"] != "vpc-id"]:
        rest["Filters"] = others
    answer = call.with_parameters(rest).moto()
    found = [item for item in answer.get("VpcEndpoints") or [] if all(item["VpcId"] in vpc for vpc in vpcs)]
    return answer | {"VpcEndpoints": found}
