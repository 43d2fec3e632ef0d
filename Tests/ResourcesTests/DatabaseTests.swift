import Foundation
import Model
import Testing

@testable import Resources

private func instance(_ name: String, _ changes: [String: Value] = [:]) -> Value {
  let row: Value = [
    "DBInstanceIdentifier": .string(name), "DBInstanceClass": "db.t3.small", "Engine": "mysql",
    "DBInstanceStatus": "available", "StorageType": "gp2", "AllocatedStorage": 100,
    "BackupRetentionPeriod": 7, "MultiAZ": false, "PendingModifiedValues": [:],
  ]
  return row.with(changes)
}

private func databases(_ rows: [Value], clusters: [Value] = []) -> FakeAWS {
  FakeAWS { operation, input in
    let filter = input["Filters"]?.list?.first
    let names = Set(filter?["Values"]?.texts ?? [])
    precondition(names.count <= 100)
    switch operation {
    case "DescribeDBInstances":
      let key = filter?["Name"] == "db-cluster-id" ? "DBClusterIdentifier" : "DBInstanceIdentifier"
      return ["DBInstances": .list(rows.filter { names.contains($0[key]?.string ?? "") })]
    case "DescribeDBClusters":
      return [
        "DBClusters": .list(
          clusters.filter { names.contains($0["DBClusterIdentifier"]?.string ?? "") })
      ]
    default: return [:]
    }
  }
}

@Suite struct DatabaseTests {
  @Test(arguments: [(1, 1), (100, 1), (101, 2), (1000, 10)])
  func readsAHundredARequest(count: Int, requests: Int) async throws {
    let aws = databases((0..<count).map { instance("db\($0)") })
    let live = try await resourceType("rds/instance", aws).read(Set((0..<count).map { "db\($0)" }))
    #expect(live.count == count)
    #expect(aws.calls.count == requests)
  }

  @Test func leavesOtherEnginesOut() async throws {
    let aws = databases([instance("graph", ["Engine": "neptune"]), instance("shop")])
    let live = try await resourceType("rds/instance", aws).read(["graph", "shop"])
    #expect(Array(live.keys) == ["shop"])
  }

  @Test func pendingCountsAsDone() async throws {
    let pending: Value = [
      "DBInstanceClass": "db.t3.large", "MasterUserPassword": "****", "EngineVersion": "8.1",
    ]
    let aws = databases([instance("shop", ["PendingModifiedValues": pending])])
    let type = resourceType("rds/instance", aws)
    let live = try #require(try await type.read(["shop"])["shop"])
    #expect(live.attributes["class"] == "db.t3.large")
    #expect(live.context["pending"] == ["DBInstanceClass", "EngineVersion", "MasterUserPassword"])
    let problems = type.problems(
      with: ResourceWrite(name: "shop", live: live, set: ["class": "db.t3.micro"]))
    #expect(problems.contains { $0.message.contains("EngineVersion, MasterUserPassword wait") })
  }

  @Test func sendsIOPSWithStorage() async throws {
    let aws = databases([
      instance(
        "shop",
        ["StorageType": "gp3", "AllocatedStorage": 500, "Iops": 12000, "StorageThroughput": 500])
    ])
    let type = resourceType("rds/instance", aws)
    let live = try await type.read(["shop"])["shop"]
    try await type.update(ResourceWrite(name: "shop", live: live, set: ["allocatedStorage": 600]))
    #expect(
      aws.inputs(of: "ModifyDBInstance") == [
        [
          "DBInstanceIdentifier": "shop", "ApplyImmediately": true, "AllocatedStorage": 600,
          "Iops": 12000,
        ]
      ])
  }

  @Test func keepsTheMonitoringRole() async throws {
    let role: Value = "arn:aws:iam::123456789012:role/m"
    let aws = databases([instance("shop", ["MonitoringInterval": 60, "MonitoringRoleArn": role])])
    let type = resourceType("rds/instance", aws)
    let live = try await type.read(["shop"])["shop"]
    try await type.update(ResourceWrite(name: "shop", live: live, set: ["monitoringInterval": 5]))
    try await type.update(ResourceWrite(name: "shop", live: live, set: ["monitoringInterval": 0]))
    let inputs = aws.inputs(of: "ModifyDBInstance")
    #expect(inputs[0]["MonitoringRoleArn"] == role)
    #expect(inputs[1]["MonitoringRoleArn"] == nil)
  }

  @Test(
    arguments: [
      (["allocatedStorage": 50], "never shrink"), (["allocatedStorage": 105], "110 GiB or more"),
      (["iops": 4000], "no IOPS of its own"),
      (["storageType": "gp3", "iops": 4000], "less than 400"),
      (["storageThroughput": 200], "Only gp3"), (["storageType": "io1"], "needs its IOPS"),
      (["monitoringInterval": 60], "set `monitoringRole`"),
      (
        [
          "storageType": "gp3", "allocatedStorage": 400, "iops": 12_000, "storageThroughput": 3001,
        ], "3001 MiB/s take 12004 IOPS"
      ),
      (
        ["storageType": "gp3", "allocatedStorage": 400, "iops": 200_001],
        "with 400 GiB 200000"
      ),
    ] as [([String: Value], String)])
  func refuses(set: [String: Value], reason: String) async throws {
    let type = resourceType("rds/instance", databases([instance("shop")]))
    let live = try await type.read(["shop"])["shop"]
    let errors = type.errors(ResourceWrite(name: "shop", live: live, set: set))
    #expect(errors.count == 1)
    #expect(errors.first?.contains(reason) == true, "\(errors)")
  }

  @Test func refusesWhatIsStoppedOrAMember() async throws {
    let aws = databases([
      instance("off", ["DBInstanceStatus": "stopped"]),
      instance("member", ["DBClusterIdentifier": "c"]),
    ])
    let type = resourceType("rds/instance", aws)
    let live = try await type.read(["off", "member"])
    #expect(
      type.errors(ResourceWrite(name: "off", live: live["off"], set: ["class": "db.t3.large"]))
        .count == 1)
    let errors = type.errors(
      ResourceWrite(name: "member", live: live["member"], set: ["backupRetentionDays": 1]))
    #expect(errors.first?.contains("cluster c") == true)
    #expect(
      type.errors(
        ResourceWrite(name: "member", live: live["member"], set: ["class": "db.t3.large"])) == [])
  }

  @Test func growthAndLostBackupsAreForGood() {
    let type = resourceType("rds/instance")
    let live = LiveResource(attributes: ["allocatedStorage": 100, "backupRetentionDays": 7])
    func warning(_ set: [String: Value]) -> String? {
      type.irreversible(ResourceWrite(name: "s", live: live, set: set), action: .update)
    }
    #expect(warning(["allocatedStorage": 200])?.contains("200 GiB") == true)
    #expect(warning(["backupRetentionDays": 0])?.contains("All automated") == true)
    #expect(warning(["backupRetentionDays": 30]) == nil)
  }

  @Test func costs() {
    let type = resourceType("rds/instance", region: "us-east-1")
    let attributes: [String: Value] = [
      "class": "db.t3.micro", "storageType": "gp2", "allocatedStorage": 20,
      "backupRetentionDays": 1,
    ]
    var context: [String: Value] = ["engine": "mysql", "multiAZ": false, "backupRetentionDays": 1]
    let cost = type.monthlyCost(attributes: attributes, context: context)
    // Infracost's golden file: 12.41 for the instance; 20 GB at 0.115.
    #expect(cost.amount == Decimal(string: "14.71"))
    #expect(cost.isKnown)
    var monitored = attributes
    monitored["monitoringInterval"] = 1
    context["monitoringInterval"] = 0
    let logged = type.monthlyCost(attributes: monitored, context: context)
    #expect(logged.amount == cost.amount)
    #expect(logged.unknowns == ["Enhanced Monitoring is billed as logs of CloudWatch"])
    context["monitoringInterval"] = 1
    #expect(type.monthlyCost(attributes: monitored, context: context).isKnown)
    context["monitoringInterval"] = nil
    context["engine"] = "oracle-se2"
    let unknown = type.monthlyCost(attributes: attributes, context: context)
    #expect(unknown.amount == Decimal(string: "2.3"))
    #expect(
      unknown.unknowns == ["no price for db.t3.micro with oracle-se2 in us-east-1 in the catalog"])
  }
}

