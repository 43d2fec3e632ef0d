internal import Foundation
internal import Model

/// `rds/instance`: an instance of RDS or Aurora. Its name is the DB instance identifier, in small letters.
///
/// Attributes: `state` (`running` or `stopped`; one that is on its way there counts as there; members of a
/// cluster have none), `class`, `storageType`, `allocatedStorage` (GiB), `iops`, `storageThroughput` (MiB/s),
/// `backupRetentionDays`, `monitoringInterval` (seconds), `monitoringRole` (an ARN, while the interval is
/// not 0), `performanceInsights`. What AWS has accepted and not yet carried out counts as done: the
/// attribute holds the pending value, and the context says so. Context: `engine`, `multiAZ`, `cluster`,
/// `backupRetentionDays`, `monitoringInterval`, `state`, `isStopped`, `isReplicated`, `isOptimizing` and `pending` where they hold.
///
/// Reads take one request for a hundred instances, by name (API description of rds, DescribeDBInstances:
/// MaxRecords 20 to 100, filter db-instance-id). Rows of Neptune and DocumentDB are left out. Selectors:
/// `tags`, which AWS lists with all instances, a hundred a request.
struct DatabaseInstanceType: ExistingResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "rds/instance" }
  var noun: String { "database instances" }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["ModifyDBInstance", "StartDBInstance", "StopDBInstance"],
      effects: [
        "StartDBInstance": .attributes(["state"]), "StopDBInstance": .attributes(["state"]),
      ], deleting: ["DeleteDBInstance"]
    ) { request in
      [request["dBInstanceIdentifier"]?.string?.lowercased()].compactMap { $0 }
    }
  }

  /// A request that filters is not known to IAM by its instances.
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read: [IAMPermission(["rds:DescribeDBInstances"], on: [scope.arn("rds", "db:*")])]
    case .write:
      [
        IAMPermission(
          ["rds:ModifyDBInstance", "rds:StartDBInstance", "rds:StopDBInstance"],
          on: names.map { scope.arn("rds", "db:\($0)") }),
        IAMPermission(
          ["iam:PassRole"], on: [scope.globalARN("iam", "role/*")],
          where: ["iam:PassedToService": "monitoring.rds.amazonaws.com"]),
      ]
    }
  }

  var attributesByAction: [String: Set<String>] {
    [
      "rds:StartDBInstance": ["state"], "rds:StopDBInstance": ["state"],
      "iam:PassRole": ["monitoringInterval", "monitoringRole"],
    ]
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    DatabaseInstanceProblems(write).all
  }

  /// Storage never shrinks (API description of rds, ModifyDBInstance); shorter retention deletes backups.
  func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? {
    let before = write.live?.attributes ?? [:]
    if let size = write.set["allocatedStorage"]?.numeral,
      let old = before["allocatedStorage"]?.numeral, size > old
    {
      return "Storage can grow and never shrink: no rollback takes the \(size.plain) GiB back."
    }
    return databaseBackupsLost(write)
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    DatabaseInstanceCost(attributes: attributes, context: context, scope: scope).monthly
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await inParallel(names.sorted().batches(of: 100)) { batch in
      try await scope.client.all(
        "rds", "DescribeDBInstances", databaseFilter("db-instance-id", batch), items: "DBInstances")
    }
    return resources(found.joined()).filter { names.contains($0.key) }
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    guard let tags = TagFilter(selector) else { return [:] }
    let found = try await scope.client.all(
      "rds", "DescribeDBInstances", ["MaxRecords": 100], items: "DBInstances")
    return resources(found.filter { tags.matches($0["TagList"]?.tags ?? [:]) })
  }

  private func resources(_ instances: some Sequence<Value>) -> [String: LiveResource] {
    var live: [String: LiveResource] = [:]
    for instance in instances {
      guard let name = instance["DBInstanceIdentifier"]?.string,
        isRelational(instance["Engine"]?.string ?? "")
      else { continue }
      live[name] = resource(instance)
    }
    return live
  }

  /// Starts before it changes, and stops after that.
  func update(_ write: ResourceWrite) async throws {
    let instance: Value = ["DBInstanceIdentifier": .string(write.name)]
    if write.set["state"] == "running" {
      _ = try await scope.client.call("rds", "StartDBInstance", instance)
    }
    if write.touched != ["state"] { try await modify(write) }
    if write.set["state"] == "stopped" {
      _ = try await scope.client.call("rds", "StopDBInstance", instance)
    }
  }

  /// Makes one request. AWS wants the IOPS with new storage and the storage with new IOPS (API description
  /// of rds, ModifyDBInstance), and the role with an interval.
  private func modify(_ write: ResourceWrite) async throws {
    var input: [String: Value] = [
      "DBInstanceIdentifier": .string(write.name), "ApplyImmediately": true,
    ]
    for (attribute, member) in Self.members { input[member] = write.set[attribute] }
    let result = write.result
    let storage = ["storageType", "allocatedStorage", "iops"]
    let hasIOPS =
      ["io1", "io2"].contains(result["storageType"])
      || (result["storageType"] == "gp3" && result["iops"] != nil && DatabaseStorage(write).isLarge)
    if hasIOPS, !write.touched.isDisjoint(with: storage) {
      for attribute in storage.dropFirst() {
        if let member = Self.members[attribute] { input[member] = result[attribute] }
      }
    }
    if let interval = result["monitoringInterval"]?.numeral, interval != 0,
      !write.touched.isDisjoint(with: ["monitoringInterval", "monitoringRole"])
    {
      input["MonitoringInterval"] = .number(interval)
      input["MonitoringRoleArn"] = result["monitoringRole"] ?? write.recorded["monitoringRole"]
    } else {
      input["MonitoringRoleArn"] = nil
    }
    _ = try await scope.client.call("rds", "ModifyDBInstance", .map(input))
  }

  /// The members of ModifyDBInstance, by attribute.
  static let members = [
    "class": "DBInstanceClass", "storageType": "StorageType",
    "allocatedStorage": "AllocatedStorage",
    "iops": "Iops", "storageThroughput": "StorageThroughput",
    "backupRetentionDays": "BackupRetentionPeriod", "monitoringInterval": "MonitoringInterval",
    "monitoringRole": "MonitoringRoleArn", "performanceInsights": "EnablePerformanceInsights",
  ]

  private func resource(_ instance: Value) -> LiveResource {
    let pending = (instance["PendingModifiedValues"]?.members ?? [:]).without()
      .filter { $0.value.map?.isEmpty != true && $0.value.list?.isEmpty != true }
    var attributes: [String: Value] = [:]
    for (attribute, member) in Self.members {
      attributes[attribute] = pending[member] ?? instance[member]
    }
    attributes["performanceInsights"] = instance["PerformanceInsightsEnabled"] ?? false
    attributes["monitoringInterval"] = instance["MonitoringInterval"] ?? 0
    if attributes["monitoringInterval"] == 0 { attributes["monitoringRole"] = nil }
    let isMember = instance["DBClusterIdentifier"]?.string?.isEmpty == false
    if isMember {
      // Storage and backups are the cluster's: what AWS says of them here means nothing.
      for name in DatabaseInstanceProblems.ofClusters { attributes[name] = nil }
    }
    let status = instance["DBInstanceStatus"]?.string ?? ""
    var context: [String: Value] = [
      "engine": instance["Engine"] ?? .null, "multiAZ": instance["MultiAZ"] ?? false,
      "cluster": isMember ? instance["DBClusterIdentifier"] ?? .null : .null,
      "backupRetentionDays": attributes["backupRetentionDays"] ?? .null,
      "monitoringRole": instance["MonitoringRoleArn"] ?? .null,
    ]
    context["monitoringInterval"] = attributes["monitoringInterval"]
    let isStopped = status.hasPrefix("stop")
    if !isMember {
      attributes["state"] = isStopped ? "stopped" : "running"
      context["state"] = attributes["state"]
    }
    if isStopped { context["isStopped"] = true }
    if instance["ReadReplicaSourceDBInstanceIdentifier"]?.string?.isEmpty == false
      || instance["ReadReplicaDBInstanceIdentifiers"]?.elements.isEmpty == false
    {
      context["isReplicated"] = true
    }
    if status == "storage-optimization" { context["isOptimizing"] = true }
    // Names alone: a new master password is pending, too.
    if !pending.isEmpty { context["pending"] = .list(pending.keys.sorted().map(Value.string)) }
    return LiveResource(attributes: attributes.without(), context: context.without())
  }
}

/// The input of a description of what has these identifiers.
func databaseFilter(_ filter: String, _ identifiers: [String]) -> Value {
  [
    "Filters": [["Name": .string(filter), "Values": .list(identifiers.map(Value.string))]],
    "MaxRecords": 100,
  ]
}

/// Whether an engine is RDS's or Aurora's; the same calls also tell of Neptune and DocumentDB.
func isRelational(_ engine: String) -> Bool { engine != "neptune" && engine != "docdb" }

/// Why automated backups are gone after a write; nil where they are not.
func databaseBackupsLost(_ write: ResourceWrite) -> String? {
  guard let days = write.set["backupRetentionDays"]?.numeral,
    let before = write.live?.attributes["backupRetentionDays"]?.numeral, days < before
  else { return nil }
  return days == 0
    ? "All automated backups are deleted, and no rollback brings them back."
    : "Automated backups older than \(days.plain) days are deleted, and no rollback brings them back."
}
