"""What AWS refuses to stop or to make anew."""

from __future__ import annotations

from .support import SandboxTest


class ParkingTests(SandboxTest):
    def test_databases(self) -> None:
        rds = self.client("rds")
        login = {"MasterUsername": "a", "MasterUserPassword": "password1"}
        size = {"DBInstanceClass": "db.t3.small", "AllocatedStorage": 20}
        rds.create_db_instance(DBInstanceIdentifier="main", Engine="postgres", **size, **login)
        rds.create_db_instance_read_replica(DBInstanceIdentifier="copy", SourceDBInstanceIdentifier="main")
        rds.create_db_cluster(DBClusterIdentifier="orders", Engine="aurora-mysql", **login)
        rds.create_db_instance(
            DBInstanceIdentifier="member", DBInstanceClass="db.r5.large", Engine="aurora-mysql",
            DBClusterIdentifier="orders",
        )  # fmt: skip
        for name in ("main", "copy", "member"):
            self.assertEqual(self.code_of(rds.stop_db_instance, DBInstanceIdentifier=name), "InvalidParameterCombination")
        rds.stop_db_cluster(DBClusterIdentifier="orders")
        found = rds.describe_db_instances(DBInstanceIdentifier="member")["DBInstances"][0]
        self.assertEqual(found["DBInstanceStatus"], "stopped")

    def test_endpoints_and_notebooks(self) -> None:
        sagemaker = self.client("sagemaker")
        role = "arn:aws:iam::123456789012:role/models"
        sagemaker.create_model(ModelName="m", ExecutionRoleArn=role, PrimaryContainer={"Image": "i"})
        variant = {"VariantName": "all", "ModelName": "m", "InitialInstanceCount": 1, "InstanceType": "ml.m5.large"}
        sagemaker.create_endpoint_config(EndpointConfigName="c", ProductionVariants=[variant])
        sagemaker.create_endpoint(EndpointName="e", EndpointConfigName="c")
        refused = self.code_of(sagemaker.create_endpoint, EndpointName="e", EndpointConfigName="c")
        self.assertEqual(refused, "ValidationException")
        scaling = self.client("application-autoscaling")
        target = {
            "ServiceNamespace": "sagemaker", "ResourceId": "endpoint/e/variant/all", "MinCapacity": 1, "MaxCapacity": 2,
            "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
        }  # fmt: skip
        self.assertEqual(self.code_of(scaling.register_scalable_target, **target), "ValidationException")
        states = [sagemaker.describe_endpoint(EndpointName="e")["EndpointStatus"] for _ in range(3)]
        self.assertEqual(states, ["Creating", "Creating", "InService"])
        scaling.register_scalable_target(**target)
        sagemaker.create_notebook_instance(NotebookInstanceName="n", InstanceType="ml.t3.medium", RoleArn=role)
        refused = self.code_of(sagemaker.start_notebook_instance, NotebookInstanceName="n")
        self.assertEqual(refused, "ValidationException")
        sagemaker.stop_notebook_instance(NotebookInstanceName="n")
        sagemaker.start_notebook_instance(NotebookInstanceName="n")
