"""An instance, and an Aurora cluster with a serverless instance."""


def setup(aws):
    rds = aws("rds")
    for name in ("shop", "other"):
        rds.create_db_instance(
            DBInstanceIdentifier=name, DBInstanceClass="db.t3.medium", Engine="postgres", AllocatedStorage=100,
            StorageType="gp2", MasterUsername="admin1", MasterUserPassword="hidden-password",
            BackupRetentionPeriod=7, Tags=[{"Key": "team", "Value": "shop"}],
        )
    rds.create_db_cluster(
        DBClusterIdentifier="orders", Engine="aurora-postgresql", EngineVersion="16.4", MasterUsername="admin1",
        MasterUserPassword="hidden-password", ServerlessV2ScalingConfiguration={"MinCapacity": 0.5, "MaxCapacity": 8},
    )
    rds.create_db_instance(
        DBInstanceIdentifier="orders-1", DBInstanceClass="db.serverless", Engine="aurora-postgresql",
        DBClusterIdentifier="orders",
    )


OWNED = ("DBInstanceClass", "BackupRetentionPeriod", "MonitoringInterval", "MonitoringRoleArn",
         "EnhancedMonitoringResourceArn", "PerformanceInsightsEnabled", "ServerlessV2ScalingConfiguration")
MOVING = ("LatestRestorableTime", "EarliestRestorableTime")


def picture(aws):
    rds = aws("rds")
    found = {i["DBInstanceIdentifier"]: i for i in rds.describe_db_instances()["DBInstances"]}
    found |= {c["DBClusterIdentifier"]: c for c in rds.describe_db_clusters()["DBClusters"]}
    owned = {name: {k: found[name].get(k) for k in OWNED} for name in ("shop", "orders")}
    rest = {n: {k: v for k, v in d.items() if k not in (MOVING + (() if n == "other" else OWNED))}
            for n, d in found.items()}
    return {"owned": owned, "rest": rest}


def meddle(aws):
    rds = aws("rds")
    rds.modify_db_instance(
        DBInstanceIdentifier="shop", ApplyImmediately=True, DBInstanceClass="db.t3.large", DeletionProtection=True
    )
    rds.modify_db_cluster(
        DBClusterIdentifier="orders", ServerlessV2ScalingConfiguration={"MinCapacity": 4, "MaxCapacity": 64}
    )
