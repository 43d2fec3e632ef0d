internal import Foundation
internal import Model
internal import Pricing

/// What an instance costs: its class and its storage. Serverless instances are billed by their capacity,
/// which is the cluster's.
struct DatabaseInstanceCost {
  let attributes: [String: Value]
  let context: [String: Value]
  let scope: ResourceScope

  /// The cost a month while it runs.
  var monthly: MonthlyCost {
    guard let instanceClass = attributes["class"]?.string else {
      return .unknown("the class of the instance is not known")
    }
    if instanceClass == "db.serverless" { return .zero }
    let engine = context["engine"]?.string ?? ""
    let isMultiAZ = context["multiAZ"] == true
    var cost = scope.prices.monthlyCost(
      of: .databaseInstance(instanceClass, engine: engine, isMultiAZ: isMultiAZ), quantity: 1,
      in: scope.region, called: "\(instanceClass) with \(engine)\(isMultiAZ ? ", Multi-AZ," : "")")
    if attributes["state"].map({ $0 == "stopped" }) ?? (context["isStopped"] == true) {
      cost = .zero
    }
    if context["cluster"] == nil { cost = cost + storage(isMultiAZ) }
    if attributes["backupRetentionDays"] != context["backupRetentionDays"] {
      cost = cost + .unknown("depends on what the backups hold")
    }
    if attributes["monitoringInterval"] != context["monitoringInterval"] {
      // RDS user guide, "Overview of Enhanced Monitoring": its cost depends on the metrics that are logged.
      cost = cost + .unknown("Enhanced Monitoring is billed as logs of CloudWatch")
    }
    return cost
  }

  private func storage(_ isMultiAZ: Bool) -> MonthlyCost {
    guard let type = attributes["storageType"]?.string,
      let size = attributes["allocatedStorage"]?.numeral
    else { return .unknown("the storage is not known") }
    let iops = attributes["iops"]?.numeral ?? 0
    var cost = scope.prices.monthlyCost(
      of: .databaseStorage(type, isMultiAZ: isMultiAZ), quantity: size, in: scope.region,
      called: "\(type) storage of RDS")
    if ["io1", "io2"].contains(type) {
      cost =
        cost
        + scope.prices.monthlyCost(
          of: .databaseIOPS(type, isMultiAZ: isMultiAZ), quantity: iops, in: scope.region,
          called: "IOPS of \(type)")
    } else if type == "gp3", iops > 12_000 || (attributes["storageThroughput"]?.numeral ?? 0) > 500
    {
      // From 400 GiB on (Oracle: 200) 12000 IOPS and 500 MiB/s are part of the price.
      cost = cost + .unknown("no price for IOPS and throughput of gp3 beyond what storage has")
    }
    return cost
  }
}
