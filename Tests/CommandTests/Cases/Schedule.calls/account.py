"""An Aurora cluster, an instance and a node group, the role that changes them, and a schedule of somebody else's."""

import json

OURS = ("nights-", "finals-", "weekends-")


def setup(aws):
    trust = {"Effect": "Allow", "Principal": {"Service": "scheduler.amazonaws.com"}, "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = aws("iam").create_role(Path="/team/", RoleName="weir-scheduler", AssumeRolePolicyDocument=policy)["Role"]
    rds = aws("rds")
    rds.create_db_cluster(
        DBClusterIdentifier="orders", Engine="aurora-postgresql", EngineVersion="16.4", MasterUsername="admin1",
        MasterUserPassword="hidden-password", ServerlessV2ScalingConfiguration={"MinCapacity": 0.5, "MaxCapacity": 8},
    )
    rds.create_db_instance(
        DBInstanceIdentifier="shop", DBInstanceClass="db.t4g.medium", Engine="postgres", AllocatedStorage=100,
        MasterUsername="admin1", MasterUserPassword="hidden-password",
    )
    eks = aws("eks")
    nodes = "arn:aws:iam::123456789012:role/nodes"
    eks.create_cluster(name="shop", roleArn=nodes, resourcesVpcConfig={"subnetIds": ["subnet-1", "subnet-2"]})
    eks.create_nodegroup(
        clusterName="shop", nodegroupName="workers", subnets=["subnet-1"], nodeRole=nodes,
        instanceTypes=["t3.medium"], scalingConfig={"minSize": 2, "maxSize": 6, "desiredSize": 3},
    )
    aws("scheduler").create_schedule(
        Name="theirs", ScheduleExpression="cron(0 6 * * ? *)", FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": "arn:aws:scheduler:::aws-sdk:rds:stopDBInstance", "RoleArn": role["Arn"],
                "Input": '{"DbInstanceIdentifier": "shop"}'},
    )


def picture(aws):
    all_schedules = sorted(aws.schedules(), key=lambda found: found["Name"])
    ours = [found for found in all_schedules if found["Name"].startswith(OURS)]
    cluster = aws("rds").describe_db_clusters()["DBClusters"][0]["ServerlessV2ScalingConfiguration"]
    role = aws("iam").get_role(RoleName="weir-scheduler")["Role"]
    role.pop("RoleLastUsed", None)
    return {
        "owned": ours,
        "rest": [[found for found in all_schedules if found not in ours], cluster, role],
    }


def meddle(aws):
    scheduler = aws("scheduler")
    ours = [found for found in aws.schedules() if found["Name"].startswith(OURS)]
    for found, change in ((ours[0], {"State": "DISABLED"}), (ours[-1], {"ScheduleExpression": "cron(1 1 * * ? *)"})):
        found.pop("Arn")
        scheduler.update_schedule(**(found | change))
    scheduler.delete_schedule(Name="theirs")