@Suite struct DatabaseClusterTests {
  private func cluster(_ version: String, _ capacity: Value) -> Value {
    [
      "DBClusterIdentifier": "orders", "Engine": "aurora-postgresql",
      "EngineVersion": .string(version),
      "EngineMode": "provisioned", "BackupRetentionPeriod": 1, "Status": "available",
      "ServerlessV2ScalingConfiguration": capacity,
    ]
  }

  @Test func countsServerlessInstances() async throws {
    let rows = [
      instance("w", ["DBClusterIdentifier": "orders", "DBInstanceClass": "db.serverless"]),
      instance("r", ["DBClusterIdentifier": "orders", "DBInstanceClass": "db.serverless"]),
      instance("p", ["DBClusterIdentifier": "orders", "DBInstanceClass": "db.r6g.large"]),
    ]
    let aws = databases(
      rows, clusters: [cluster("16.4", ["MinCapacity": "0.5", "MaxCapacity": 8])])
    let type = resourceType("rds/cluster", aws)
    let live = try #require(try await type.read(["orders"])["orders"])
    #expect(live.context["serverlessInstances"] == 2)
    #expect(aws.calls.count == 2)
    let cost = type.monthlyCost(attributes: live.attributes, context: live.context)
    #expect(cost.amount == Decimal(string: "87.6"))
    #expect(cost.unknowns == ["capacity above 0.5 ACUs depends on the load"])
  }

  @Test func sendsTheWholeCapacity() async throws {
    let aws = databases(
      [],
      clusters: [
        cluster("16.4", ["MinCapacity": 0, "MaxCapacity": 8, "SecondsUntilAutoPause": 600])
      ])
    let type = resourceType("rds/cluster", aws)
    let live = try await type.read(["orders"])["orders"]
    try await type.update(ResourceWrite(name: "orders", live: live, set: ["maxCapacity": 4]))
    try await type.update(ResourceWrite(name: "orders", live: live, set: ["minCapacity": 1]))
    let sent = aws.inputs(of: "ModifyDBCluster").map { $0["ServerlessV2ScalingConfiguration"] }
    #expect(sent[0] == ["MinCapacity": 0, "MaxCapacity": 4, "SecondsUntilAutoPause": 600])
    #expect(sent[1] == ["MinCapacity": 1, "MaxCapacity": 8])
  }

  @Test(arguments: [
    ("16.3", true), ("16.2", false), ("17.1", true), ("12.9", false),
    ("8.0.mysql_aurora.3.08.0", true),
    ("8.0.mysql_aurora.3.07.1", false),
  ])
  func pausesFromAVersionOn(version: String, isAllowed: Bool) async throws {
    var row = cluster(version, ["MinCapacity": "0.5", "MaxCapacity": 8])
    if version.contains("mysql") { row = row.with(["Engine": "aurora-mysql"]) }
    let type = resourceType("rds/cluster", databases([], clusters: [row]))
    let live = try await type.read(["orders"])["orders"]
    let errors = type.errors(ResourceWrite(name: "orders", live: live, set: ["minCapacity": 0]))
    #expect(errors.isEmpty == isAllowed)
  }
}
