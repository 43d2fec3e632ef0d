internal import Model

/// What Application Auto Scaling does to the variants of endpoints: a list of scalable targets, each with
/// its bounds, `policies` and `actions`, in the members that AWS takes.
struct EndpointScaling {
  /// The operations that read.
  static let reading = [
    "DescribeScalableTargets", "DescribeScalingPolicies", "DescribeScheduledActions",
  ]
  /// The operations that write.
  static let writing = [
    "DeregisterScalableTarget", "PutScalingPolicy", "PutScheduledAction", "RegisterScalableTarget",
  ]

  private static let targetMembers: Set = [
    "ResourceId", "ScalableDimension", "MinCapacity", "MaxCapacity", "SuspendedState",
  ]
  private static let policyMembers: Set = [
    "PolicyName", "PolicyType", "StepScalingPolicyConfiguration",
    "TargetTrackingScalingPolicyConfiguration",
  ]
  private static let actionMembers: Set = [
    "ScheduledActionName", "Schedule", "Timezone", "StartTime", "EndTime", "ScalableTargetAction",
  ]

  /// Calls AWS.
  let client: any AWSCaller

  /// The scaling of all endpoints, by the endpoint's name.
  func read() async throws -> [String: Value] {
    async let targets = all("DescribeScalableTargets", "ScalableTargets")
    async let policies = all("DescribeScalingPolicies", "ScalingPolicies")
    async let actions = all("DescribeScheduledActions", "ScheduledActions")
    let parts = try await [
      ("policies", Self.policyMembers, policies), ("actions", Self.actionMembers, actions),
    ]
    var found: [String: [Value]] = [:]
    for target in try await targets.sorted(by: { key($0) < key($1) }) {
      // endpoint/NAME/variant/VARIANT
      let words = target["ResourceId"]?.string?.split(separator: "/") ?? []
      guard words.count == 4, words[0] == "endpoint" else { continue }
      var document = target.members.filter { Self.targetMembers.contains($0.key) }.without()
      for (name, members, list) in parts {
        let own = list.filter { key($0) == key(target) }
          .map { Value.map($0.members.filter { members.contains($0.key) }.without()) }
          .sorted { "\($0)" < "\($1)" }
        if !own.isEmpty { document[name] = .list(own) }
      }
      found[String(words[1]), default: []].append(.map(document))
    }
    return found.mapValues(Value.list)
  }

  /// Takes scaling away, with its policies, their alarms and its actions.
  func remove(_ scaling: Value?) async throws {
    for target in scaling?.elements ?? [] {
      _ = try await client.call(
        "application-autoscaling", "DeregisterScalableTarget", .map(naming(target)),
        nilIf: "ObjectNotFoundException")
    }
  }

  /// Puts scaling in place.
  func put(_ scaling: Value?) async throws {
    for target in scaling?.elements ?? [] {
      let naming = naming(target)
      let bounds = target.members.without(["policies", "actions"])
      try await call("RegisterScalableTarget", bounds.merging(naming) { $1 })
      for policy in target["policies"]?.elements ?? [] {
        try await call("PutScalingPolicy", policy.members.merging(naming) { $1 })
      }
      for action in target["actions"]?.elements ?? [] {
        try await call("PutScheduledAction", action.members.merging(naming) { $1 })
      }
    }
  }

  private func naming(_ target: Value) -> [String: Value] {
    [
      "ServiceNamespace": "sagemaker", "ResourceId": target["ResourceId"] ?? .null,
      "ScalableDimension": target["ScalableDimension"] ?? .null,
    ]
  }

  private func key(_ part: Value) -> String {
    "\(part["ResourceId"]?.string ?? "") \(part["ScalableDimension"]?.string ?? "")"
  }

  private func call(_ operation: String, _ input: [String: Value]) async throws {
    _ = try await client.call("application-autoscaling", operation, .map(input))
  }

  private func all(_ operation: String, _ items: String) async throws -> [Value] {
    try await client.all(
      "application-autoscaling", operation, ["ServiceNamespace": "sagemaker"], items: items)
  }
}
