internal import Foundation
internal import Model

/// `ec2/unattached-volume`: an EBS volume that is attached to nothing. Its name is the volume's ID.
///
/// Attributes: `created`, `size` (GiB), `volumeType`, `iops`, `throughput`, `tags`, `usedBy` (the
/// instance). EC2 does not tell since when a volume is unattached, only when it was made.
///
/// Reads take the requests of `ec2/volume`; to find them takes one for a thousand. Selectors: `tags`.
struct UnattachedVolumeType: DeletedResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "ec2/unattached-volume" }
  var noun: String { "unattached volumes" }
  var loss: String { "What is on the volume is lost." }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read: [IAMPermission(["ec2:DescribeVolumes"])]
    case .write:
      [IAMPermission(["ec2:DeleteVolume"], on: names.map { scope.arn("ec2", "volume/\($0)") })]
    }
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    volumeCost(attributes, size: attributes["size"]?.numeral, scope: scope)
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    resources(try await volumes(names.sorted(), scope: scope)).filter { names.contains($0.key) }
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    let tags = TagFilter(selector)
    let available: Value = ["Name": "status", "Values": ["available"]]
    let found = try await scope.client.all(
      "ec2", "DescribeVolumes",
      ["Filters": .list([available] + (tags?.ec2Filters ?? [])), "MaxResults": 1000],
      items: "Volumes")
    return resources(
      found.filter { $0["State"] == "available" && tags?.matches($0["Tags"]?.tags ?? [:]) ?? true })
  }

  func delete(_ write: ResourceWrite) async throws {
    try checkUnused(write)
    _ = try await scope.client.call("ec2", "DeleteVolume", ["VolumeId": .string(write.name)])
  }

  private func resources(_ volumes: [Value]) -> [String: LiveResource] {
    var found: [String: LiveResource] = [:]
    for volume in volumes {
      guard let name = volume["VolumeId"]?.string, let state = volume["State"]?.string,
        !["deleting", "deleted"].contains(state)
      else { continue }
      let instance = volume["Attachments"]?.elements.first?["InstanceId"]
      let limits = VolumeLimits.of(volume["VolumeType"]?.string ?? "")
      found[name] = LiveResource(
        attributes: [
          "created": Timestamps.attribute(volume["CreateTime"] ?? .null),
          "size": volume["Size"] ?? .null,
          "volumeType": volume["VolumeType"] ?? .null,
          "iops": limits?.iops == nil ? .null : volume["Iops"] ?? .null,
          "throughput": limits?.throughput == nil ? .null : volume["Throughput"] ?? .null,
          "tags": Self.attribute(volume["Tags"]?.tags ?? [:]),
          "usedBy": state == "available" ? Self.unused : instance ?? .string("somebody"),
        ].without())
    }
    return found
  }
}
