internal import Model

/// The calls of Application Auto Scaling that its three resource types share.
struct ScalingCalls: Sendable {
  /// Calls AWS.
  let client: any AWSCaller

  /// The members that name a target in every request.
  func naming(_ target: ScalingTargetName) -> [String: Value] {
    [
      "ServiceNamespace": .string(target.namespace), "ResourceId": .string(target.resourceID),
      "ScalableDimension": .string(target.dimension),
    ]
  }

  /// Calls an operation about a target.
  func call(
    _ operation: String, _ target: ScalingTargetName, _ members: [String: Value]
  ) async throws {
    _ = try await client.call(
      "application-autoscaling", operation, .map(members.merging(naming(target)) { $1 }))
  }

  /// Calls an operation that takes something away; that it is away already is no error.
  func remove(
    _ operation: String, _ target: ScalingTargetName, _ members: [String: Value]
  ) async throws {
    _ = try await client.call(
      "application-autoscaling", operation, .map(members.merging(naming(target)) { $1 }),
      nilIf: "ObjectNotFoundException")
  }

  /// The names of all policies or actions of a target, sorted.
  ///
  /// - Parameters: as for `describe`.
  func names(
    of target: ScalingTargetName, _ operation: String, items: String, key: String
  ) async throws -> [String] {
    try await client.all(
      "application-autoscaling", operation, .map(naming(target)), items: items
    ).compactMap { $0[key]?.string }.sorted()
  }

  /// The descriptions of policies or actions by name.
  ///
  /// A request can ask for fifty names in a namespace, or for one target. One target is cheaper
  /// where only one is asked for: the names of its policies are often those of other targets' too,
  /// and AWS would send them all.
  ///
  /// - Parameters:
  ///   - operation: DescribeScalingPolicies or DescribeScheduledActions.
  ///   - list: the input's member that takes names.
  ///   - items: the answer's member that holds the descriptions.
  ///   - key: the member of a description that holds its name.
  func describe(
    _ names: Set<String>, _ operation: String, list: String, items: String, key: String
  ) async throws -> [String: Value] {
    let parts = names.compactMap(ScalingPartName.init)
    let requests = Dictionary(grouping: parts, by: \.target.namespace).sorted { $0.key < $1.key }
      .flatMap { namespace, parts -> [Value] in
        let targets = Set(parts.map(\.target))
        let naming: [String: Value] =
          if targets.count == 1, let target = targets.first {
            self.naming(target)
          } else {
            ["ServiceNamespace": .string(namespace)]
          }
        return Set(parts.map(\.part)).sorted().batches(of: 50).map { batch in
          .map(naming.merging([list: .list(batch.map(Value.string))]) { $1 })
        }
      }
    let answers = try await inParallel(requests) { request in
      try await client.all("application-autoscaling", operation, request, items: items)
    }
    var described: [String: Value] = [:]
    for description in answers.joined() {
      guard
        let target = ScalingTargetName(
          dimension: description["ScalableDimension"]?.string ?? "",
          resourceID: description["ResourceId"]?.string ?? ""),
        let name = ScalingPartName(target: target, part: description[key]?.string ?? ""),
        names.contains(name.text)
      else { continue }
      described[name.text] = description
    }
    return described
  }
}

extension ResourceType {
  /// The parts of the name of something that belongs to a scalable target.
  ///
  /// - Throws: `ResourceError` where it has not the right form.
  func part(_ write: ResourceWrite) throws -> ScalingPartName {
    guard let name = ScalingPartName(write.name) else {
      throw ResourceError(
        .badName, Address(type, write.name), "The name is not DIMENSION/RESOURCEID#NAME.")
    }
    return name
  }
}
