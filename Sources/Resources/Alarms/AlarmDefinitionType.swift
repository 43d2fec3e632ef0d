internal import Model

/// `cloudwatch/alarm-definition`: a metric alarm as a whole, or that there is none. Its name is the alarm's.
///
/// An alarm is billed whether its actions are on or off, so that parking may delete it and make it again. So
/// this type is a name that may have an alarm: it is always there, and has no attributes while there is none.
/// `cloudwatch/alarm` is the same alarm, field by field.
///
/// Attributes: `definition` (the input of PutMetricAlarm that makes it, without its name; the ARN of a scaling
/// policy has `*` for the ID that only AWS knows), `tags` (a map). Context: `kind` of an alarm that is no
/// metric alarm, `composites` (the composite alarms that name it).
///
/// Reads take one request for a hundred alarms, one for each for its tags, one for a hundred composite alarms
/// of the account, and one for fifty scaling policies that actions name. Selectors: `tags`, which the Resource
/// Groups Tagging API lists and each alarm found is asked for once more.
struct AlarmDefinitionType: ExistingResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope
  private var calls: AlarmCalls { AlarmCalls(scope: scope) }

  var type: String { "cloudwatch/alarm-definition" }
  var noun: String { "the definitions of alarms" }

  var writeEvents: WriteEvents? { AlarmType(scope: scope).writeEvents }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let alarms = names.map { scope.arn("cloudwatch", "alarm:\($0)") }
    return switch access {
    case .read:
      [
        IAMPermission(
          ["application-autoscaling:DescribeScalingPolicies", "cloudwatch:DescribeAlarms"]
            + (names.contains("*") ? ["tag:GetResources"] : [])),
        IAMPermission(["cloudwatch:ListTagsForResource"], on: alarms),
      ]
    case .write:
      [
        IAMPermission(
          [
            "cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource",
            "cloudwatch:UntagResource",
          ], on: alarms)
      ]
    }
  }

  /// "Cannot delete NAME as there are composite alarm(s) depending on it" (DeleteAlarms).
  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    if let kind = write.live?.context["kind"]?.string {
      return [ResourceProblem(nil, "The name is that of a \(kind) alarm, which Weir leaves alone.")]
    }
    let composites = (write.live?.context["composites"]?.elements ?? []).compactMap(\.string)
    if write.unset.contains("definition"), let composite = composites.first {
      return [
        ResourceProblem(
          "definition",
          "The composite alarm \(composite) names it, so that AWS does not delete it.")
      ]
    }
    return []
  }

  /// What the alarm costs that it defines.
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    guard let definition = attributes["definition"] else { return .zero }
    let alarm = AlarmDocument(definition).resource(policies: [])
    return AlarmCost(
      attributes: alarm.attributes, context: alarm.context, region: scope.region,
      prices: scope.prices
    ).monthly
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    if names.isEmpty { return [:] }
    let none = LiveResource(attributes: [:], context: [:])
    return try await definitions(of: names, tags: [:])
      .merging(names.map { ($0, none) }) { found, _ in found }
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    guard let filter = TagFilter(selector) else { return [:] }
    let tags = try await calls.tagged(filter)
    if tags.isEmpty { return [:] }
    return try await definitions(of: Set(tags.keys), tags: tags)
  }

  /// Puts the alarm with its tags in place, or deletes it.
  func update(_ write: ResourceWrite) async throws {
    if write.unset.contains("definition") {
      _ = try await scope.client.call(
        "cloudwatch", "DeleteAlarms", ["AlarmNames": [.string(write.name)]],
        nilIf: "ResourceNotFound")
      return
    }
    let tags = write.set["tags"]?.members ?? [:]
    let held = write.live?.attributes["tags"]?.members ?? [:]
    if let definition = write.set["definition"] {
      var input = try await calls.resolved(
        definition.members, for: Address(type, write.name))
      input["AlarmName"] = .string(write.name)
      // Of an alarm that is there PutMetricAlarm passes over the tags (its API description).
      if write.live?.attributes["definition"] == nil, !tags.isEmpty { input["Tags"] = list(tags) }
      _ = try await scope.client.call("cloudwatch", "PutMetricAlarm", .map(input))
      if write.live?.attributes["definition"] == nil { return }
    }
    guard write.touched.contains("tags") else { return }
    let arn = Value.string(scope.arn("cloudwatch", "alarm:\(write.name)"))
    if !tags.isEmpty {
      _ = try await scope.client.call(
        "cloudwatch", "TagResource", ["ResourceARN": arn, "Tags": list(tags)])
    }
    let extra = held.keys.filter { tags[$0] == nil }.sorted()
    if !extra.isEmpty {
      _ = try await scope.client.call(
        "cloudwatch", "UntagResource",
        ["ResourceARN": arn, "TagKeys": .list(extra.map(Value.string))])
    }
  }

  private func list(_ tags: [String: Value]) -> Value {
    .list(tags.sorted { $0.key < $1.key }.map { ["Key": .string($0.key), "Value": $0.value] })
  }

  /// The alarms that are there, of `names`.
  ///
  /// - Parameter known: the tags that are known already.
  private func definitions(of names: Set<String>, tags known: [String: [String: String]])
    async throws -> [String: LiveResource]
  {
    async let naming = calls.composites()
    let found = try await calls.describe(names)
    let alarms = (found["MetricAlarms"] ?? []).filter {
      names.contains($0["AlarmName"]?.string ?? "")
    }
    let actions = Set(
      alarms.flatMap { AlarmDocument($0).policyARNs }.compactMap(PolicyAction.init))
    let policies = Set(
      try await ScalingCalls(client: scope.client).policyARNs(of: actions))
    let tagged = try await inParallel(alarms) { alarm -> (Value, [String: String]) in
      if let tags = known[alarm["AlarmName"]?.string ?? ""] { return (alarm, tags) }
      return (alarm, try await calls.tags(of: alarm["AlarmArn"]?.string ?? ""))
    }
    let composites = try await naming
    var live: [String: LiveResource] = [:]
    for (alarm, tags) in tagged {
      guard let name = alarm["AlarmName"]?.string else { continue }
      var attributes = ["definition": AlarmDocument(alarm).definition(policies: policies)]
      // AWS's own tags cannot be set.
      let own = tags.filter { !$0.key.hasPrefix("aws:") }
      if !own.isEmpty { attributes["tags"] = .map(own.mapValues(Value.string)) }
      let naming = composites[name].map { Value.list($0.map(Value.string)) }
      live[name] = LiveResource(
        attributes: attributes, context: ["composites": naming ?? .null].without())
    }
    for (members, kind) in AlarmDocument.otherKinds {
      for alarm in found[members] ?? [] {
        guard let name = alarm["AlarmName"]?.string, names.contains(name) else { continue }
        live[name] = LiveResource(attributes: [:], context: ["kind": .string(kind)])
      }
    }
    return live
  }
}
