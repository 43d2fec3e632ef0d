internal import Model
internal import Pricing

/// `application-autoscaling/target-policies`: the scaling policies of a target as a whole, which Weir reads
/// and never changes. Its name is that of the target, `DIMENSION/RESOURCEID`.
///
/// Attributes: none. Context: `tracking` (the names of those that are of target tracking).
///
/// Reads take one request for ten policies of a target: the page size of DescribeScalingPolicies.
struct TargetPoliciesType: ExistingResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "application-autoscaling/target-policies" }
  var noun: String { "single policies" }

  var writeEvents: WriteEvents? {
    WriteEvents(changing: ["PutScalingPolicy"], deleting: ["DeleteScalingPolicy"]) { request in
      [ScalingTargetName(request: request)?.text].compactMap { $0 }
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    access == .read
      ? ScalingCalls(client: scope.client).reading(["DescribeScalingPolicies"]) : []
  }

  /// Steps and target tracking move the same capacity (Application Auto Scaling user guide, "Step
  /// scaling policies").
  func shortfall(
    of name: String, live: LiveResource?, beside own: Set<Address>
  ) -> ResourceProblem? {
    guard let target = ScalingTargetName(name) else { return nil }
    let others = (live?.context["tracking"]?.elements ?? []).compactMap(\.string).filter {
      !own.contains(
        Address(
          "application-autoscaling/policy", ScalingPartName(target: target, part: $0)?.text ?? ""))
    }
    guard !others.isEmpty else { return nil }
    let names = others.map { "\"\($0)\"" }.joined(separator: ", ")
    return ResourceProblem(
      "policyType",
      "Beside these steps somebody else has target tracking move the same tasks: \(names). They work"
        + " against each other where they disagree; AWS advises to use one of them.",
      severity: .warning)
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost { .zero }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let calls = ScalingCalls(client: scope.client)
    let found = try await inParallel(names.sorted()) { name -> (String, [Value])? in
      guard let target = ScalingTargetName(name) else { return nil }
      return try await (
        name,
        scope.client.all(
          "application-autoscaling", "DescribeScalingPolicies", .map(calls.naming(target)),
          items: "ScalingPolicies")
      )
    }
    return found.compactMap { $0 }.reduce(into: [:]) { live, policies in
      let tracking = policies.1.filter { $0["PolicyType"] == ScalingPolicyDocument.tracking }
        .compactMap { $0["PolicyName"]?.string }.sorted()
      live[policies.0] = LiveResource(
        attributes: [:], context: ["tracking": .list(tracking.map(Value.string))])
    }
  }

  func update(_ write: ResourceWrite) async throws {
    throw ResourceError(
      .unsupported, Address(type, write.name), "Weir writes policies one by one.")
  }
}
