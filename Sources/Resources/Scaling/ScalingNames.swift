internal import Model

/// The name of a scalable target: `SCALABLEDIMENSION/RESOURCEID`, for instance
/// `ecs:service:DesiredCount/service/web-cluster/web`. A dimension has no slash, so that everything
/// behind the first one is the resource's ID.
struct ScalingTargetName: Hashable, Sendable {
  /// The scalable dimension.
  let dimension: String
  /// The resource's ID.
  let resourceID: String

  /// The parts of `name`; nil where it has not this form.
  init?(_ name: some StringProtocol) {
    guard let slash = name.firstIndex(of: "/") else { return nil }
    self.init(dimension: String(name[..<slash]), resourceID: String(name[slash...].dropFirst()))
  }

  /// The target for `dimension` of a resource; nil where a part is missing.
  init?(dimension: String, resourceID: String) {
    guard dimension.contains(":"), !resourceID.isEmpty else { return nil }
    self.dimension = dimension
    self.resourceID = resourceID
  }

  /// The namespace: what stands before the dimension's first colon.
  var namespace: String { dimension.split(separator: ":").first.map(String.init) ?? dimension }

  /// The name.
  var text: String { "\(dimension)/\(resourceID)" }

  /// What stands for its resource in ARNs: an index of DynamoDB is changed with its table.
  var arnPart: String {
    guard dimension.hasPrefix("dynamodb:index:") else { return resourceID }
    return resourceID.split(separator: "/").prefix(2).joined(separator: "/")
  }

  /// The attribute that is scaled, and whose; nil where no resource type has it.
  var scaled: (address: Address, attribute: String)? {
    let parts = resourceID.split(separator: "/").map(String.init)
    let unit = dimension.hasSuffix("ReadCapacityUnits") ? "readCapacity" : "writeCapacity"
    switch (dimension, parts.count) {
    case ("ecs:service:DesiredCount", 3) where parts[0] == "service":
      return (Address("ecs/service", "\(parts[1])/\(parts[2])"), "desiredCount")
    case ("dynamodb:table:ReadCapacityUnits", 2), ("dynamodb:table:WriteCapacityUnits", 2):
      return (Address("dynamodb/table", parts[1]), unit)
    case ("dynamodb:index:ReadCapacityUnits", 4), ("dynamodb:index:WriteCapacityUnits", 4):
      return (Address("dynamodb/table", parts[1]), "indexes.\(parts[3]).\(unit)")
    default: return nil
    }
  }
}

/// The name of something that belongs to a scalable target: `DIMENSION/RESOURCEID#NAME`. The first
/// `#` counts: names of policies and actions can have more of them.
struct ScalingPartName: Hashable, Sendable {
  /// The target.
  let target: ScalingTargetName
  /// The policy's or action's own name.
  let part: String

  /// The parts of `name`; nil where it has not this form.
  init?(_ name: String) {
    guard let mark = name.firstIndex(of: "#"), let target = ScalingTargetName(name[..<mark]) else {
      return nil
    }
    self.init(target: target, part: String(name[mark...].dropFirst()))
  }

  /// The part `part` of `target`; nil where it has no name.
  init?(target: ScalingTargetName, part: String) {
    guard !part.isEmpty else { return nil }
    self.target = target
    self.part = part
  }

  /// The name.
  var text: String { "\(target.text)#\(part)" }
}
