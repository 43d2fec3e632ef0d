internal import Foundation
internal import Model

/// `dlm/policy`: a policy of Data Lifecycle Manager that makes and deletes EBS snapshots.
///
/// DLM has no names, only IDs that it gives itself. A policy that Weir makes therefore carries its name
/// in the tag `weir:name`: tags of the policy itself come with the list of all, are free of the limits of a
/// description, and mean nothing to DLM. A name of the form `policy-0123abcd` is the ID of a
/// policy that somebody else made.
///
/// Attributes: `description`, `state`, `executionRole`, `resourceType`, `targetTags` (a list of
/// `KEY=VALUE`) and of each schedule `schedules.<name>.CreateRule` (when), `schedules.<name>.RetainRule`
/// and `schedules.<name>.CopyTags`, in DLM's own shape. Context: `policyID`.
///
/// Reads take one request for the list, which has no pages, and one for each policy that is asked for.
struct SnapshotPolicyType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  static let nameTag = "weir:name"

  var type: String { "dlm/policy" }

  /// CloudTrail keeps the names of DLM's bodies as they are (API reference of dlm, logging using
  /// CloudTrail).
  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["CreateLifecyclePolicy", "UpdateLifecyclePolicy"],
      deleting: ["DeleteLifecyclePolicy"],
      identifier: .init("policyID", from: "CreateLifecyclePolicy") { $0["PolicyId"]?.string }
    ) { request in
      [request["policyId"], request["Tags"]?[Self.nameTag]].compactMap { $0?.string }
    }
  }

  /// IDs are known to nobody beforehand, so that a write may reach every policy. The role that is asked for
  /// brings its own permission; that of a policy that somebody else made may have to be given back.
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let arns = names.map { name in
      scope.arn("dlm", "policy/\(Self.isID(name) ? name : "*")")
    }
    let unique = Set(arns).sorted()
    switch access {
    case .read:
      return [
        IAMPermission(["dlm:GetLifecyclePolicies"]),
        IAMPermission(["dlm:GetLifecyclePolicy"], on: unique),
      ]
    case .write:
      return [
        IAMPermission(["dlm:CreateLifecyclePolicy"]),
        IAMPermission(
          ["dlm:DeleteLifecyclePolicy", "dlm:TagResource", "dlm:UpdateLifecyclePolicy"], on: unique),
      ]
        + (names.contains(where: Self.isID)
          ? [
            IAMPermission(
              ["iam:PassRole"], on: [scope.globalARN("iam", "role/*")],
              where: ["iam:PassedToService": RoleUse.snapshots.principal])
          ] : [])
    }
  }

  var attributesByAction: [String: Set<String>] { ["iam:PassRole": ["executionRole"]] }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    SnapshotPolicyDocument.normalized(attributes)
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    SnapshotPolicyProblems(write).all
  }

  /// DLM deletes what is beyond the count at the next run of the schedule (EBS user guide, retention); what
  /// a deleted policy made stays, and another policy deletes only what is its own.
  func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? {
    if action == .delete {
      return
        "The snapshots that the policy made stay and cost until somebody deletes them: no rollback"
        + " brings back the policy that would."
    }
    let isFewer = write.set.contains { key, rule in
      guard SnapshotPolicyDocument.part(key)?.member == "RetainRule",
        let was = write.live?.attributes[key]?.members
      else { return false }
      let will = rule.members
      if let before = was["Count"]?.numeral, let after = will["Count"]?.numeral {
        return after < before
      }
      return was != will
    }
    guard isFewer else { return nil }
    return "Snapshots beyond what is kept are deleted, and no rollback brings them back."
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    .unknown("depends on how much of the volumes changes")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    guard !names.isEmpty else { return [:] }
    let ids = try await ids(of: names)
    let found = try await inParallel(ids.sorted { $0.key < $1.key }) { name, id in
      (name, try await policy(id))
    }
    var live: [String: LiveResource] = [:]
    for (name, policy) in found {
      guard let policy, policy["PolicyDetails"]?["PolicyLanguage"] != "SIMPLIFIED" else { continue }
      live[name] = LiveResource(
        attributes: SnapshotPolicyDocument.attributes(policy),
        context: ["policyID": policy["PolicyId"] ?? .null].without())
    }
    return live
  }

  func create(_ write: ResourceWrite) async throws {
    if Self.isID(write.name) {
      throw ResourceError(
        .unsupported, address(write), "DLM gives IDs itself: leave `policy` out to make a new one.")
    }
    var input = SnapshotPolicyDocument.request(write, over: nil)
    input["Description"] = input["Description"] ?? .string(write.name)
    input["State"] = input["State"] ?? "ENABLED"
    input["Tags"] = [Self.nameTag: .string(write.name)]
    _ = try await scope.client.call("dlm", "CreateLifecyclePolicy", .map(input))
  }

  /// DLM replaces the details as a whole: they are read again, and what Weir does not know is kept.
  func update(_ write: ResourceWrite) async throws {
    guard let id = try await ids(of: [write.name])[write.name], let policy = try await policy(id)
    else { throw ResourceError(.missing, address(write), "The policy is not there any more.") }
    var input = SnapshotPolicyDocument.request(write, over: policy)
    input["PolicyId"] = .string(id)
    _ = try await scope.client.call("dlm", "UpdateLifecyclePolicy", .map(input))
  }

  func delete(_ write: ResourceWrite) async throws {
    guard let id = try await ids(of: [write.name])[write.name] else { return }
    _ = try await scope.client.call(
      "dlm", "DeleteLifecyclePolicy", ["PolicyId": .string(id)], nilIf: "ResourceNotFoundException")
  }

  /// Whether a name is an ID of DLM's.
  static func isID(_ name: String) -> Bool {
    name.hasPrefix("policy-") && name.dropFirst(7).allSatisfy { $0.isHexDigit && !$0.isUppercase }
      && name.count > 7
  }

  /// The IDs of the policies with these names; of two with the same name the first by ID.
  private func ids(of names: Set<String>) async throws -> [String: String] {
    var ids = Dictionary(uniqueKeysWithValues: names.filter(Self.isID).map { ($0, $0) })
    guard ids.count < names.count else { return ids }
    let answer = try await scope.client.call("dlm", "GetLifecyclePolicies", [:])
    for policy in answer["Policies"]?.elements ?? [] {
      guard let name = policy["Tags"]?[Self.nameTag]?.string, names.contains(name),
        let id = policy["PolicyId"]?.string
      else { continue }
      ids[name] = min(ids[name] ?? id, id)
    }
    return ids
  }

  private func policy(_ id: String) async throws -> Value? {
    try await scope.client.call(
      "dlm", "GetLifecyclePolicy", ["PolicyId": .string(id)], nilIf: "ResourceNotFoundException")?[
        "Policy"]
  }

  private func address(_ write: ResourceWrite) -> Address { Address(type, write.name) }
}
