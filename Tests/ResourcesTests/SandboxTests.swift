import AWSClient
import CurlTransport
import Foundation
import Model
import Pricing
import Resources
import Testing

private let environment = ProcessInfo.processInfo.environment

/// The types against the sandbox, seeded with its demo: `Scripts/sandbox start --seed demo`, then
/// `source .sandbox/env`. Skipped where no endpoint on this machine is set.
@Suite(
  .serialized,
  .enabled(if: environment["AWS_ENDPOINT_URL"]?.hasPrefix("http://127.0.0.1") ?? false))
struct SandboxTests {
  let client: AWSClient

  init() throws {
    client = AWSClient(
      configuration: try AWSConfiguration.load(environment: environment),
      transport: CurlTransport())
  }

  func type(_ name: String) async throws -> any ResourceType {
    let types = allResourceTypes(
      client: client, account: try await client.callerIdentity().account, region: "us-east-2",
      prices: .builtIn)
    return try #require(types.first { $0.type == name })
  }

  /// Creates, reads, updates and deletes; what is read back is what was set.
  func cycle(
    _ kind: String, _ name: String, _ created: [String: Value], _ set: [String: Value],
    unset: Set<String> = []
  ) async throws {
    let type = try await type(kind)
    #expect(try await type.read([name]).isEmpty)
    let create = ResourceWrite(name: name, live: nil, set: type.normalized(created))
    #expect(type.errors(create).isEmpty)
    try await type.create(create)
    let first = try #require(try await type.read([name])[name])
    for (key, value) in type.normalized(created) { #expect(first.attributes[key] == value) }
    let update = ResourceWrite(name: name, live: first, set: type.normalized(set), unset: unset)
    #expect(type.errors(update).isEmpty)
    try await type.update(update)
    let second = try #require(try await type.read([name])[name])
    #expect(second.attributes == update.result)
    try await type.delete(ResourceWrite(name: name, live: second, set: [:]))
    #expect(try await type.read([name]).isEmpty)
    try await type.delete(ResourceWrite(name: name, live: second, set: [:]))
  }

  @Test func budget() async throws {
    try await cycle(
      "budgets/budget", "weir test/budget #1",
      [
        "limit": 800, "currency": "USD", "timeUnit": "MONTHLY",
        "costFilters": ["Region": ["us-east-2", "us-east-1"]],
        "notifications.ACTUAL > 80%": [
          ["type": "EMAIL", "address": "z@example.com"],
          ["type": "SNS", "address": "arn:aws:sns:us-east-2:123456789012:t"],
        ], "notifications.ACTUAL > 90.5%": [["type": "EMAIL", "address": "a@example.com"]],
      ],
      [
        "limit": .number(Decimal(1801) / 2), "timeUnit": "QUARTERLY",
        "notifications.ACTUAL > 80%": [
          ["type": "EMAIL", "address": "b@example.com"],
          ["type": "EMAIL", "address": "c@example.com"],
          ["type": "SNS", "address": "arn:aws:sns:us-east-2:123456789012:u"],
        ],
        "notifications.FORECASTED > 1000 USD": [["type": "EMAIL", "address": "a@example.com"]],
      ], unset: ["costFilters", "notifications.ACTUAL > 90.5%"])
  }

  @Test func seededBudgetKeepsTheRest() async throws {
    let type = try await type("budgets/budget")
    let name = "pythonide-monthly"
    let found = try #require(try await type.read([name])[name])
    #expect(found.attributes["limit"] == 900)
    try await type.update(ResourceWrite(name: name, live: found, set: ["limit": 800]))
    let changed = try #require(try await type.read([name])[name])
    #expect(changed.attributes == found.attributes.merging(["limit": 800]) { $1 })
    try await type.update(
      ResourceWrite(name: name, live: changed, set: ["limit": 900], recorded: found.context))
    #expect(try await type.read([name])[name] == found)
  }

  @Test(
    arguments: [
      [
        "PlannedBudgetLimits": .map(
          Dictionary(
            uniqueKeysWithValues: (0..<12).map { month in
              (String(1_767_225_600 + month * 2_678_400), ["Amount": "70", "Unit": "USD"])
            }))
      ],
      [
        "BudgetLimit": ["Amount": "70", "Unit": "USD"], "Metrics": ["NetUnblendedCost"],
        "FilterExpression": ["Dimensions": ["Key": "REGION", "Values": ["eu-west-1"]]],
      ],
    ] as [Value])
  func foreignBudget(budget: Value) async throws {
    let type = try await type("budgets/budget")
    let name = "weir test foreign"
    _ = try await client.call(
      "budgets", "CreateBudget",
      [
        "AccountId": .string(try await client.callerIdentity().account),
        "Budget": budget.with([
          "BudgetName": .string(name), "BudgetType": "COST", "TimeUnit": "MONTHLY",
        ]),
      ])
    let found = try #require(try await type.read([name])[name])
    let wanted: [String: Value] = [
      "limit": 900, "currency": "USD", "costFilters": ["Region": ["us-east-2"]],
    ]
    try await type.update(ResourceWrite(name: name, live: found, set: wanted))
    let taken = try #require(try await type.read([name])[name])
    #expect(taken.attributes == found.attributes.merging(wanted) { $1 })
    try await type.update(
      ResourceWrite(
        name: name, live: taken,
        set: found.attributes.filter { wanted[$0.key] != nil && wanted[$0.key] != $0.value },
        unset: Set(wanted.keys).subtracting(found.attributes.keys), recorded: found.context))
    #expect(try await type.read([name])[name] == found)
    try await type.delete(ResourceWrite(name: name, live: found, set: [:]))
  }

  @Test func parameter() async throws {
    try await cycle(
      "ssm/parameter", "/weir/test/limits_1.a-b",
      [
        "value": ["schemaVersion": "1.0", "b": [1, 2], "a": ["c": true]], "description": "limits",
        "tier": "Standard",
      ],
      ["value": ["schemaVersion": "1.0", "b": [1], "a": "ü"]], unset: ["description"])
  }

  @Test(arguments: [#"{ "schemaVersion" : "1.0",  "b": 1.50, "a": 80.0 }"#, "plain ü text"])
  func foreignParameter(text: String) async throws {
    let type = try await type("ssm/parameter")
    let name = "/weir/test/foreign"
    _ = try await client.call(
      "ssm", "PutParameter", ["Name": .string(name), "Value": .string(text), "Type": "String"])
    let found = try #require(try await type.read([name])[name])
    #expect(found.context["version"] == 1)
    try await type.update(
      ResourceWrite(name: name, live: found, set: ["value": ["schemaVersion": "2.0"]]))
    let taken = try #require(try await type.read([name])[name])
    #expect(taken.attributes["value"] == ["schemaVersion": "2.0"])
    try await type.update(
      ResourceWrite(
        name: name, live: taken, set: found.attributes.filter { $0.key == "value" },
        recorded: found.context))
    let answer = try await client.call("ssm", "GetParameters", ["Names": [.string(name)]])
    #expect(answer["Parameters"]?.list?.first?["Value"] == .string(text))
    #expect(try await type.read([name])[name]?.attributes == found.attributes)
    try await type.delete(ResourceWrite(name: name, live: taken, set: [:]))
  }

  @Test func secureParameter() async throws {
    try await cycle(
      "ssm/parameter", "/weir/test/secret", ["value": "s3cret", "type": "SecureString"],
      ["value": .sensitive(.clear("other")), "tier": "Advanced"])
  }

  @Test func manyParameters() async throws {
    let type = try await type("ssm/parameter")
    let names = (0..<61).map { "/weir/many/\($0)" }
    for name in names {
      try await type.create(ResourceWrite(name: name, live: nil, set: ["value": .string(name)]))
    }
    let before = client.statistics.total.tries
    let live = try await type.read(Set(names).union(["/weir/many/absent"]))
    #expect(live.count == 61)
    #expect(client.statistics.total.tries - before == 9)
    for name in names { try await type.delete(ResourceWrite(name: name, live: nil, set: [:])) }
  }

  @Test func service() async throws {
    let type = try await type("ecs/service")
    let name = "pythonide-cluster/pythonide-service"
    let read = try await type.read([name, "pythonide-cluster/x", "x/x"])
    #expect(Set(read.keys) == [name])
    let found = try #require(read[name])
    #expect(found.attributes == ["cpu": 2048, "memory": 8192, "desiredCount": 2])
    let plain = found.context.filter { $0.key != "ephemeralStorageGiB" }
    #expect(
      type.monthlyCost(attributes: found.attributes, context: plain).amount.description
        == "170.1192")
    let update = ResourceWrite(
      name: name, live: found, set: ["cpu": 1024, "memory": 2048, "desiredCount": 1])
    #expect(type.problems(with: update).isEmpty)
    try await type.update(update)
    let changed = try #require(try await type.read([name])[name])
    #expect(changed.attributes == update.result)
    #expect(changed.context["taskDefinition"] != found.context["taskDefinition"])
    #expect(changed.context["containers"] == found.context["containers"])
    try await type.update(
      ResourceWrite(name: name, live: changed, set: found.attributes, recorded: found.context))
    #expect(try await type.read([name])[name] == found)
  }

  @Test func scaling() async throws {
    let target = "ecs:service:DesiredCount/service/pythonide-cluster/pythonide-service"
    let targets = try await type("application-autoscaling/target")
    try await cycle(
      targets.type, target, ["minCapacity": 1, "maxCapacity": 4], ["maxCapacity": 6])
    try await targets.create(
      ResourceWrite(name: target, live: nil, set: ["minCapacity": 1, "maxCapacity": 4]))
    try await cycle(
      "application-autoscaling/policy", target + "#cpu scaling #1",
      [
        "policyType": "TargetTrackingScaling", "metric": "ECSServiceAverageCPUUtilization",
        "targetValue": 60, "scaleInCooldown": 300, "scaleOutCooldown": 60,
      ],
      ["targetValue": .number(Decimal(91) / 2), "metric": "ECSServiceAverageMemoryUtilization"],
      unset: ["scaleInCooldown"])
    try await cycle(
      "application-autoscaling/scheduled-action", target + "#night #1",
      [
        "schedule": "cron(0 22 * * ? *)", "timezone": "Europe/Madrid", "minCapacity": 1,
        "maxCapacity": 1, "startTime": "2027-01-01T00:00:00Z",
      ],
      ["maxCapacity": 2, "endTime": "2028-01-01T00:00:00Z"])
    try await targets.delete(ResourceWrite(name: target, live: nil, set: [:]))
  }

  @Test(
    arguments: [
      [
        "PolicyType": "TargetTrackingScaling",
        "TargetTrackingScalingPolicyConfiguration": [
          "TargetValue": .number(Decimal(25) / 2), "ScaleOutCooldown": 45, "DisableScaleIn": true,
          "CustomizedMetricSpecification": [
            "MetricName": "backlog", "Namespace": "Web", "Statistic": "Average", "Unit": "Count",
            "Dimensions": [["Name": "queue", "Value": "a"]],
          ],
        ],
      ],
      [
        "PolicyType": "StepScaling",
        "StepScalingPolicyConfiguration": [
          "AdjustmentType": "ChangeInCapacity", "Cooldown": 60, "MetricAggregationType": "Maximum",
          "StepAdjustments": [
            [
              "MetricIntervalLowerBound": 0, "MetricIntervalUpperBound": 10, "ScalingAdjustment": 1,
            ],
            ["MetricIntervalLowerBound": 10, "ScalingAdjustment": 2],
          ],
        ],
      ],
    ] as [Value])
  func foreignScalingPolicy(policy: Value) async throws {
    let target = "ecs:service:DesiredCount/service/pythonide-cluster/pythonide-service"
    let targets = try await type("application-autoscaling/target")
    let type = try await type("application-autoscaling/policy")
    let name = target + "#foreign"
    try await targets.create(
      ResourceWrite(name: target, live: nil, set: ["minCapacity": 1, "maxCapacity": 4]))
    let names: Value = [
      "ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount",
      "ResourceId": "service/pythonide-cluster/pythonide-service", "PolicyName": "foreign",
    ]
    func put(_ policy: Value) async throws {
      _ = try await client.call(
        "application-autoscaling", "PutScalingPolicy", names.with(policy.map ?? [:]))
    }
    try await put(policy)
    let found = try #require(try await type.read([name])[name])
    #expect(found.context["policy"] == policy)
    let wanted: [String: Value] = [
      "policyType": "TargetTrackingScaling", "metric": "ECSServiceAverageCPUUtilization",
      "targetValue": 60, "scaleOutCooldown": 30,
    ]
    let take = ResourceWrite(name: name, live: found, set: wanted)
    #expect(type.errors(take).isEmpty)
    try await type.update(take)
    let taken = try #require(try await type.read([name])[name])
    #expect(taken.attributes == take.result.merging(["disableScaleIn": false]) { old, _ in old })
    let back = ResourceWrite(
      name: name, live: taken,
      set: found.attributes.filter { wanted[$0.key] != nil && wanted[$0.key] != $0.value },
      unset: Set(wanted.keys).subtracting(found.attributes.keys), recorded: found.context)
    #expect(type.problems(with: back).isEmpty)
    try await type.update(back)
    let end = try #require(try await type.read([name])[name])
    #expect(end.attributes == found.attributes && end.context["policy"] == policy)
    // What is not known to be Weir's would go with its target.
    await #expect(throws: ResourceError.self) {
      try await targets.delete(ResourceWrite(name: target, live: nil, set: [:]))
    }
    #expect(try await type.read([name]).count == 1)
    try await type.delete(ResourceWrite(name: name, live: end, set: [:]))
    try await targets.delete(ResourceWrite(name: target, live: nil, set: [:]))
  }
}
