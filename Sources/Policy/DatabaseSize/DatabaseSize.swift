internal import Foundation
internal import Manifests
internal import Model

/// `DatabaseSize`: how large a database is.
enum DatabaseSize: WindowedSize {
  static let schema = KindSchema(
    kind: "DatabaseSize",
    doc: """
      How large a database of RDS or Aurora is, and how long its backups are kept.

      It changes an instance or a cluster that is there, at once and not in the maintenance window: \
      another class is an outage of some minutes. What AWS has accepted and not yet carried out counts \
      as done. What is left out stays as it is. Storage can grow and never shrink.
      """,
    spec: ObjectSchema([
      Field("instance", .string(name), doc: "The identifier of a DB instance."),
      Field("cluster", .string(name), doc: "The identifier of an Aurora cluster; else `instance`."),
      Field("class", .string(instanceClass), doc: "The class of the instance."),
      Field(
        "storageType", .enumeration(["gp2", "gp3", "io1", "io2", "standard"]),
        doc: "The type of the instance's storage."),
      Field("storage", .dataSize, doc: "The storage of the instance, in whole GB; it only grows."),
      Field("iops", .integer(1000...256_000), doc: "The IOPS of io1, io2, and gp3 from 400 GB on."),
      Field(
        "storageThroughput", .dataRate,
        doc: "The throughput of gp3 from 400 GB on, in whole MiB/s: 500 MiB/s."),
      Field(
        "backupRetention", .duration,
        doc: "How long automated backups are kept: 0d to 35d, of a cluster 1d to 35d."),
      Field(
        "monitoringInterval", .duration,
        doc:
          "How often Enhanced Monitoring measures an instance: 1s, 5s, 10s, 15s, 30s or 60s; 0s for never."
      ),
      Field(
        "monitoringRole", .string(role),
        doc: "The role of Enhanced Monitoring; else the one that the instance has."),
      Field("performanceInsights", .boolean, doc: "Whether an instance has Performance Insights."),
      Field(
        "capacity", .object(capacity),
        doc: "The capacity of each Serverless v2 instance of a cluster, in ACUs."),
    ]))

  /// What says the capacity of a cluster.
  static let capacity = ObjectSchema([
    Field("min", .number, isRequired: true, doc: "The least, in steps of 0.5; 0 pauses it."),
    Field("max", .number, isRequired: true, doc: "The most, in steps of 0.5; at most 256."),
    Field(
      "autoPauseAfter", .duration,
      doc: "How long an instance must be idle to be paused: 5m to 24h; needs a `min` of 0."),
  ])

  /// API description of rds, CreateDBInstance and CreateDBCluster: AWS keeps identifiers in small letters.
  static let identifierPattern = "[a-z](-?[a-z0-9]){0,62}"
  private static let name = StringRule(
    "an identifier of small letters, digits and single hyphens", example: "shop-db",
    pattern: identifierPattern)
  static let instanceClass = StringRule(
    "a class of instances", example: "db.t4g.small", pattern: "db\\.[a-z0-9.-]{1,40}")
  private static let role = StringRule(
    "an ARN of an IAM role", example: "arn:aws:iam::123456789012:role/rds-monitoring",
    pattern: "arn:aws[a-z-]*:iam::[0-9]{12}:role/.+")

  private static let ofInstances = [
    "class", "storageType", "storage", "iops", "storageThroughput", "monitoringInterval",
    "monitoringRole", "performanceInsights",
  ]

