internal import Foundation
internal import Model
internal import Pricing

/// `ec2/volume`: the type and speed of an EBS volume. Its name is the volume's ID.
///
/// Attributes: `volumeType`, and where the type takes them `iops` and `throughput` (MiB/s). The size
/// is nobody's here: it only ever grows. Weir neither creates nor deletes volumes. Context: `size`
/// (GiB), the attributes as they are in AWS, and `modification` while one is under way.
///
/// Reads take one request for five hundred volumes, or for two hundred where some of them are gone,
/// and one for the modifications that are under way. Selectors: `tags`, `volumeTypes`.
struct VolumeType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "ec2/volume" }
  var isCreatable: Bool { false }
  var isDeletable: Bool { false }

  /// DescribeVolumes shows the new type once the modification is past `modifying`, which takes seconds
  /// to minutes (EBS user guide, monitoring of volume modifications).
  var verification: Verification { Verification(tries: 30, interval: 10) }

  var writeEvents: WriteEvents? {
    WriteEvents(changing: ["ModifyVolume"], deleting: ["DeleteVolume"]) { request in
      let input = request["ModifyVolumeRequest"] ?? request
      return [(input["VolumeId"] ?? input["volumeId"])?.string].compactMap { $0 }
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read: [IAMPermission(["ec2:DescribeVolumes", "ec2:DescribeVolumesModifications"])]
    case .write:
      [IAMPermission(["ec2:ModifyVolume"], on: names.map { scope.arn("ec2", "volume/\($0)") })]
    }
  }

  /// Types without IOPS or throughput of their own have none.
  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    guard let limits = VolumeLimits.of(attributes["volumeType"]?.string ?? "") else {
      return attributes
    }
    var strangers: Set<String> = limits.iops == nil ? ["iops"] : []
    if limits.throughput == nil { strangers.insert("throughput") }
    return attributes.without(strangers)
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] { VolumeProblems(write).all }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    volumeCost(attributes, size: context["size"]?.numeral, scope: scope)
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    guard !names.isEmpty else { return [:] }
    async let modifications = modifications()
    let found = try await volumes(names.sorted(), scope: scope)
    return resources(found, try await modifications).filter { names.contains($0.key) }
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    async let modifications = modifications()
    let tags = TagFilter(selector)
    var filters = tags?.ec2Filters ?? []
    if let types = selector.criteria["volumeTypes"] {
      filters.append(["Name": "volume-type", "Values": types])
    }
    let found = try await scope.client.all(
      "ec2", "DescribeVolumes", ["Filters": .list(filters), "MaxResults": 1000], items: "Volumes")
    return resources(
      found.filter { volume in tags?.matches(volume["Tags"]?.tags ?? [:]) ?? true },
      try await modifications)
  }

  func create(_ write: ResourceWrite) async throws { throw unsupported(write, "creates") }

  func delete(_ write: ResourceWrite) async throws { throw unsupported(write, "deletes") }

  /// A new type comes with AWS's own speed unless it is told another: on the way back that which was
  /// recorded, else that which the volume has.
  func update(_ write: ResourceWrite) async throws {
    var input: [String: Value] = ["VolumeId": .string(write.name)]
    if let type = write.set["volumeType"] {
      input["VolumeType"] = type
      let before = write.recorded["volumeType"] == type ? write.recorded : write.live?.attributes
      let limits = VolumeLimits.of(type.string ?? "")
      for (name, range) in [("iops", limits?.iops), ("throughput", limits?.throughput)]
      where write.set[name] == nil && !write.unset.contains(name) {
        guard let value = before?[name], let number = value.numeral, range?.contains(number) == true
        else { continue }
        input[name == "iops" ? "Iops" : "Throughput"] = value
      }
    }
    if let iops = write.set["iops"] { input["Iops"] = iops }
    if let throughput = write.set["throughput"] { input["Throughput"] = throughput }
    guard input.count > 1 else { return }
    _ = try await scope.client.call("ec2", "ModifyVolume", .map(input))
  }

  /// The modifications that are under way, by volume: those that are done stand in nobody's way.
  private func modifications() async throws -> [String: Value] {
    let found = try await scope.client.all(
      "ec2", "DescribeVolumesModifications",
      [
        "Filters": [["Name": "modification-state", "Values": ["modifying", "optimizing"]]],
        "MaxResults": 500,
      ], items: "VolumesModifications")
    return Dictionary(
      found.compactMap { modification in modification["VolumeId"]?.string.map { ($0, modification) }
      }, uniquingKeysWith: { $1 })
  }

  private func resources(_ volumes: [Value], _ modifications: [String: Value])
    -> [String: LiveResource]
  {
    var found: [String: LiveResource] = [:]
    for volume in volumes {
      guard let name = volume["VolumeId"]?.string, volume["State"] != "deleting" else { continue }
      let limits = VolumeLimits.of(volume["VolumeType"]?.string ?? "")
      let attributes = [
        "volumeType": volume["VolumeType"] ?? .null,
        "iops": limits?.iops == nil ? .null : volume["Iops"] ?? .null,
        "throughput": limits?.throughput == nil ? .null : volume["Throughput"] ?? .null,
      ].without()
      var context = attributes
      context["size"] = volume["Size"]
      if let modification = modifications[name] {
        context["modification"] = .map(
          [
            "state": modification["ModificationState"] ?? .null,
            "progress": modification["Progress"] ?? .null,
            "since": Timestamps.attribute(modification["StartTime"] ?? .null),
          ].without())
      }
      found[name] = LiveResource(attributes: attributes, context: context)
    }
    return found
  }

  private func unsupported(_ write: ResourceWrite, _ verb: String) -> ResourceError {
    ResourceError(.unsupported, Address(type, write.name), "Weir changes volumes and \(verb) none.")
  }
}
