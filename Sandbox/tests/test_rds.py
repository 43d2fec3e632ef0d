"""RDS: changes that AWS refuses, and what waits for the maintenance window."""

from __future__ import annotations

from .support import SandboxTest


class DatabaseTests(SandboxTest):
    def setUp(self) -> None:
        super().setUp()
        self.rds = self.client("rds")
        self.rds.create_db_instance(
            DBInstanceIdentifier="shop", DBInstanceClass="db.t3.small", Engine="postgres", AllocatedStorage=100,
            StorageType="gp2", MasterUsername="a", MasterUserPassword="password1",
        )

    def modify(self, **changes) -> str:
        return self.code_of(self.rds.modify_db_instance, DBInstanceIdentifier="shop", ApplyImmediately=True, **changes)

    def shop(self) -> dict:
        filters = [{"Name": "db-instance-id", "Values": ["shop", "none"]}]
        (found,) = self.rds.describe_db_instances(Filters=filters)["DBInstances"]
        return found

    def test_refusals(self) -> None:
        self.assertEqual(self.modify(AllocatedStorage=50), "InvalidParameterCombination")
        self.assertEqual(self.modify(DBInstanceClass="small"), "InvalidParameterValue")
        self.assertEqual(self.modify(Iops=4000), "InvalidParameterCombination")
        self.assertEqual(self.modify(BackupRetentionPeriod=36), "InvalidParameterValue")
        self.assertEqual(self.modify(MonitoringInterval=7), "InvalidParameterValue")
        self.assertEqual(self.modify(MonitoringInterval=60), "InvalidParameterCombination")

    def test_storage_once_in_six_hours(self) -> None:
        self.rds.modify_db_instance(DBInstanceIdentifier="shop", ApplyImmediately=True, StorageType="gp3")
        self.assertEqual(self.shop()["StorageType"], "gp3")
        self.assertEqual(self.modify(AllocatedStorage=200), "InvalidParameterCombination")

    def test_waits_for_the_window(self) -> None:
        self.rds.modify_db_instance(DBInstanceIdentifier="shop", DBInstanceClass="db.t3.large")
        found = self.shop()
        self.assertEqual(found["DBInstanceClass"], "db.t3.small")
        self.assertEqual(found["PendingModifiedValues"], {"DBInstanceClass": "db.t3.large"})
        self.rds.modify_db_instance(
            DBInstanceIdentifier="shop", ApplyImmediately=True, EnablePerformanceInsights=True
        )
        found = self.shop()
        self.assertEqual(found["DBInstanceClass"], "db.t3.large")
        self.assertFalse(found.get("PendingModifiedValues"))
        self.assertTrue(found["PerformanceInsightsEnabled"])

    def test_stopped(self) -> None:
        self.rds.stop_db_instance(DBInstanceIdentifier="shop")
        self.assertEqual(self.modify(DBInstanceClass="db.t3.large"), "InvalidDBInstanceState")

    def test_capacity(self) -> None:
        def cluster(name: str, version: str) -> None:
            self.rds.create_db_cluster(
                DBClusterIdentifier=name, Engine="aurora-postgresql", EngineVersion=version, MasterUsername="a",
                MasterUserPassword="password1", ServerlessV2ScalingConfiguration={"MinCapacity": 0.5, "MaxCapacity": 8},
            )

        def refused(name: str, **capacity) -> str:
            return self.code_of(
                self.rds.modify_db_cluster, DBClusterIdentifier=name, ServerlessV2ScalingConfiguration=capacity
            )

        cluster("new", "16.4")
        cluster("old", "15.3")
        self.assertEqual(refused("old", MinCapacity=0, MaxCapacity=8), "InvalidParameterValue")
        self.assertEqual(refused("new", MinCapacity=9, MaxCapacity=8), "InvalidParameterValue")
        self.assertEqual(refused("new", MinCapacity=0.7, MaxCapacity=8), "InvalidParameterValue")
        self.assertEqual(refused("new", MinCapacity=1, MaxCapacity=8, SecondsUntilAutoPause=300), "InvalidParameterValue")
        self.rds.modify_db_cluster(
            DBClusterIdentifier="new", ServerlessV2ScalingConfiguration={"MinCapacity": 0, "MaxCapacity": 4}
        )
        (found,) = self.rds.describe_db_clusters(DBClusterIdentifier="new")["DBClusters"]
        self.assertEqual(
            found["ServerlessV2ScalingConfiguration"],
            {"MinCapacity": 0, "MaxCapacity": 4, "SecondsUntilAutoPause": 300},
        )
