internal import Model

extension ParkedForm {
  /// Kinesis: one shard. Data goes on, in as much as one shard takes.
  static let stream = ParkedForm(service: "kinesis", type: "kinesis/stream") { subject in
    if subject.live?.attributes["mode"] == "ON_DEMAND" {
      if subject.record?.found["mode"] == "PROVISIONED" {
        return .parked([
          Part(
            address: Address("kinesis/stream", subject.name),
            attributes: ["mode": .exactly("ON_DEMAND"), "shards": .absent],
            notes: ["it was stopped by a switch to on-demand, and stays so until it is started"])
        ])
      }
      return .kept(
        "It is on demand: Kinesis sets its shards, and switches the mode only twice in 24 hours.")
    }
    return .parked([
      Part(
        address: Address("kinesis/stream", subject.name), attributes: ["shards": .exactly(1)],
        notes: ["Kinesis halves and doubles shards at most, so that both ways go in steps"])
    ])
  }

  /// DynamoDB: scaling is suspended and may go down to one unit, then all capacity does.
  static let table = ParkedForm(service: "dynamodb", type: "dynamodb/table") { subject in
    let address = Address("dynamodb/table", subject.name)
    let capacities = subject.attributes.union(
      subject.isAny ? ["readCapacity", "writeCapacity"] : []
    )
    .filter { $0.hasSuffix("readCapacity") || $0.hasSuffix("writeCapacity") }.sorted()
    if subject.live?.attributes["billingMode"] == "PAY_PER_REQUEST" {
      guard subject.record?.found["billingMode"] == "PROVISIONED" else {
        return .kept("It is on demand: without requests it costs its storage alone.")
      }
      var attributes = Dictionary(
        uniqueKeysWithValues: capacities.map { ($0, DesiredValue.absent) })
      attributes["billingMode"] = .exactly("PAY_PER_REQUEST")
      return .parked([
        Part(
          address: address, attributes: attributes,
          notes: ["it was stopped by a switch to on-demand, and stays so until it is started"])
      ])
    }
    let targets = capacities.map { target(of: $0, table: subject.name) }
    return .parked(
      targets.map { target in
        Part(
          address: target,
          attributes: ["minCapacity": .exactly(1), "suspended": .exactly(allScaling)],
          isOptional: true)
      } + [
        Part(
          address: address,
          attributes: Dictionary(
            uniqueKeysWithValues: capacities.map { ($0, DesiredValue.exactly(1)) }),
          dependsOn: targets,
          scaledBy: Dictionary(zip(capacities, targets), uniquingKeysWith: { first, _ in first }))
      ])
  }

  /// All that can be suspended of a scalable target.
  static let allScaling: Value = [
    "DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended",
  ]

  /// The scalable target of a capacity: `readCapacity`, or `indexes.INDEX.readCapacity`.
  private static func target(of capacity: String, table: String) -> Address {
    let unit = capacity.hasSuffix("readCapacity") ? "Read" : "Write"
    let index = capacity.split(separator: ".").dropFirst().dropLast().joined(separator: ".")
    let (level, part) = index.isEmpty ? ("table", "") : ("index", "/index/\(index)")
    return Address(
      "application-autoscaling/target",
      "dynamodb:\(level):\(unit)CapacityUnits/table/\(table)\(part)")
  }
}
