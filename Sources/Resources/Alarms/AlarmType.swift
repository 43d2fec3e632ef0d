internal import Model
internal import Pricing

/// `cloudwatch/alarm`: an alarm of CloudWatch on a metric or on metric math. Its name is the alarm's.
///
/// Attributes: `description`, `actionsEnabled`, `namespace`, `metric`, `dimensions` (a map), `statistic`
/// (a percentile too, `p95`), `unit`, `period` (seconds), `metrics` (the queries of metric math, as AWS
/// has them), `evaluationPeriods`, `datapointsToAlarm`, `threshold`, `comparison`, `treatMissingData`,
/// `alarmActions`, `okActions`, `insufficientDataActions` (ARNs; that of a scaling policy has `*` for the
/// ID that only AWS knows). Everything else of the alarm is kept. Composite alarms and log alarms are
/// left alone.
///
/// Reads take one request for a hundred names (API description of cloudwatch, DescribeAlarms), and one
/// for fifty scaling policies that actions name. Selectors: `tags`, which the Resource Groups Tagging API
/// lists and each alarm found is asked for once more.
struct AlarmType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope
  private var policies: ScalingCalls { ScalingCalls(client: scope.client) }
  private var calls: AlarmCalls { AlarmCalls(scope: scope) }

  var type: String { "cloudwatch/alarm" }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["PutMetricAlarm", "EnableAlarmActions", "DisableAlarmActions"],
      effects: [
        "EnableAlarmActions": .attributes(["actionsEnabled"]),
        "DisableAlarmActions": .attributes(["actionsEnabled"]),
      ], deleting: ["DeleteAlarms"]
    ) { request in
      [request["alarmName"]?.string].compactMap { $0 }
        + (request["alarmNames"]?.elements ?? []).compactMap(\.string)
    }
  }

  /// Composite alarms are told only to who may describe all.
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read:
      [
        IAMPermission(
          [
            "application-autoscaling:DescribeScalingPolicies", "cloudwatch:DescribeAlarms",
          ]
            + (names.contains("*")
              ? ["cloudwatch:ListTagsForResource", "tag:GetResources"] : []))
      ]
    case .write:
      [
        IAMPermission(
          [
            "cloudwatch:DeleteAlarms", "cloudwatch:DisableAlarmActions",
            "cloudwatch:EnableAlarmActions", "cloudwatch:PutMetricAlarm",
          ],
          on: names.map { scope.arn("cloudwatch", "alarm:\($0)") })
      ]
    }
  }

  var attributesByAction: [String: Set<String>] {
    [
      "cloudwatch:DisableAlarmActions": ["actionsEnabled"],
      "cloudwatch:EnableAlarmActions": ["actionsEnabled"],
    ]
  }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    AlarmValues.normalized(attributes) { PolicyAction($0)?.pattern ?? $0 }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    AlarmProblems(write, region: scope.region).all
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    AlarmCost(attributes: attributes, context: context, region: scope.region, prices: scope.prices)
      .monthly
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await calls.describe(names)
    let alarms = found["MetricAlarms"] ?? []
    let actions = Set(
      alarms.flatMap { AlarmDocument($0).policyARNs }.compactMap(PolicyAction.init))
    let known = Set(try await policies.policyARNs(of: actions))
    var live: [String: LiveResource] = [:]
    for alarm in alarms {
      guard let name = alarm["AlarmName"]?.string else { continue }
      live[name] = AlarmDocument(alarm).resource(policies: known)
    }
    for (members, kind) in AlarmDocument.otherKinds {
      for alarm in found[members] ?? [] {
        guard let name = alarm["AlarmName"]?.string else { continue }
        live[name] = LiveResource(attributes: [:], context: ["kind": .string(kind)])
      }
    }
    return live.filter { names.contains($0.key) }
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    guard let tags = TagFilter(selector) else { return [:] }
    return try await read(Set(calls.tagged(tags).keys))
  }

  func create(_ write: ResourceWrite) async throws {
    try await put(AlarmDocument(.map([:])), write)
  }

  /// "PutMetricAlarm completely overwrites the previous configuration" (its API description), so that
  /// the alarm is read again first and everything else is sent back. Whether its actions run has requests
  /// of its own.
  func update(_ write: ResourceWrite) async throws {
    if write.touched == ["actionsEnabled"] {
      let isOff = write.set["actionsEnabled"] == false
      _ = try await scope.client.call(
        "cloudwatch", isOff ? "DisableAlarmActions" : "EnableAlarmActions",
        ["AlarmNames": [.string(write.name)]])
      return
    }
    guard let alarm = try await calls.describe([write.name])["MetricAlarms"]?.first else {
      throw ResourceError(.missing, Address(type, write.name), "The alarm is not there any more.")
    }
    try await put(AlarmDocument(alarm), write)
  }

  func delete(_ write: ResourceWrite) async throws {
    _ = try await scope.client.call(
      "cloudwatch", "DeleteAlarms", ["AlarmNames": [.string(write.name)]],
      nilIf: "ResourceNotFound")
  }

  private func put(_ document: AlarmDocument, _ write: ResourceWrite) async throws {
    let input = try await calls.resolved(
      document.applying(write), for: Address(type, write.name))
    _ = try await scope.client.call("cloudwatch", "PutMetricAlarm", .map(input))
  }
}
