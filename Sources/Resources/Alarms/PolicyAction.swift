internal import Model

/// An action that runs a scaling policy. Its ARN has an ID that AWS gives when the policy is made, so
/// that nobody can write it down before; everything else in it names the policy.
struct PolicyAction: Hashable {
  /// The ARN with `*` for the ID.
  let pattern: String
  /// The namespace of the policy's scalable target.
  let namespace: String
  /// The policy's name.
  let policy: String
  /// Whether it stands for a policy of which the ID is not known.
  let isPattern: Bool

  /// The action with this ARN, `arn:aws:autoscaling:REGION:ACCOUNT:scalingPolicy:ID:resource/NAMESPACE/
  /// RESOURCEID:policyName/NAME`; nil for one that does something else.
  init?(_ arn: String) {
    let parts = arn.split(separator: ":", maxSplits: 7, omittingEmptySubsequences: false)
    guard parts.count == 8, parts[2] == "autoscaling", parts[5] == "scalingPolicy",
      parts[7].hasPrefix("resource/"), let name = parts[7].firstRange(of: ":policyName/")
    else { return nil }
    let path = parts[7][..<name.lowerBound].split(separator: "/")
    guard path.count >= 3 else { return nil }
    namespace = String(path[1])
    policy = String(parts[7][name.upperBound...])
    isPattern = parts[6] == "*"
    pattern = (parts[..<6] + ["*", parts[7]]).joined(separator: ":")
  }
}

extension ScalingCalls {
  /// The ARNs of the policies that are there, of those that `actions` name: one request for fifty
  /// names of a namespace.
  func policyARNs(of actions: Set<PolicyAction>) async throws -> [String] {
    let requests = Dictionary(grouping: actions, by: \.namespace).sorted { $0.key < $1.key }
      .flatMap { namespace, actions in
        Set(actions.map(\.policy)).sorted().batches(of: 50).map { (namespace, $0) }
      }
    return try await inParallel(requests) { namespace, names in
      try await client.all(
        "application-autoscaling", "DescribeScalingPolicies",
        [
          "ServiceNamespace": .string(namespace), "PolicyNames": .list(names.map(Value.string)),
        ], items: "ScalingPolicies")
    }.joined().compactMap { $0["PolicyARN"]?.string }
  }
}
