internal import Foundation
internal import Model
internal import Pricing

/// `rds/cluster`: an Aurora cluster. Its name is the DB cluster identifier, in small letters.
///
/// Attributes: `state` as with `rds/instance`, `minCapacity` and `maxCapacity` of Serverless v2 (ACUs of each instance),
/// `secondsUntilAutoPause` (while the least is 0), `backupRetentionDays`. Pending values count as
/// done, as with `rds/instance`. Context: `engine`, `engineVersion`, `engineMode`,
/// `backupRetentionDays`, `serverlessInstances` and `members` (how many), `state`, `isStopped` and `pending`
/// where they hold.
///
/// Reads take one request for a hundred clusters and one for a hundred of their instances, by name (API
/// description of rds, DescribeDBClusters and DescribeDBInstances: MaxRecords 20 to 100). Selectors: `tags`,
/// which AWS lists with all clusters.
struct DatabaseClusterType: ExistingResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "rds/cluster" }
  var noun: String { "database clusters" }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["ModifyDBCluster", "StartDBCluster", "StopDBCluster"],
      effects: [
        "StartDBCluster": .attributes(["state"]), "StopDBCluster": .attributes(["state"]),
      ], deleting: ["DeleteDBCluster"]
    ) { request in
      [request["dBClusterIdentifier"]?.string?.lowercased()].compactMap { $0 }
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read:
      [
        IAMPermission(["rds:DescribeDBClusters"], on: [scope.arn("rds", "cluster:*")]),
        IAMPermission(["rds:DescribeDBInstances"], on: [scope.arn("rds", "db:*")]),
      ]
    case .write:
      [
        IAMPermission(
          ["rds:ModifyDBCluster", "rds:StartDBCluster", "rds:StopDBCluster"],
          on: names.map { scope.arn("rds", "cluster:\($0)") })
      ]
    }
  }

  var attributesByAction: [String: Set<String>] {
    ["rds:StartDBCluster": ["state"], "rds:StopDBCluster": ["state"]]
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    DatabaseClusterProblems(write).all
  }

  func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? {
    databaseBackupsLost(write)
  }

  /// The least that its serverless instances cost; what load adds is not known beforehand.
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    var cost = MonthlyCost.zero
    if let least = attributes["minCapacity"]?.numeral,
      let instances = context["serverlessInstances"]?.numeral, instances > 0,
      attributes["state"] != "stopped"
    {
      cost = scope.prices.monthlyCost(
        of: .auroraCapacity, quantity: least * instances, in: scope.region,
        called: "Aurora capacity")
      if let most = attributes["maxCapacity"]?.numeral, most > least {
        cost = cost + .unknown("capacity above \(least.plain) ACUs depends on the load")
      }
    }
    // Instances with a class of their own are priced as such; here it is only known that they stop with it.
    if attributes["state"] != context["state"],
      (context["members"]?.numeral ?? 0) > (context["serverlessInstances"]?.numeral ?? 0)
    {
      cost = cost + .unknown("what its instances cost is theirs")
    }
    if attributes["backupRetentionDays"] != context["backupRetentionDays"] {
      cost = cost + .unknown("depends on what the backups hold")
    }
    return cost
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let batches = names.sorted().batches(of: 100)
    let clusters = try await inParallel(batches) { batch in
      try await scope.client.all(
        "rds", "DescribeDBClusters", databaseFilter("db-cluster-id", batch), items: "DBClusters")
    }
    return try await resources(
      clusters.joined().filter { names.contains($0["DBClusterIdentifier"]?.string ?? "") })
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    guard let tags = TagFilter(selector) else { return [:] }
    let clusters = try await scope.client.all(
      "rds", "DescribeDBClusters", ["MaxRecords": 100], items: "DBClusters")
    return try await resources(clusters.filter { tags.matches($0["TagList"]?.tags ?? [:]) })
  }

  private func resources(_ all: [Value]) async throws -> [String: LiveResource] {
    let clusters = all.filter { isRelational($0["Engine"]?.string ?? "") }
    let serverless = clusters.filter { $0["ServerlessV2ScalingConfiguration"] != nil }
      .compactMap { $0["DBClusterIdentifier"]?.string }
    let instances = try await inParallel(serverless.batches(of: 100)) { batch in
      try await scope.client.all(
        "rds", "DescribeDBInstances", databaseFilter("db-cluster-id", batch), items: "DBInstances")
    }.joined().filter { $0["DBInstanceClass"] == "db.serverless" }
    let counts = Dictionary(grouping: instances) { $0["DBClusterIdentifier"]?.string ?? "" }
    var live: [String: LiveResource] = [:]
    for cluster in clusters {
      guard let name = cluster["DBClusterIdentifier"]?.string else { continue }
      live[name] = resource(cluster, serverless: counts[name]?.count ?? 0)
    }
    return live
  }

  /// Starts before it changes, and stops after that.
  func update(_ write: ResourceWrite) async throws {
    let cluster: Value = ["DBClusterIdentifier": .string(write.name)]
    if write.set["state"] == "running" {
      _ = try await scope.client.call("rds", "StartDBCluster", cluster)
    }
    if write.touched != ["state"] { try await modify(write) }
    if write.set["state"] == "stopped" {
      _ = try await scope.client.call("rds", "StopDBCluster", cluster)
    }
  }

  /// The capacity is one document: what is not touched goes along as it is.
  private func modify(_ write: ResourceWrite) async throws {
    var input: [String: Value] = [
      "DBClusterIdentifier": .string(write.name), "ApplyImmediately": true,
    ]
    input["BackupRetentionPeriod"] = write.set["backupRetentionDays"]
    if !write.touched.isDisjoint(with: Self.members.keys) {
      let result = normalized(write.result)
      var capacity: [String: Value] = [:]
      for (attribute, member) in Self.members { capacity[member] = result[attribute] }
      input["ServerlessV2ScalingConfiguration"] = .map(capacity)
    }
    _ = try await scope.client.call("rds", "ModifyDBCluster", .map(input))
  }

  /// The members of ServerlessV2ScalingConfiguration, by attribute.
  static let members = [
    "minCapacity": "MinCapacity", "maxCapacity": "MaxCapacity",
    "secondsUntilAutoPause": "SecondsUntilAutoPause",
  ]

  /// A cluster pauses only where its least is 0.
  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    guard let least = attributes["minCapacity"]?.numeral, least > 0 else { return attributes }
    return attributes.without(["secondsUntilAutoPause"])
  }

  private func resource(_ cluster: Value, serverless: Int) -> LiveResource {
    let pending = (cluster["PendingModifiedValues"]?.members ?? [:]).without()
      .filter { $0.value.map?.isEmpty != true }
    let isStopped = cluster["Status"]?.string?.hasPrefix("stop") == true
    var attributes: [String: Value] = [
      "state": isStopped ? "stopped" : "running",
      "backupRetentionDays": pending["BackupRetentionPeriod"] ?? cluster["BackupRetentionPeriod"]
        ?? .null,
    ]
    for (attribute, member) in Self.members {
      attributes[attribute] = cluster["ServerlessV2ScalingConfiguration"]?[member]
    }
    attributes = normalized(attributes.without())
    var context: [String: Value] = [
      "engine": cluster["Engine"] ?? .null, "engineVersion": cluster["EngineVersion"] ?? .null,
      "engineMode": cluster["EngineMode"] ?? .null,
      "backupRetentionDays": attributes["backupRetentionDays"] ?? .null,
      "serverlessInstances": Value(serverless), "state": attributes["state"] ?? .null,
      "members": Value(cluster["DBClusterMembers"]?.elements.count ?? 0),
    ]
    if isStopped { context["isStopped"] = true }
    if !pending.isEmpty { context["pending"] = .list(pending.keys.sorted().map(Value.string)) }
    return LiveResource(attributes: attributes, context: context.without())
  }
}
