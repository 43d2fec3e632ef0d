internal import Model

/// A policy of DLM as attributes, and back.
enum SnapshotPolicyDocument {
  static let prefix = "schedules."

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
      attributes[prefix + (schedule["Name"]?.string ?? "")] = schedule
    }
    return normalized(attributes.without())
  }

  /// Tags are a set; a schedule is without its name and without what is not set.
  static func normalized(_ attributes: [String: Value]) -> [String: Value] {
    var normal = attributes
    for (key, value) in attributes {
      if key == "targetTags" {
        normal[key] = .list(Set(value.elements.compactMap(\.string)).sorted().map(Value.string))
      } else if key.hasPrefix(prefix) {
        var schedule = bare(value).members
        schedule["Name"] = nil
        schedule = schedule.changing("CreateRule") { rule in
          .map(rule.members.filter { $0.key != "Location" || $0.value != "CLOUD" })
        }
        normal[key] = .map(schedule)
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
    schedules.removeAll { write.unset.contains(prefix + ($0["Name"]?.string ?? "")) }
    for (key, schedule) in write.set.sorted(by: { $0.key < $1.key }) where key.hasPrefix(prefix) {
      let name = String(key.dropFirst(prefix.count))
      let new = Value.map(schedule.members.merging(["Name": .string(name)]) { $1 })
      if let index = schedules.firstIndex(where: { $0["Name"]?.string == name }) {
        schedules[index] = new
      } else {
        schedules.append(new)
      }
    }
    details["Schedules"] = .list(schedules)
    input["PolicyDetails"] = .map(details)
    return input
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
