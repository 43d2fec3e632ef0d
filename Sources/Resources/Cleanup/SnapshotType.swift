internal import Foundation
internal import Model
internal import Pricing

/// `ec2/snapshot`: an EBS snapshot of this account that nothing else looks after. Its name is its ID.
///
/// Attributes: `created`, `volume`, `size` (GiB of the volume), `description`, `tags`, `usedBy` (the
/// image, or the service that keeps it). Context: `series` (the volume; none for a copy), `storedBytes`
/// where all that it holds is its own, because it is the only one of its volume.
///
/// Never found: snapshots of an AMI, also of a disabled one, of Data Lifecycle Manager and of AWS Backup, and those
/// that are not completed. To find them takes one request for a thousand, and one for a thousand
/// images. Selectors: `tags`.
struct SnapshotType: DeletedResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  /// A filter of EC2 takes so many values.
  private static let filterValues = 200
  /// What EC2 gives as the volume of a copy (API description of ec2, Snapshot.VolumeId).
  private static let anyVolume = "vol-ffffffff"

  var type: String { "ec2/snapshot" }
  var noun: String { "snapshots" }
  var loss: String { "No volume can be made from the snapshot again." }

  /// The ARN of a snapshot names no account.
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read: [IAMPermission(["ec2:DescribeImages", "ec2:DescribeSnapshots"])]
    case .write:
      [
        IAMPermission(
          ["ec2:DeleteSnapshot"], on: names.map { scope.accountlessARN("ec2", "snapshot/\($0)") })
      ]
    }
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    guard let bytes = context["storedBytes"]?.numeral else {
      return .unknown(
        "what a snapshot alone holds is not known where there are others of its volume")
    }
    return scope.prices.monthlyCost(
      of: .snapshotStorage, quantity: bytes / 1_073_741_824, in: scope.region, called: "a snapshot")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await inParallel(names.sorted().batches(of: Self.filterValues)) { names in
      try await list([["Name": "snapshot-id", "Values": .list(names.map(Value.string))]])
    }.flatMap { $0 }
    return resources(found, images: try await images(of: found))
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    let tags = TagFilter(selector)
    let listed = try await list(tags?.ec2Filters ?? [])
    let unmanaged = listed.filter { snapshot in
      let own = snapshot["Tags"]?.tags ?? [:]
      return Self.manager(own) == nil && tags?.matches(own) ?? true
    }
    let isWhole = tags == nil
    let counts = Dictionary(
      listed.map { ($0["VolumeId"]?.string ?? "", 1) }, uniquingKeysWith: +)
    let found = resources(unmanaged, images: try await images(of: unmanaged)) { snapshot in
      isWhole && counts[snapshot["VolumeId"]?.string ?? ""] == 1
    }
    return found.filter { $0.value.attributes["usedBy"] == Self.unused }
  }

  func delete(_ write: ResourceWrite) async throws {
    try checkUnused(write)
    _ = try await scope.client.call("ec2", "DeleteSnapshot", ["SnapshotId": .string(write.name)])
  }

  private func list(_ filters: [Value]) async throws -> [Value] {
    try await scope.client.all(
      "ec2", "DescribeSnapshots",
      ["OwnerIds": ["self"], "Filters": .list(filters), "MaxResults": 1000], items: "Snapshots")
  }

  /// By snapshot the image that uses it: disabled ones, too, which EC2 leaves out unasked.
  private func images(of snapshots: [Value]) async throws -> [String: String] {
    let names = snapshots.compactMap { $0["SnapshotId"] }
    if names.isEmpty { return [:] }
    var input: [String: Value] = [
      "Owners": ["self"], "IncludeDeprecated": true, "IncludeDisabled": true, "MaxResults": 1000,
    ]
    // More of them than a filter takes: then all images of the account.
    if names.count <= Self.filterValues {
      input["Filters"] = [["Name": "block-device-mapping.snapshot-id", "Values": .list(names)]]
    }
    var users: [String: String] = [:]
    for image in try await scope.client.all("ec2", "DescribeImages", .map(input), items: "Images") {
      for device in image["BlockDeviceMappings"]?.elements ?? [] {
        guard let name = device["Ebs"]?["SnapshotId"]?.string else { continue }
        users[name] = image["ImageId"]?.string ?? "an image"
      }
    }
    return users
  }

  private func resources(
    _ snapshots: [Value], images: [String: String], isAlone: (Value) -> Bool = { _ in false }
  ) -> [String: LiveResource] {
    var found: [String: LiveResource] = [:]
    for snapshot in snapshots {
      guard let name = snapshot["SnapshotId"]?.string,
        ["completed", "error"].contains(snapshot["State"]?.string)
      else { continue }
      let tags = snapshot["Tags"]?.tags ?? [:]
      let user = images[name] ?? Self.manager(tags)
      let volume = snapshot["VolumeId"]?.string
      let isCopy = volume == Self.anyVolume
      let isPriced = isAlone(snapshot) && !isCopy && snapshot["StorageTier"] != "archive"
      let description = snapshot["Description"]?.string
      found[name] = LiveResource(
        attributes: [
          "created": Timestamps.attribute(snapshot["StartTime"] ?? .null),
          "volume": isCopy ? .null : snapshot["VolumeId"] ?? .null,
          "size": snapshot["VolumeSize"] ?? .null,
          "description": description == "" ? .null : snapshot["Description"] ?? .null,
          "tags": Self.attribute(tags),
          "usedBy": user.map(Value.string) ?? Self.unused,
        ].without(),
        context: [
          "series": isCopy ? .null : snapshot["VolumeId"] ?? .null,
          "storedBytes": isPriced ? snapshot["FullSnapshotSizeInBytes"] ?? .null : .null,
        ].without())
    }
    return found
  }

  /// The service that keeps and deletes a snapshot with these tags (EBS user guide, automated snapshots;
  /// AWS Backup developer guide, tags on backups).
  private static func manager(_ tags: [String: String]) -> String? {
    if tags.keys.contains(where: { $0.hasPrefix("aws:dlm:") || $0 == "dlm:managed" }) {
      return "Data Lifecycle Manager"
    }
    return tags.keys.contains { $0.hasPrefix("aws:backup:") } ? "AWS Backup" : nil
  }
}
