"""Endpoints of VPCs: what goes with which type, and filters by VPC."""

from __future__ import annotations

from .support import SandboxTest


class EndpointTests(SandboxTest):
    def test_types_and_filters(self) -> None:
        ec2 = self.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
        s3 = {"VpcId": vpc, "ServiceName": "com.amazonaws.us-east-2.s3", "VpcEndpointType": "Gateway"}
        create = ec2.create_vpc_endpoint
        create(**s3, RouteTableIds=[table])
        self.assertEqual(self.code_of(create, **s3), "RouteAlreadyExists")
        self.assertEqual(self.code_of(create, **(s3 | {"SubnetIds": [subnet]})), "InvalidParameter")
        ecr = {"VpcId": vpc, "ServiceName": "com.amazonaws.us-east-2.ecr.dkr"}
        self.assertEqual(self.code_of(create, **ecr, VpcEndpointType="Gateway"), "InvalidParameter")
        made = create(**ecr, VpcEndpointType="Interface", SubnetIds=[subnet])["VpcEndpoint"]["VpcEndpointId"]
        ec2.modify_vpc_endpoint(VpcEndpointId=made, PrivateDnsEnabled=True)

        def found(name: str) -> dict:
            filters = [{"Name": "vpc-id", "Values": [name]}]
            return {e["VpcEndpointId"]: e for e in ec2.describe_vpc_endpoints(Filters=filters)["VpcEndpoints"]}

        self.assertEqual((len(found(vpc)), len(found("vpc-00000000"))), (2, 0))
        self.assertTrue(found(vpc)[made]["PrivateDnsEnabled"])
        ec2.delete_vpc_endpoints(VpcEndpointIds=[made])
        self.assertNotEqual(found(vpc).get(made, {"State": "deleted"})["State"], "available")
