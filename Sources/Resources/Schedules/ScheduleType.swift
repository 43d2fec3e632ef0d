internal import Foundation
internal import Model
internal import Pricing

/// `scheduler/schedule`: a schedule of EventBridge Scheduler that calls an operation of AWS. Its name is
/// `GROUP/NAME`.
///
/// Attributes: `expression`, `timezone`, `state` (ENABLED or DISABLED), `startDate` and `endDate`
/// (`2026-08-19T06:30:00Z`), `afterCompletion` (NONE or DELETE), `flexibleMinutes` (0 where it runs on
/// time), `target` (an ARN), `role` (an ARN), `input` (what the JSON for the target says), `retrySeconds` (how
/// long a call that fails is tried again; not set where that is a day, as without it). Context: none.
///
/// An update sends all that AWS describes, with only the attributes of the write changed: what is left
/// out of UpdateSchedule gets its default (API description of scheduler, UpdateSchedule). A start that
/// has passed is left out: AWS takes none that is older than five minutes.
///
/// Reads take one request for each schedule that is there: ListSchedules tells neither the expression nor
/// the input. Of more than ten names in a group it tells first, a hundred in a request, which are there.
struct ScheduleType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  /// How many schedules of a group are described without a list.
  private static let few = 10
  /// How many seconds a call that fails is tried again where nothing else is said (API description of
  /// scheduler, RetryPolicy).
  private static let longestRetry: Value = 86_400
  /// How often a write is tried again that meets another one.
  private static let triesOnConflict = 3

  var type: String { "scheduler/schedule" }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    var normal = attributes.changing("expression") { expression in
      expression.string.map {
        .string($0.split(whereSeparator: \.isWhitespace).joined(separator: " "))
      } ?? expression
    }
    for attribute in ["startDate", "endDate"] {
      normal = normal.changing(attribute, Timestamps.attribute)
    }
    normal = normal.changing("role") { role in
      role.string.map { .string(scope.roleARN($0)) } ?? role
    }
    normal = normal.changing("flexibleMinutes") { $0.numeral.map(Value.number) ?? $0 }
    normal = normal.changing("retrySeconds") { $0.numeral.map(Value.number) ?? $0 }
    if normal["retrySeconds"] == Self.longestRetry { normal["retrySeconds"] = nil }
    return normal.changing("input") { input in
      input.string.flatMap(UniversalTarget.decoded) ?? input
    }
  }

  var writeEvents: WriteEvents? {
    WriteEvents(changing: ["CreateSchedule", "UpdateSchedule"], deleting: ["DeleteSchedule"]) {
      request in
      guard let name = request["name"]?.string else { return [] }
      return ["\(request["groupName"]?.string ?? "default")/\(name)"]
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let schedules = names.map { scope.arn("scheduler", "schedule/\($0)") }
    switch access {
    case .read:
      return [
        IAMPermission(["scheduler:GetSchedule"], on: schedules),
        // What is listed is known only afterwards.
        IAMPermission(["scheduler:ListSchedules"], on: ["*"]),
      ]
    case .write:
      return [
        IAMPermission(
          ["CreateSchedule", "DeleteSchedule", "UpdateSchedule"].map { "scheduler:\($0)" },
          on: schedules)
      ]
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    ScheduleProblems(write, result: normalized(write.result)).all
  }

  func movement(by name: String, attributes: [String: Value], until time: Date) -> Movement? {
    guard attributes["state"] != "DISABLED",
      let call = ScheduledCall(target: attributes["target"], input: attributes["input"])
    else { return nil }
    let times = times(attributes)
    let isStart = name.hasSuffix(Movement.startSuffix)
    return Movement(
      call.address, attributes: call.values.keys.sorted(), values: call.values,
      isReturn: isStart || name.hasSuffix(Movement.returnSuffix), isStart: isStart,
      last: times?.last(until: time), isOver: times?.isOver(at: time) ?? false)
  }

  func firings(attributes: [String: Value], after time: Date) -> [Firing] {
    attributes["state"] == "DISABLED" ? [] : times(attributes)?.next(after: time) ?? []
  }

  /// EventBridge Scheduler leaves out a run at a time that the clock skips, and runs once at a time that
  /// it shows twice (EventBridge Scheduler user guide, schedule-types, daylight saving time).
  private func times(_ attributes: [String: Value]) -> ScheduleTimes? {
    ScheduleTimes(
      attributes["expression"], zone: attributes["timezone"], start: attributes["startDate"],
      end: attributes["endDate"], gap: .leavesOut)
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    scope.prices.monthlyCost(
      of: .schedule, quantity: 1, in: scope.region, called: "schedules")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let groups = Dictionary(grouping: names) {
      $0.split(separator: "/").first.map(String.init) ?? ""
    }
    let there = try await inParallel(groups.sorted { $0.key < $1.key }) { group, names in
      try await present(names, in: group)
    }.joined()
    let found = try await inParallel(there.sorted()) { name in
      (name, try await describe(name))
    }
    return found.reduce(into: [:]) { live, found in
      live[found.0] = found.1.map { LiveResource(attributes: attributes($0)) }
    }
  }

  /// Those of many names that are there: a list tells of a hundred at once which need no request of their
  /// own. All names where they are few.
  private func present(_ names: [String], in group: String) async throws -> [String] {
    if names.count <= Self.few { return names }
    let prefix = names.dropFirst().reduce(names[0]) { $0.commonPrefix(with: $1) }
      .dropFirst(group.count + 1)
    var input: [String: Value] = ["GroupName": .string(group), "MaxResults": 100]
    if !prefix.isEmpty { input["NamePrefix"] = .string(String(prefix)) }
    let listed = try await scope.client.all(
      "scheduler", "ListSchedules", .map(input), items: "Schedules",
      noneIf: "ResourceNotFoundException")
    let there = Set(listed.compactMap { $0["Name"]?.string }.map { "\(group)/\($0)" })
    return names.filter(there.contains)
  }

  func create(_ write: ResourceWrite) async throws { try await put("CreateSchedule", [:], write) }

  func update(_ write: ResourceWrite) async throws {
    try await retryingConflicts {
      guard let description = try await describe(write.name) else {
        throw ResourceError(
          .missing, Address(type, write.name), "The schedule is not there any more.")
      }
      let told: Set = ["Arn", "CreationDate", "LastModificationDate"]
      try await put("UpdateSchedule", description.members.without(told), write)
    }
  }

  func delete(_ write: ResourceWrite) async throws {
    let name = try naming(write.name)
    try await retryingConflicts {
      _ = try await scope.client.call(
        "scheduler", "DeleteSchedule", .map(name), nilIf: "ResourceNotFoundException")
    }
  }

  /// Two writes to a schedule at once: AWS refuses one of them, which begins anew with what the other
  /// has written.
  private func retryingConflicts(_ body: () async throws -> Void) async throws {
    for tries in 1... {
      do {
        return try await body()
      } catch let failure as any AWSFailure
        where failure.code == "ConflictException" && tries < Self.triesOnConflict
      {}
    }
  }

  private func put(
    _ operation: String, _ kept: [String: Value], _ write: ResourceWrite
  ) async throws {
    var input = kept.merging(try naming(write.name)) { $1 }
    let set = normalized(write.set)
    func change(_ attribute: String, _ member: String, or standard: Value? = nil) {
      if write.unset.contains(attribute) { input[member] = standard }
      if let value = set[attribute] { input[member] = value }
    }
    change("expression", "ScheduleExpression")
    change("timezone", "ScheduleExpressionTimezone")
    change("state", "State")
    change("afterCompletion", "ActionAfterCompletion")
    for (attribute, member) in [("startDate", "StartDate"), ("endDate", "EndDate")] {
      change(attribute, member)
      input[member] = input[member].map(Timestamps.seconds)
    }
    if let start = input["StartDate"].flatMap(Timestamps.date), start <= scope.now() {
      input["StartDate"] = nil
    }
    if let minutes = set["flexibleMinutes"]?.numeral {
      input["FlexibleTimeWindow"] =
        minutes == 0
        ? ["Mode": "OFF"] : ["Mode": "FLEXIBLE", "MaximumWindowInMinutes": .number(minutes)]
    }
    var target = kept["Target"]?.members.without() ?? [:]
    for (attribute, member) in [("target", "Arn"), ("role", "RoleArn")] {
      if let value = set[attribute] { target[member] = value }
    }
    if write.unset.contains("input") { target["Input"] = nil }
    if let value = set["input"] { target["Input"] = UniversalTarget.encoded(value) }
    if write.unset.contains("retrySeconds") { target["RetryPolicy"] = nil }
    if let seconds = set["retrySeconds"] {
      target["RetryPolicy"] = .map(
        (target["RetryPolicy"]?.members.without() ?? [:])
          .merging(["MaximumEventAgeInSeconds": seconds]) { $1 })
    }
    input["Target"] = .map(target)
    input["FlexibleTimeWindow"] = input["FlexibleTimeWindow"] ?? ["Mode": "OFF"]
    _ = try await scope.client.call("scheduler", operation, .map(input))
  }

  private func attributes(_ description: Value) -> [String: Value] {
    var attributes: [String: Value] = [:]
    attributes["expression"] = description["ScheduleExpression"]
    attributes["timezone"] = description["ScheduleExpressionTimezone"] ?? "UTC"
    attributes["state"] = description["State"] ?? "ENABLED"
    attributes["startDate"] = description["StartDate"]
    attributes["endDate"] = description["EndDate"]
    attributes["afterCompletion"] = description["ActionAfterCompletion"] ?? "NONE"
    attributes["flexibleMinutes"] =
      description["FlexibleTimeWindow"]?["MaximumWindowInMinutes"] ?? 0
    attributes["target"] = description["Target"]?["Arn"]
    attributes["role"] = description["Target"]?["RoleArn"]
    attributes["input"] = description["Target"]?["Input"]
    attributes["retrySeconds"] = description["Target"]?["RetryPolicy"]?["MaximumEventAgeInSeconds"]
    return normalized(attributes.without())
  }

  private func describe(_ name: String) async throws -> Value? {
    try await scope.client.call(
      "scheduler", "GetSchedule", .map(try naming(name)), nilIf: "ResourceNotFoundException")
  }

  private func naming(_ name: String) throws -> [String: Value] {
    let parts = name.split(separator: "/").map(String.init)
    guard parts.count == 2 else {
      throw ResourceError(.badName, Address(type, name), "The name is not GROUP/NAME.")
    }
    return ["GroupName": .string(parts[0]), "Name": .string(parts[1])]
  }
}
