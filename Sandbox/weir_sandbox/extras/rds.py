"""RDS: what a change of an instance or a cluster may ask for, Performance Insights, and what waits for the window."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Any

from ..call import Call
from ..errors import AWSError
from . import handles

STORAGE = ("AllocatedStorage", "StorageType", "Iops", "StorageThroughput")
WAITING = ("DBInstanceClass", "AllocatedStorage", "StorageType", "Iops", "StorageThroughput", "BackupRetentionPeriod")
"""What waits for the maintenance window unless it is to be applied immediately."""
PAUSING = {13: 15, 14: 12, 15: 7, 16: 3}
"""The first minor version of each Aurora PostgreSQL that pauses."""


@handles("rds", "DescribeDBInstances")
def describe_db_instances(call: Call) -> dict[str, Any]:
    """Add what moto does not keep."""
    answer = call.moto()
    for instance in answer["DBInstances"]:
        kept = call.state("rds-instances").get(instance["DBInstanceIdentifier"], {})
        instance["PerformanceInsightsEnabled"] = kept.get("insights", False)
        instance["PendingModifiedValues"] = dict(kept.get("pending", {}))
    return answer


@handles("rds", "ModifyDBInstance")
def modify_db_instance(call: Call) -> dict[str, Any]:
    """Refuse what RDS refuses; keep what waits for the window."""
    wanted = dict(call.parameters)
    name = wanted["DBInstanceIdentifier"]
    found = call.backend("rds").databases.get(name)
    if found is None:
        raise AWSError("DBInstanceNotFound", f"DBInstance {name} not found.", 404)
    if found.status != "available":
        raise AWSError("InvalidDBInstanceState", f"Database instance {name} is not in available state.", 400)
    kept = call.state("rds-instances").setdefault(name, {})
    check_instance(wanted, found, kept)
    if "EnablePerformanceInsights" in wanted:
        kept["insights"] = wanted.pop("EnablePerformanceInsights")
    if wanted.get("ApplyImmediately"):
        wanted = {**kept.pop("pending", {}), **wanted}
    else:
        waiting = {key: wanted.pop(key) for key in WAITING if key in wanted}
        kept["pending"] = {**kept.get("pending", {}), **waiting}
    if any(key in wanted for key in STORAGE):
        kept["storage"] = datetime.now(timezone.utc)
    answer = call.with_parameters(wanted).moto()
    if wanted.get("MonitoringInterval") == 0:
        found.monitoring_role_arn = None
    return answer


def check_instance(wanted: dict[str, Any], found: Any, kept: dict[str, Any]) -> None:
    """Refuse a class, storage, retention or monitoring that RDS refuses."""
    if not re.fullmatch(r"db\.([a-z0-9-]+\.[a-z0-9]+|serverless)", wanted.get("DBInstanceClass", "db.t3.micro")):
        raise AWSError("InvalidParameterValue", f"Invalid DB Instance class: {wanted['DBInstanceClass']}", 400)
    if found.db_cluster_identifier and any(key in wanted for key in (*STORAGE, "BackupRetentionPeriod")):
        raise AWSError("InvalidParameterCombination", "The setting is managed by the DB cluster.", 400)
    size = wanted.get("AllocatedStorage", found.allocated_storage)
    if size < (found.allocated_storage or 0):
        raise AWSError("InvalidParameterCombination", "Requested size must be greater than current size.", 400)
    kind = wanted.get("StorageType", found.storage_type)
    iops = wanted.get("Iops")
    if iops is not None and (kind in ("gp2", "standard") or (kind == "gp3" and size < 400)):
        raise AWSError("InvalidParameterCombination", f"You can't specify IOPS for {kind} storage of {size} GiB.", 400)
    if kind in ("io1", "io2") and iops is None and any(key in wanted for key in ("StorageType", "AllocatedStorage")):
        raise AWSError("InvalidParameterCombination", f"You must specify IOPS for storage type {kind}.", 400)
    if "StorageThroughput" in wanted and (kind != "gp3" or size < 400):
        raise AWSError("InvalidParameterCombination", "You can't specify storage throughput.", 400)
    last = kept.get("storage")
    if last and any(key in wanted for key in STORAGE) and datetime.now(timezone.utc) - last < timedelta(hours=6):
        message = "You can't currently modify the storage of this DB instance because it was modified in the last 6 hours."
        raise AWSError("InvalidParameterCombination", message, 400)
    if not 0 <= wanted.get("BackupRetentionPeriod", 1) <= 35:
        raise AWSError("InvalidParameterValue", "Invalid backup retention period. Must be 0 to 35.", 400)
    interval = wanted.get("MonitoringInterval")
    if interval is not None and interval not in (0, 1, 5, 10, 15, 30, 60):
        raise AWSError("InvalidParameterValue", "Invalid monitoring interval.", 400)
    role = wanted.get("MonitoringRoleArn", found.monitoring_role_arn)
    if interval and not role:
        message = "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0."
        raise AWSError("InvalidParameterCombination", message, 400)
    if "MonitoringRoleArn" in wanted and not (found.monitoring_interval if interval is None else interval):
        message = "You must specify a MonitoringInterval value other than 0 when you specify a MonitoringRoleARN."
        raise AWSError("InvalidParameterCombination", message, 400)


@handles("rds", "ModifyDBCluster")
def modify_db_cluster(call: Call) -> None:
    """Refuse a capacity or retention that Aurora refuses."""
    wanted = call.parameters
    found = call.backend("rds").clusters.get(wanted["DBClusterIdentifier"])
    if found is None:
        raise AWSError("DBClusterNotFoundFault", f"DBCluster {wanted['DBClusterIdentifier']} not found.", 404)
    if found.status != "available":
        raise AWSError("InvalidDBClusterStateFault", "DBCluster is not in available state.", 400)
    if not 1 <= wanted.get("BackupRetentionPeriod", 1) <= 35:
        raise AWSError("InvalidParameterValue", "Invalid backup retention period. Must be 1 to 35.", 400)
    if capacity := wanted.get("ServerlessV2ScalingConfiguration"):
        check_capacity(capacity, found)


def check_capacity(capacity: dict[str, Any], cluster: Any) -> None:
    """Refuse bounds that Serverless v2 does not have."""
    if not cluster.engine.startswith("aurora") or cluster.engine_mode == "serverless":
        raise AWSError("InvalidParameterCombination", "The cluster does not support Serverless v2.", 400)
    before = cluster.serverless_v2_scaling_configuration or {}
    least = capacity.get("MinCapacity", before.get("MinCapacity"))
    most = capacity.get("MaxCapacity", before.get("MaxCapacity"))
    if least is None or most is None or least > most or not 1 <= most <= 256 or least * 2 % 1 or most * 2 % 1:
        raise AWSError("InvalidParameterValue", "Invalid ServerlessV2 capacity.", 400)
    if least < (0 if pauses(cluster.engine_version) else 0.5):
        raise AWSError("InvalidParameterValue", "ServerlessV2 MinCapacity 0 needs a version with auto-pause.", 400)
    pause = capacity.get("SecondsUntilAutoPause")
    if pause is not None and (least > 0 or not 300 <= pause <= 86400):
        raise AWSError("InvalidParameterValue", "Invalid SecondsUntilAutoPause.", 400)


def pauses(version: str) -> bool:
    """Whether an engine version can pause."""
    if "mysql_aurora." in version:
        return [int(part) for part in version.rpartition("mysql_aurora.")[2].split(".")[:2]] >= [3, 8]
    major, _, minor = version.partition(".")
    return int(minor.partition(".")[0] or 0) >= PAUSING[int(major)] if int(major) in PAUSING else int(major) > 16


@handles("rds", "DescribeDBClusters")
def describe_db_clusters(call: Call) -> dict[str, Any]:
    """A cluster that can pause tells when it does."""
    answer = call.moto()
    for cluster in answer["DBClusters"]:
        capacity = cluster.get("ServerlessV2ScalingConfiguration")
        if capacity and capacity.get("MinCapacity") == 0:
            capacity.setdefault("SecondsUntilAutoPause", 300)
    return answer


@handles("rds", "StopDBInstance")
def stop_db_instance(call: Call) -> None:
    """Refuse members of clusters, and what has replicas; moto refuses the rest."""
    name = call.parameters["DBInstanceIdentifier"]
    found = call.backend("rds").databases.get(name)
    if found is not None and found.db_cluster_identifier:
        message = f"{name} is a member of a DB cluster: stop the cluster."
        raise AWSError("InvalidParameterCombination", message, 400)
    if found is not None and (found.is_replica or found.replicas):
        raise AWSError("InvalidParameterCombination", f"{name} is a read replica or has one.", 400)


@handles("rds", "StopDBCluster", "StartDBCluster")
def stop_db_cluster(call: Call) -> dict[str, Any]:
    """Refuse what is not Aurora; the instances go with their cluster."""
    name = call.parameters["DBClusterIdentifier"]
    found = call.backend("rds").clusters.get(name)
    if found is not None and not found.engine.startswith("aurora"):
        raise AWSError("InvalidParameterCombination", f"{name} is no Aurora cluster.", 400)
    answer = call.moto()
    for instance in call.backend("rds").databases.values():
        if instance.db_cluster_identifier == name:
            instance.status = found.status
    return answer
