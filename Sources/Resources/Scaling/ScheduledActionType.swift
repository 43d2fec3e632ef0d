internal import Foundation
internal import Model
internal import Pricing

/// `application-autoscaling/scheduled-action`: a change of a scalable target's bounds at certain
/// times. Its name is `DIMENSION/RESOURCEID#ACTIONNAME`.
///
/// Attributes: `schedule`, `timezone` (UTC where AWS does not say: "If a time zone is not provided,
/// UTC is used by default"), `minCapacity`, `maxCapacity`, `startTime` and `endTime`
/// (`2026-08-19T06:30:00Z`).
///
/// Reads take one request for fifty actions: the page size of DescribeScheduledActions.
struct ScheduledActionType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope
  private var calls: ScalingCalls { ScalingCalls(client: scope.client) }

  var type: String { "application-autoscaling/scheduled-action" }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    var normal = attributes.changing("schedule") { schedule in
      schedule.string.map {
        .string($0.split(whereSeparator: \.isWhitespace).joined(separator: " "))
      }
        ?? schedule
    }
    for attribute in ["minCapacity", "maxCapacity"] {
      normal = normal.changing(attribute) { $0.numeral.map(Value.number) ?? $0 }
    }
    for attribute in ["startTime", "endTime"] {
      normal = normal.changing(attribute, Timestamps.attribute)
    }
    return normal
  }

  var writeEvents: WriteEvents? {
    .scalingParts(
      changing: "PutScheduledAction", deleting: "DeleteScheduledAction",
      member: "scheduledActionName")
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read: return calls.reading(["DescribeScheduledActions"])
    case .write:
      let targets = names.compactMap { ScalingPartName($0)?.target }
      return calls.writing(
        ["DeleteScheduledAction", "PutScheduledAction"], to: targets, in: scope)
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    ScheduledActionProblems(write, result: normalized(write.result)).all
  }

  func movement(by name: String, attributes: [String: Value], until time: Date) -> Movement? {
    guard let name = ScalingPartName(name) else { return nil }
    let bounds = ["minCapacity", "maxCapacity"]
    let times = times(attributes)
    return Movement(
      Address("application-autoscaling/target", name.target.text), attributes: bounds,
      values: attributes.filter { bounds.contains($0.key) },
      isReturn: name.part.hasSuffix(Movement.returnSuffix),
      last: times?.last(until: time), isOver: times?.isOver(at: time) ?? false)
  }

  func firings(attributes: [String: Value], after time: Date) -> [Firing] {
    times(attributes)?.next(after: time) ?? []
  }

  private func times(_ attributes: [String: Value]) -> ScheduleTimes? {
    ScheduleTimes(
      attributes["schedule"], zone: attributes["timezone"], start: attributes["startTime"],
      end: attributes["endTime"], gap: .moves)
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    scope.prices.monthlyCost(
      of: .scheduledAction, quantity: 1, in: scope.region, called: "scheduled actions")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    try await describe(names).mapValues { LiveResource(attributes: attributes($0)) }
  }

  func create(_ write: ResourceWrite) async throws { try await put([:], write) }

  func update(_ write: ResourceWrite) async throws {
    guard let description = try await describe([write.name])[write.name] else {
      throw ResourceError(
        .missing, Address(type, write.name), "The scheduled action is not there any more.")
    }
    try await put(description.members.without(["ScheduledActionARN", "CreationTime"]), write)
  }

  func delete(_ write: ResourceWrite) async throws {
    let name = try part(write)
    try await calls.remove(
      "DeleteScheduledAction", name.target, ["ScheduledActionName": .string(name.part)])
  }

  /// Sends the whole action: bounds that are not sent with the others would be taken away, and "if
  /// you don't specify start and end times, the old values are deleted".
  private func put(_ kept: [String: Value], _ write: ResourceWrite) async throws {
    let name = try part(write)
    var input = kept
    var bounds = kept["ScalableTargetAction"]?.members.without() ?? [:]
    let set = normalized(write.set)
    for (attribute, member) in [("minCapacity", "MinCapacity"), ("maxCapacity", "MaxCapacity")] {
      if write.unset.contains(attribute) { bounds[member] = nil }
      if let value = set[attribute] { bounds[member] = value }
    }
    input["ScalableTargetAction"] = .map(bounds)
    for (attribute, member) in [("startTime", "StartTime"), ("endTime", "EndTime")] {
      if write.unset.contains(attribute) { input[member] = nil }
      if let value = set[attribute] { input[member] = Timestamps.seconds(value) }
    }
    if let schedule = set["schedule"] { input["Schedule"] = schedule }
    if write.unset.contains("timezone") { input["Timezone"] = "UTC" }
    if let timezone = set["timezone"] { input["Timezone"] = timezone }
    input["ScheduledActionName"] = .string(name.part)
    try await calls.call("PutScheduledAction", name.target, input)
  }

  private func attributes(_ description: Value) -> [String: Value] {
    var attributes: [String: Value] = [:]
    attributes["schedule"] = description["Schedule"]
    attributes["timezone"] = description["Timezone"]?.string.map(Value.string) ?? "UTC"
    attributes["minCapacity"] = description["ScalableTargetAction"]?["MinCapacity"]
    attributes["maxCapacity"] = description["ScalableTargetAction"]?["MaxCapacity"]
    attributes["startTime"] = description["StartTime"]
    attributes["endTime"] = description["EndTime"]
    return normalized(attributes.without())
  }

  private func describe(_ names: Set<String>) async throws -> [String: Value] {
    try await calls.describe(
      names, "DescribeScheduledActions", list: "ScheduledActionNames", items: "ScheduledActions",
      key: "ScheduledActionName")
  }
}
