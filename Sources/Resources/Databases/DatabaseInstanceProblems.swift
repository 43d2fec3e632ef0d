internal import Foundation
internal import Model

/// The storage of an instance after a write.
struct DatabaseStorage {
  /// The storage type.
  let type: String
  /// GiB.
  let size: Decimal
  /// The engine.
  let engine: String

  /// The storage that a write leaves.
  init(_ write: ResourceWrite) {
    type = write.result["storageType"]?.string ?? ""
    size = write.result["allocatedStorage"]?.numeral ?? 0
    engine = write.live?.context["engine"]?.string ?? ""
  }

  /// The GiB from which gp3 takes IOPS and throughput of its own (RDS User Guide, "gp3 storage"): below,
  /// it has 3000 IOPS and 125 MiB/s, and AWS refuses others.
  var threshold: Decimal {
    engine.hasPrefix("sqlserver") ? 20 : engine.hasPrefix("oracle") ? 200 : 400
  }

  /// Whether gp3 of this size takes IOPS of its own.
  var isLarge: Bool { size >= threshold }
}

/// What RDS would refuse about a write to an instance (API description of rds, ModifyDBInstance).
struct DatabaseInstanceProblems {
  /// Attributes that the cluster has in place of its members.
  static let ofClusters: Set = [
    "storageType", "allocatedStorage", "iops", "storageThroughput", "backupRetentionDays",
  ]
  private static let ofStorage: Set = [
    "storageType", "allocatedStorage", "iops", "storageThroughput",
  ]

  private let write: ResourceWrite
  private let context: [String: Value]
  private let before: [String: Value]
  private let storage: DatabaseStorage

  /// The problems of a write.
  init(_ write: ResourceWrite) {
    self.write = write
    context = write.live?.context ?? [:]
    before = write.live?.attributes ?? [:]
    storage = DatabaseStorage(write)
  }

  /// The problems; none for an instance that is not there, which is a problem of its own.
  var all: [ResourceProblem] {
    guard write.live != nil else { return [] }
    return state + member + (context["cluster"] == nil ? storageProblems : []) + settings
  }

  private func error(_ attribute: String?, _ message: String) -> [ResourceProblem] {
    [ResourceProblem(attribute, message)]
  }

  private var state: [ResourceProblem] {
    if let problem = databaseStateProblem(write, called: "instance") { return [problem] }
    let ours = Set(write.touched.compactMap { DatabaseInstanceType.members[$0] })
    let others = (context["pending"]?.elements ?? []).compactMap(\.string).filter {
      !ours.contains($0)
    }
    if others.isEmpty { return [] }
    return [
      ResourceProblem(
        nil,
        "Changes of \(others.joined(separator: ", ")) wait for the maintenance window; they are carried out"
          + " at once with this one.", severity: .warning)
    ]
  }

  private var member: [ResourceProblem] {
    guard let cluster = context["cluster"]?.string else { return [] }
    return write.touched.intersection(Self.ofClusters).sorted().map {
      ResourceProblem(
        $0,
        "The instance is a member of the cluster \(cluster), which has this setting for all of them."
      )
    }
  }

  private var storageProblems: [ResourceProblem] {
    guard !write.touched.isDisjoint(with: Self.ofStorage) else { return [] }
    if context["isOptimizing"] == true {
      return error(
        nil,
        "RDS is still optimizing the storage after its last change, and refuses another until it is done"
          + " and six hours have passed.")
    }
    var problems = growth
    if write.set["iops"] != nil || write.set["storageThroughput"] != nil {
      if storage.type == "gp3", !storage.isLarge {
        problems += error(
          write.set["iops"] != nil ? "iops" : "storageThroughput",
          "gp3 storage of less than \(storage.threshold.plain) GiB has 3000 IOPS and 125 MiB/s, and takes no"
            + " others.")
      } else if write.set["iops"] != nil, ["gp2", "standard"].contains(storage.type) {
        problems += error(
          "iops", "Storage of the type \(storage.type) has no IOPS of its own to set.")
      }
    }
    if storage.type == "gp3", storage.isLarge { problems += speed }
    if write.set["storageThroughput"] != nil, storage.type != "gp3" {
      problems += error("storageThroughput", "Only gp3 storage has a throughput of its own to set.")
    }
    if ["io1", "io2"].contains(storage.type), write.result["iops"] == nil {
      problems += error("iops", "Storage of the type \(storage.type) needs its IOPS.")
    }
    if problems.isEmpty {
      problems.append(
        ResourceProblem(
          nil, "After this RDS refuses to change the storage again for six hours or more.",
          severity: .warning))
    }
    return problems
  }

