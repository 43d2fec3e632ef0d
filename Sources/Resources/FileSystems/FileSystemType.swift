internal import Foundation
internal import Model
internal import Pricing

/// `efs/file-system`: the throughput and the lifecycle of an EFS file system. Its name is its ID.
///
/// Attributes: `throughputMode`, `provisionedMibps` where that is provisioned, and the transitions of the
/// lifecycle configuration that are set: `transitionToIA`, `transitionToArchive`,
/// `transitionToPrimary`. Weir neither creates nor deletes file systems. Context: the attributes as they
/// are in AWS, the bytes in each storage class, `zone` of a One Zone file system, `performanceMode`.
///
/// Reads take the list, a request for a hundred, where more than one is asked for, and one request each
/// for the lifecycle, of which EFS has no list. Selectors: `tags`.
struct FileSystemType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "efs/file-system" }
  var isCreatable: Bool { false }
  var isDeletable: Bool { false }
  var verification: Verification { Verification(tries: 30, interval: 10) }

  /// The lifecycle's attributes, and their members in AWS.
  static let transitions = [
    "transitionToIA": "TransitionToIA", "transitionToArchive": "TransitionToArchive",
    "transitionToPrimary": "TransitionToPrimaryStorageClass",
  ]

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["UpdateFileSystem", "PutLifecycleConfiguration"],
      effects: [
        "UpdateFileSystem": .attributes(["throughputMode", "provisionedMibps"]),
        "PutLifecycleConfiguration": .attributes([
          "transitionToIA", "transitionToArchive", "transitionToPrimary",
        ]),
      ], deleting: ["DeleteFileSystem"]
    ) { request in [request["fileSystemId"]?.string].compactMap { $0 } }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let arns = names.map { scope.arn("elasticfilesystem", "file-system/\($0)") }
    switch access {
    case .read:
      return [
        IAMPermission(["elasticfilesystem:DescribeFileSystems"]),
        IAMPermission(["elasticfilesystem:DescribeLifecycleConfiguration"], on: arns),
      ]
    case .write:
      return [
        IAMPermission(
          ["elasticfilesystem:PutLifecycleConfiguration", "elasticfilesystem:UpdateFileSystem"],
          on: arns)
      ]
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] { FileSystemProblems(write).all }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    fileSystemCost(attributes, context, scope: scope)
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await listedOrNamed(names, by: "FileSystemId") { token in
      var input: [String: Value] = ["MaxItems": 100]
      input["Marker"] = token
      let page = try await scope.client.call("efs", "DescribeFileSystems", .map(input))
      return (page["FileSystems"]?.elements ?? [], page["NextMarker"])
    } one: { name in
      try await scope.client.call(
        "efs", "DescribeFileSystems", ["FileSystemId": .string(name)], nilIf: "FileSystemNotFound")?[
          "FileSystems"]?.elements.first
    }
    return try await resources(found)
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    let tags = TagFilter(selector)
    return try await resources(
      list().filter { tags?.matches($0["Tags"]?.tags ?? [:]) ?? true })
  }

  func create(_ write: ResourceWrite) async throws { throw unsupported(write, "creates") }

  func delete(_ write: ResourceWrite) async throws { throw unsupported(write, "deletes") }

  /// Only elastic throughput has the Archive class: what leaves it gives up the archive first.
  func update(_ write: ResourceWrite) async throws {
    let isLeavingElastic = write.live?.attributes["throughputMode"] == "elastic"
    if isLeavingElastic { try await updateLifecycle(write) }
    try await updateThroughput(write)
    if !isLeavingElastic { try await updateLifecycle(write) }
  }

  private func updateThroughput(_ write: ResourceWrite) async throws {
    guard write.set["throughputMode"] != nil || write.set["provisionedMibps"] != nil else { return }
    var input: [String: Value] = ["FileSystemId": .string(write.name)]
    input["ThroughputMode"] = write.set["throughputMode"]
    if (input["ThroughputMode"] ?? write.live?.attributes["throughputMode"]) == "provisioned" {
      input["ProvisionedThroughputInMibps"] =
        write.set["provisionedMibps"] ?? write.recorded["provisionedMibps"]
        ?? write.live?.attributes["provisionedMibps"]
    }
    _ = try await scope.client.call("efs", "UpdateFileSystem", .map(input))
  }

  /// EFS replaces the configuration as a whole: it is read again, and what others set is kept.
  private func updateLifecycle(_ write: ResourceWrite) async throws {
    guard !write.touched.isDisjoint(with: Self.transitions.keys) else { return }
    let touched = Set(write.touched.compactMap { Self.transitions[$0] })
    var policies = try await policies(of: write.name).filter {
      touched.isDisjoint(with: $0.members.keys)
    }
    for (attribute, member) in Self.transitions.sorted(by: { $0.key < $1.key }) {
      if let value = write.set[attribute] { policies.append(.map([member: value])) }
    }
    _ = try await scope.client.call(
      "efs", "PutLifecycleConfiguration",
      ["FileSystemId": .string(write.name), "LifecyclePolicies": .list(policies)])
  }

  private func list() async throws -> [Value] {
    try await scope.client.all(
      "efs", "DescribeFileSystems", ["MaxItems": 100], items: "FileSystems")
  }

  private func policies(of name: String) async throws -> [Value] {
    try await scope.client.call(
      "efs", "DescribeLifecycleConfiguration", ["FileSystemId": .string(name)],
      nilIf: "FileSystemNotFound")?["LifecyclePolicies"]?.elements ?? []
  }

  private func resources(_ systems: [Value]) async throws -> [String: LiveResource] {
    let there = systems.filter { !["deleting", "deleted"].contains($0["LifeCycleState"]) }
    let all = try await inParallel(there) { system in
      (system, try await policies(of: system["FileSystemId"]?.string ?? ""))
    }
    var found: [String: LiveResource] = [:]
    for (system, policies) in all {
      guard let name = system["FileSystemId"]?.string else { continue }
      var attributes: [String: Value] = [:]
      attributes["throughputMode"] = system["ThroughputMode"] ?? "bursting"
      if system["ThroughputMode"] == "provisioned" {
        attributes["provisionedMibps"] = system["ProvisionedThroughputInMibps"]
      }
      for (attribute, member) in Self.transitions {
        attributes[attribute] = policies.compactMap { $0[member] }.first
      }
      attributes = attributes.without()
      let sizes = system["SizeInBytes"]
      var context = attributes
      context["standardBytes"] = sizes?["ValueInStandard"] ?? sizes?["Value"]
      context["infrequentBytes"] = sizes?["ValueInIA"]
      context["archiveBytes"] = sizes?["ValueInArchive"]
      context["zone"] = system["AvailabilityZoneName"]
      context["performanceMode"] = system["PerformanceMode"]
      context["state"] = system["LifeCycleState"]
      found[name] = LiveResource(attributes: attributes, context: context.without())
    }
    return found
  }

  private func unsupported(_ write: ResourceWrite, _ verb: String) -> ResourceError {
    ResourceError(
      .unsupported, Address(type, write.name), "Weir changes file systems and \(verb) none.")
  }
}
