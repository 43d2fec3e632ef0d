"""A VPC with an endpoint of somebody else's, and one that Weir adopts."""

SERVICES = ("s3", "dynamodb", "ecr.dkr")


def setup(aws):
    ec2 = aws("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=tagged("vpc", "main"))["Vpc"]["VpcId"]
    for index in (1, 2):
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{index}.0/24", TagSpecifications=tagged("subnet", f"{index}"))
        ec2.create_route_table(VpcId=vpc, TagSpecifications=tagged("route-table", f"{index}"))
    ec2.create_security_group(GroupName="endpoints", Description="endpoints", VpcId=vpc)
    ids = values(aws)
    create(aws, "ssm", "Interface", SubnetIds=[ids["subnet"]])
    create(aws, "dynamodb", "Gateway", RouteTableIds=[ids["table2"]])


def tagged(kind, name):
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]


def values(aws):
    ec2 = aws("ec2")

    def one(found, name):
        return next(x for x in found if {"Key": "Name", "Value": name} in x.get("Tags", []))

    vpc = one(ec2.describe_vpcs()["Vpcs"], "main")["VpcId"]
    tables, subnets = ec2.describe_route_tables()["RouteTables"], ec2.describe_subnets()["Subnets"]
    groups = ec2.describe_security_groups()["SecurityGroups"]
    return {
        "vpc": vpc,
        "table": one(tables, "1")["RouteTableId"],
        "table2": one(tables, "2")["RouteTableId"],
        "subnet": one(subnets, "1")["SubnetId"],
        "subnet2": one(subnets, "2")["SubnetId"],
        "group": next(g["GroupId"] for g in groups if g["GroupName"] == "endpoints"),
    }


def create(aws, service, kind, **more):
    name = f"com.amazonaws.us-east-2.{service}"
    aws("ec2").create_vpc_endpoint(VpcId=values(aws)["vpc"], ServiceName=name, VpcEndpointType=kind, **more)


def endpoints(aws):
    found = aws("ec2").describe_vpc_endpoints()["VpcEndpoints"]
    return {e["ServiceName"].partition("us-east-2.")[2]: e for e in found if e["State"] != "deleted"}


def picture(aws):
    shown = {
        service: {
            "type": e["VpcEndpointType"],
            "tables": sorted(e.get("RouteTableIds", [])),
            "subnets": sorted(e.get("SubnetIds", [])),
            "groups": sorted(g["GroupId"] for g in e.get("Groups", [])),
            "dns": bool(e.get("PrivateDnsEnabled")),
        }
        for service, e in endpoints(aws).items()
    }
    return {"owned": {s: e for s, e in shown.items() if s in SERVICES}, "rest": shown["ssm"]}


def meddle(aws):
    ec2, found, ids = aws("ec2"), endpoints(aws), values(aws)
    ec2.modify_vpc_endpoint(VpcEndpointId=found["s3"]["VpcEndpointId"], AddRouteTableIds=[ids["table2"]])
    ec2.modify_vpc_endpoint(VpcEndpointId=found["ssm"]["VpcEndpointId"], AddSubnetIds=[ids["subnet2"]])
    ec2.delete_vpc_endpoints(VpcEndpointIds=[found["ecr.dkr"]["VpcEndpointId"]])