  /// The throughput and IOPS of gp3 that go together.
  private var speed: [ResourceProblem] {
    var problems: [ResourceProblem] = []
    let iops = write.result["iops"]?.numeral
    if write.set["iops"] != nil || write.set["storageThroughput"] != nil, let iops,
      let throughput = write.result["storageThroughput"]?.numeral,
      throughput > iops * GP3Volume.throughputPerIOPS
    {
      problems += error(
        write.set["storageThroughput"] != nil ? "storageThroughput" : "iops",
        "gp3 storage has at most \(GP3Volume.throughputPerIOPS.plain) MiB/s for each of its IOPS:"
          + " \(throughput.plain) MiB/s take \((throughput / GP3Volume.throughputPerIOPS).plain) IOPS, and it"
          + " has \(iops.plain).")
    }
    if write.set["iops"] != nil, let iops, iops > storage.size * GP3Volume.iopsPerGiB {
      problems += error(
        "iops",
        "gp3 storage has at most \(GP3Volume.iopsPerGiB.plain) IOPS for each GiB: with"
          + " \(storage.size.plain) GiB \((storage.size * GP3Volume.iopsPerGiB).plain).")
    }
    return problems
  }

  private var growth: [ResourceProblem] {
    guard let size = write.set["allocatedStorage"]?.numeral,
      let old = before["allocatedStorage"]?.numeral, size != old
    else { return [] }
    if size < old {
      return error(
        "allocatedStorage",
        "Storage can grow and never shrink, and there are \(old.plain) GiB. Write \(old.plain) GB into the"
          + " manifest; where the manifest goes, take `storage` out or say `onRemove: keep`.")
    }
    let least = old * 11 / 10
    if size < least, !storage.engine.hasPrefix("sqlserver") {
      let whole = Int(least.plain.prefix { $0 != "." }) ?? 0
      let rounded = Decimal(least.isWhole ? whole : whole + 1)
      return error(
        "allocatedStorage",
        "RDS makes storage larger by a tenth at least: from \(old.plain) GiB to \(rounded.plain) GiB or more."
      )
    }
    return []
  }

  private var settings: [ResourceProblem] {
    var problems: [ResourceProblem] = []
    if let interval = write.result["monitoringInterval"]?.numeral, interval != 0,
      write.touched.contains("monitoringInterval") || write.touched.contains("monitoringRole"),
      write.result["monitoringRole"] == nil, write.recorded["monitoringRole"] == nil
    {
      problems += error(
        "monitoringInterval",
        "Enhanced Monitoring needs a role, and the instance has none: set `monitoringRole`.")
    }
    if write.set["class"] != nil {
      problems.append(
        ResourceProblem("class", "Another class is an outage of some minutes.", severity: .warning))
    }
    return problems
  }
}

/// What stands between a write and a database that is, or is to be, started or stopped; nil where nothing does.
func databaseStateProblem(_ write: ResourceWrite, called noun: String) -> ResourceProblem? {
  if write.touched.isSubset(of: ["state"]) { return nil }
  switch (write.live?.context["isStopped"] == true, write.set["state"]) {
  case (true, "running"?):
    return ResourceProblem(
      nil,
      "The \(noun) is started first. Until it is available AWS refuses the other changes: apply again then.",
      severity: .warning)
  case (true, _):
    return ResourceProblem(
      nil, "The \(noun) is stopped, and AWS refuses to change it: start it first.")
  case (false, "stopped"?):
    return ResourceProblem(
      nil,
      "The \(noun) is changed first. Until that is done AWS refuses to stop it: apply again then.",
      severity: .warning)
  default: return nil
  }
}
