internal import Foundation
internal import Model
internal import Pricing

/// `application-autoscaling/target`: what may be scaled, and between which bounds. Its name is
/// `DIMENSION/RESOURCEID`.
///
/// Attributes: `minCapacity`, `maxCapacity`, `suspended` (the names of what is suspended, sorted; not set
/// where nothing is). Context: `roleARN`.
/// Deleting one would also delete its policies and scheduled actions (API description of
/// application-autoscaling, DeregisterScalableTarget), so that one which still has any is not
/// deleted. Changing one brings the capacity into the new bounds at once (RegisterScalableTarget).
///
/// Reads take one request for fifty resources of a namespace.
struct ScalableTargetType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope
  /// What can be suspended (API description of application-autoscaling, SuspendedState).
  static let suspensions = [
    "DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended",
  ]
  private var calls: ScalingCalls { ScalingCalls(client: scope.client) }

  var type: String { "application-autoscaling/target" }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    attributes.mapValues { $0.numeral.map(Value.number) ?? $0 }
  }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["RegisterScalableTarget"],
      effects: [
        "RegisterScalableTarget": .members([
          "minCapacity": ["minCapacity"], "maxCapacity": ["maxCapacity"],
          "suspendedState": ["suspended"],
        ])
      ], deleting: ["DeregisterScalableTarget"]
    ) { request in [ScalingTargetName(request: request)?.text].compactMap { $0 } }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let targets = names.compactMap { ScalingTargetName($0) }
    switch access {
    case .read: return calls.reading(["DescribeScalableTargets"])
    case .write:
      // A target that still has policies or actions is not deleted.
      return calls.reading(["DescribeScalingPolicies", "DescribeScheduledActions"])
        + calls.writing(
          ["DeregisterScalableTarget", "RegisterScalableTarget"], to: targets, in: scope)
    }
  }

  /// Registering a target brings the capacity within its bounds (API description of
  /// application-autoscaling, RegisterScalableTarget).
  func bounded(by name: String) -> BoundedAttribute? {
    guard let name = ScalingTargetName(name), let (address, attribute) = name.scaled else {
      return nil
    }
    return BoundedAttribute(
      address, attribute, least: "minCapacity", most: "maxCapacity", suspension: "suspended",
      suspended: ["DynamicScalingInSuspended", "DynamicScalingOutSuspended"])
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    guard ScalingTargetName(write.name) != nil else {
      return [ResourceProblem(nil, "A scalable target is named DIMENSION/RESOURCEID.")]
    }
    let result = normalized(write.result)
    var problems: [ResourceProblem] = []
    for attribute in ["minCapacity", "maxCapacity"] {
      guard let value = result[attribute] else {
        problems.append(ResourceProblem(attribute, "A scalable target needs its \(attribute)."))
        continue
      }
      if write.set[attribute] != nil, !(value.number.map { $0 >= 0 && $0.isWhole } ?? false) {
        problems.append(ResourceProblem(attribute, "A capacity is a whole number of at least 0."))
      }
    }
    if let least = result["minCapacity"]?.number, let most = result["maxCapacity"]?.number,
      least > most
    {
      problems.append(
        ResourceProblem(
          "minCapacity", "The minimum of \(least.plain) is above the maximum of \(most.plain)."))
    }
    return problems + suspended(write)
  }

  /// A remark where AWS does not act on what is written as long as it is suspended.
  private func suspended(_ write: ResourceWrite) -> [ResourceProblem] {
    if write.touched.contains("suspended") { return [] }
    let words = [
      "DynamicScalingInSuspended": "policies do not scale in",
      "DynamicScalingOutSuspended": "policies do not scale out",
      "ScheduledScalingSuspended": "scheduled actions do nothing",
    ]
    let effects = (write.result["suspended"]?.elements ?? []).compactMap(\.string)
      .map { words[$0] ?? $0 }
    guard !effects.isEmpty else { return [] }
    return [
      ResourceProblem(
        nil,
        "Scaling of this target is suspended in AWS: \(effects.joined(separator: ", ")) until"
          + " somebody resumes it. Weir leaves that as it is.",
        severity: .warning)
    ]
  }

  func hindrance(by live: LiveResource, of dependent: Address) -> String? {
    let suspended = (live.attributes["suspended"]?.elements ?? []).compactMap(\.string)
    let until = "suspended in AWS until somebody resumes it. Weir leaves that as it is."
    switch dependent.type {
    case "application-autoscaling/scheduled-action"
    where suspended.contains("ScheduledScalingSuspended"):
      return "It does nothing when its time comes: scheduled scaling of its target is \(until)"
    case "application-autoscaling/policy":
      let ways = [("In", "in"), ("Out", "out")].filter {
        suspended.contains("DynamicScaling\($0.0)Suspended")
      }.map(\.1)
      if ways.isEmpty { return nil }
      return "It does not scale \(ways.joined(separator: " or ")): that is \(until)"
    default: return nil
    }
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    scope.prices.monthlyCost(
      of: .scalableTarget, quantity: 1, in: scope.region, called: "scalable targets")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let targets = Dictionary(grouping: names.compactMap { ScalingTargetName($0) }, by: \.namespace)
    let requests = targets.sorted { $0.key < $1.key }.flatMap { namespace, targets in
      Set(targets.map(\.resourceID)).sorted().batches(of: 50).map { batch -> Value in
        ["ServiceNamespace": .string(namespace), "ResourceIds": .list(batch.map(Value.string))]
      }
    }
    let answers = try await inParallel(requests) { request in
      try await scope.client.all(
        "application-autoscaling", "DescribeScalableTargets", request, items: "ScalableTargets")
    }
    var live: [String: LiveResource] = [:]
    for description in answers.joined() {
      guard
        let name = ScalingTargetName(
          dimension: description["ScalableDimension"]?.string ?? "",
          resourceID: description["ResourceId"]?.string ?? ""),
        names.contains(name.text)
      else { continue }
      live[name.text] = resource(description)
    }
    return live
  }

  func create(_ write: ResourceWrite) async throws { try await update(write) }

  /// Sends the given bounds only: "Any parameters that you don't specify are not changed".
  func update(_ write: ResourceWrite) async throws {
    var input: [String: Value] = [:]
    input["MinCapacity"] = write.set["minCapacity"]
    input["MaxCapacity"] = write.set["maxCapacity"]
    if write.touched.contains("suspended") {
      let suspended = write.set["suspended"]?.elements ?? []
      input["SuspendedState"] = .map(
        Dictionary(
          uniqueKeysWithValues: Self.suspensions.map {
            ($0, .bool(suspended.contains(.string($0))))
          }))
    }
    try await calls.call("RegisterScalableTarget", target(write), input)
  }

  /// Deletes the target once nothing else goes with it: what Weir made of policies and scheduled
  /// actions it has deleted before, so that what is still there is somebody else's.
  func delete(_ write: ResourceWrite) async throws {
    let name = try target(write)
    async let policies = calls.names(
      of: name, "DescribeScalingPolicies", items: "ScalingPolicies", key: "PolicyName")
    let actions = try await calls.names(
      of: name, "DescribeScheduledActions", items: "ScheduledActions", key: "ScheduledActionName")
    let foreign =
      try await policies.map { "policy \"\($0)\"" } + actions.map { "scheduled action \"\($0)\"" }
    guard foreign.isEmpty else {
      throw ResourceError(
        .notEmpty, Address(type, write.name),
        "AWS would delete with it what is not managed here: \(foreign.joined(separator: ", "))."
          + " Delete them, or set onRemove: keep.")
    }
    try await calls.remove("DeregisterScalableTarget", name, [:])
  }

  private func target(_ write: ResourceWrite) throws -> ScalingTargetName {
    guard let name = ScalingTargetName(write.name) else {
      throw ResourceError(
        .badName, Address(type, write.name), "The name is not DIMENSION/RESOURCEID.")
    }
    return name
  }

  private func resource(_ description: Value) -> LiveResource {
    var attributes: [String: Value] = [:]
    attributes["minCapacity"] = description["MinCapacity"]
    attributes["maxCapacity"] = description["MaxCapacity"]
    var context: [String: Value] = [:]
    let suspended = (description["SuspendedState"]?.members ?? [:])
      .filter { $0.value == true }.keys.sorted()
    if !suspended.isEmpty { attributes["suspended"] = .list(suspended.map(Value.string)) }
    context["roleARN"] = description["RoleARN"]
    return LiveResource(attributes: attributes.without(), context: context.without())
  }
}
