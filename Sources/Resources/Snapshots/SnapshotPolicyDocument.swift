internal import Model

/// A policy of DLM as attributes, and back.
enum SnapshotPolicyDocument {
  /// What the attributes of schedules begin with.
  static let prefix = "schedules."
  /// What the attributes of schedules end with: the members that a manifest can set. All others, such as
  /// copies to other regions, are whose they are.
  static let members = ["CreateRule", "RetainRule", "CopyTags"]
  /// The members of a create rule that say when; others say where, or run scripts.
  private static let timing: Set = ["Interval", "IntervalUnit", "Times", "CronExpression"]

  /// The attributes of a policy as DLM describes it.
  static func attributes(_ policy: Value) -> [String: Value] {
    let details = policy["PolicyDetails"]
    var attributes: [String: Value] = [:]
    attributes["description"] = policy["Description"]
    // ERROR is what DLM makes of an enabled policy that fails.
    attributes["state"] = policy["State"] == "DISABLED" ? "DISABLED" : "ENABLED"
    attributes["executionRole"] = policy["ExecutionRoleArn"]
    attributes["resourceType"] = details?["ResourceTypes"]?.elements.first
    attributes["targetTags"] = .list(
      (details?["TargetTags"]?.elements ?? []).map { tag in
        .string("\(tag["Key"]?.string ?? "")=\(tag["Value"]?.string ?? "")")
      })
    for schedule in details?["Schedules"]?.elements ?? [] {
      let name = schedule["Name"]?.string ?? ""
      for member in members { attributes["\(prefix)\(name).\(member)"] = schedule[member] }
    }
    return normalized(attributes.without())
  }

  /// Tags are a set; a schedule is without what is not set.
  static func normalized(_ attributes: [String: Value]) -> [String: Value] {
    var normal = attributes
    for (key, value) in attributes {
      if key == "targetTags" {
        normal[key] = .list(Set(value.elements.compactMap(\.string)).sorted().map(Value.string))
      } else if let part = part(key) {
        switch part.member {
        case "CreateRule":
          normal[key] = .map(bare(value).members.filter { timing.contains($0.key) })
        case "CopyTags": normal[key] = value == true ? true : nil
        default: normal[key] = bare(value)
        }
      }
    }
    return normal
  }

  /// The input that makes or changes a policy.
  ///
  /// - Parameter policy: as it is; nil where it is to be made.
  static func request(_ write: ResourceWrite, over policy: Value?) -> [String: Value] {
    var input: [String: Value] = [:]
    input["Description"] = write.set["description"]
    input["State"] = write.set["state"]
    input["ExecutionRoleArn"] = write.set["executionRole"]
    let inDetails = write.touched.contains {
      ["resourceType", "targetTags"].contains($0) || $0.hasPrefix(prefix)
    }
    guard policy == nil || inDetails else { return input }
    var details = policy?["PolicyDetails"]?.members ?? ["PolicyType": "EBS_SNAPSHOT_MANAGEMENT"]
    if let type = write.set["resourceType"] { details["ResourceTypes"] = .list([type]) }
    if let tags = write.set["targetTags"] {
      details["TargetTags"] = .list(
        tags.elements.compactMap(\.string).map { text in
          let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
          return ["Key": .string(String(parts[0])), "Value": .string(String(parts.last ?? ""))]
        })
    }
    var schedules = details["Schedules"]?.elements ?? []
    // Without a create rule there is no schedule.
    schedules.removeAll {
      write.unset.contains("\(prefix)\($0["Name"]?.string ?? "").CreateRule")
    }
    for key in write.touched.sorted() {
      guard let part = part(key) else { continue }
      let place = schedules.firstIndex { $0["Name"]?.string == part.schedule }
      var schedule = place.map { schedules[$0].members } ?? ["Name": .string(part.schedule)]
      switch (part.member, write.set[key]) {
      case ("CreateRule", let rule?):
        schedule[part.member] = .map(
          (schedule[part.member]?.members ?? [:]).without(timing).merging(rule.members) { $1 })
      case (_, let value): schedule[part.member] = value
      }
      if let place {
        schedules[place] = .map(schedule)
      } else if write.set[key] != nil {
        schedules.append(.map(schedule))
      }
    }
    details["Schedules"] = .list(schedules)
    input["PolicyDetails"] = .map(details)
    return input
  }

  /// The schedule and its member that an attribute is; nil for others. Names have no points (API
  /// description of dlm, ScheduleName).
  static func part(_ attribute: String) -> (schedule: String, member: String)? {
    guard attribute.hasPrefix(prefix), let point = attribute.lastIndex(of: "."),
      point > attribute.index(attribute.startIndex, offsetBy: prefix.count - 1)
    else { return nil }
    return (
      String(attribute[..<point].dropFirst(prefix.count)),
      String(attribute[attribute.index(after: point)...])
    )
  }

  /// A value without members that are null, false or empty: what DLM adds by itself.
  private static func bare(_ value: Value) -> Value {
    guard let members = value.map else { return value }
    return .map(
      members.mapValues(bare).filter { _, member in
        ![.null, .bool(false), .list([]), .map([:])].contains(member)
      })
  }
}