  static func resource(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> DesiredResource? {
    let fields = manifest.fields
    if fields.has("instance") == fields.has("cluster") {
      diagnostics.add(
        error: "expected either an instance or a cluster", at: fields.range,
        detail: "A DatabaseSize is about one database.",
        hint: "Set one of `instance` and `cluster`.")
      return nil
    }
    let isCluster = fields.has("cluster")
    for name in isCluster ? ofInstances : ["capacity"] where fields.has(name) {
      diagnostics.add(
        error: "not a setting of \(isCluster ? "a cluster" : "an instance")",
        at: fields.keyRange(of: name),
        detail:
          "`\(name)` belongs to \(isCluster ? "instances, those of a cluster, too" : "clusters").")
    }
    if !(ofInstances + ["backupRetention", "capacity"]).contains(where: fields.has) {
      diagnostics.add(
        error: "nothing to set", at: fields.range,
        detail: "A DatabaseSize sets at least one thing of the database.")
    }
    var wishes = Wishes()
    if let days = wholeDays(
      fields, "backupRetention", atLeast: isCluster ? 1 : 0, into: &diagnostics)
    {
      if days.value > 35 {
        diagnostics.add(
          error: "expected at most 35 days", at: days.range, detail: "RDS keeps backups no longer.")
      }
      wishes.set(
        "backupRetentionDays", to: Value(days.value), at: days.range,
        as: .quantity(.duration, scale: 86_400))
    }
    if isCluster {
      if let capacity = fields.object("capacity") { wish(capacity, into: &wishes, &diagnostics) }
    } else {
      wishStorage(fields, into: &wishes, &diagnostics)
      wishMonitoring(fields, into: &wishes, &diagnostics)
      if let text = fields.string("class") {
        wishes.set("class", to: .string(text.value), at: text.range, as: .text)
      }
    }
    guard let name = fields.string(isCluster ? "cluster" : "instance"), !wishes.isEmpty else {
      return nil
    }
    let address = Address(isCluster ? "rds/cluster" : "rds/instance", name.value)
    return manifest.resource(address, wishes, in: context)
  }

  private static func wishStorage(
    _ fields: Fields, into wishes: inout Wishes, _ diagnostics: inout Diagnostics
  ) {
    if let text = fields.string("storageType") {
      wishes.set("storageType", to: .string(text.value), at: text.range, as: .text)
    }
    let iops = fields.integer("iops")
    var throughput: Located<Int>?
    var gigabytes: Int?
    if let iops {
      wishes.set("iops", to: Value(iops.value), at: iops.range, as: .integer)
    }
    if let bytes = fields.bytes("storage") {
      let (size, rest) = bytes.value.quotientAndRemainder(dividingBy: 1 << 30)
      if rest != 0 || !(5...65_536).contains(size) {
        diagnostics.add(
          error: "expected whole GB, 5 to 65536", at: bytes.range,
          detail: "RDS counts the storage of an instance in GB.")
      } else {
        gigabytes = Int(size)
        wishes.set(
          "allocatedStorage", to: Value(Int(size)), at: bytes.range,
          as: .quantity(.dataSize, scale: 1 << 30))
      }
    }
    if let rate = fields.bitsPerSecond("storageThroughput") {
      let (mebibytes, rest) = rate.value.quotientAndRemainder(dividingBy: 8 << 20)
      if rest != 0 || !(125...4000).contains(mebibytes) {
        diagnostics.add(
          error: "expected whole MiB/s, 125 to 4000", at: rate.range,
          detail: "RDS counts the throughput of storage in MiB/s.",
          hint: "Write it as 500 MiB/s, for example.")
      } else {
        throughput = Located(Int(mebibytes), range: rate.range)
        wishes.set(
          "storageThroughput", to: Value(Int(mebibytes)), at: rate.range,
          as: .quantity(.dataRate, scale: 8 << 20))
      }
    }
    let isGP3 = fields.string("storageType")?.value == "gp3"
    checkStorageSpeed(
      iops: iops, throughput: throughput, size: isGP3 ? gigabytes : nil, into: &diagnostics)
  }

  private static func wishMonitoring(
    _ fields: Fields, into wishes: inout Wishes, _ diagnostics: inout Diagnostics
  ) {
    if let isOn = fields.bool("performanceInsights") {
      wishes.set("performanceInsights", to: .bool(isOn.value), at: isOn.range, as: .boolean)
    }
    let interval = fields.duration("monitoringInterval")
    if let interval {
      // API description of rds, ModifyDBInstance, MonitoringInterval.
      if ![0, 1, 5, 10, 15, 30, 60].contains(interval.value) {
        diagnostics.add(
          error: "not an interval that RDS knows", at: interval.range,
          detail: "It knows 0s, 1s, 5s, 10s, 15s, 30s and 60s.")
      }
      wishes.set(
        "monitoringInterval", to: Value(interval.value), at: interval.range,
        as: .quantity(.duration))
    }
    guard let role = fields.string("monitoringRole") else { return }
    if interval?.value == 0 {
      diagnostics.add(
        error: "a role without monitoring", at: role.range,
        detail: "With an interval of 0s nothing is measured, and AWS takes no role.")
    }
    wishes.set("monitoringRole", to: .string(role.value), at: role.range, as: .text)
  }

  static func wish(
    _ capacity: Fields, into wishes: inout Wishes, _ diagnostics: inout Diagnostics
  ) {
    for (name, attribute) in [("min", "minCapacity"), ("max", "maxCapacity")] {
      guard let units = capacity.decimal(name) else { continue }
      // API description of rds, ServerlessV2ScalingConfiguration; the most is at least 1.
      let least = Decimal(name == "min" ? 0 : 1)
      let isHalf = Int((units.value * 2).description) != nil
      if !isHalf || !(least...256).contains(units.value) {
        diagnostics.add(
          error: "expected \(least) to 256 ACUs in steps of 0.5", at: units.range,
          detail: "Aurora Serverless v2 has no other capacities.")
      } else {
        wishes.set(attribute, to: .number(units.value), at: units.range)
      }
    }
    if let least = capacity.decimal("min"), let most = capacity.decimal("max"),
      least.value > most.value
    {
      diagnostics.add(
        error: "the least is more than the most", at: least.range,
        detail: "`min` is \(least.value), `max` is \(most.value).")
    }
    guard let pause = capacity.duration("autoPauseAfter") else { return }
    if !(300...86_400).contains(pause.value) {
      diagnostics.add(
        error: "expected 5m to 24h", at: pause.range,
        detail: "Aurora pauses no sooner and no later.")
    }
    if let least = capacity.decimal("min"), least.value != 0 {
      diagnostics.add(
        error: "a pause needs a least of 0", at: pause.range,
        detail: "With a `min` of \(least.value) ACUs an instance is never paused.",
        hint: "Set `min: 0`.")
    }
    wishes.set(
      "secondsUntilAutoPause", to: Value(pause.value), at: pause.range, as: .quantity(.duration))
  }
}
