import Foundation
import Model
import Synchronization
import Testing

@testable import Resources

private let found: Value = [
  "AlarmName": "a", "AlarmArn": "arn:aws:cloudwatch:us-east-1:123456789012:alarm:a",
  "StateValue": "OK", "Namespace": "AWS/ECS", "MetricName": "CPUUtilization",
  "Dimensions": [["Name": "s", "Value": "web"], ["Name": "c", "Value": "main"]],
  "Statistic": "Average", "Period": 300, "EvaluationPeriods": 3, "Threshold": 90,
  "ComparisonOperator": "GreaterThanThreshold", "Novelty": ["kept"],
  "EvaluationWindow": ["SlidingWindow": [:]],
]
private let policy =
  "arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:1f:resource/ecs/service/main/web:policyName/up"
private let pattern =
  "arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:*:resource/ecs/service/main/web:policyName/up"

/// An account with these alarms and scaling policies, which puts replace.
private func account(_ alarms: [Value], policies: [String] = []) -> FakeAWS {
  let held = Mutex(alarms)
  return FakeAWS { operation, input in
    switch operation {
    case "DescribeAlarms":
      guard (input["AlarmNames"]?.texts ?? []).count <= 100 else {
        throw FakeFailure(code: "TooMany")
      }
      let names = Set(input["AlarmNames"]?.texts ?? [])
      return held.withLock { alarms in
        let asked = alarms.filter { names.contains($0["AlarmName"]?.string ?? "") }
        return [
          "MetricAlarms": .list(asked.filter { $0["AlarmRule"] == nil }),
          "CompositeAlarms": .list(asked.filter { $0["AlarmRule"] != nil }),
        ]
      }
    case "PutMetricAlarm":
      held.withLock { $0 = [input] }
      return [:]
    case "DescribeScalingPolicies":
      return ["ScalingPolicies": .list(policies.map { ["PolicyARN": .string($0)] })]
    default: throw FakeFailure(code: "Unexpected")
    }
  }
}

private func live(_ alarm: Value, policies: [String] = []) async throws -> LiveResource {
  let type = resourceType("cloudwatch/alarm", account([alarm], policies: policies))
  return try #require(try await type.read(["a"])["a"])
}

@Suite struct AlarmTests {
  @Test(arguments: [(1, 1), (100, 1), (101, 2), (1000, 10)])
  func readsAHundredARequest(count: Int, requests: Int) async throws {
    let names = (0..<count).map { "a/\($0)" }
    let aws = account(names.map { found.with(["AlarmName": .string($0)]) })
    let type = resourceType("cloudwatch/alarm", aws)
    #expect(try await type.read(Set(names)).count == count)
    #expect(aws.calls.count == requests)
  }

  @Test func readsAllPages() async throws {
    let aws = FakeAWS { _, input in
      input["NextToken"] == nil
        ? ["MetricAlarms": [found], "NextToken": "more"]
        : ["MetricAlarms": [found.with(["AlarmName": "b"])]]
    }
    let type = resourceType("cloudwatch/alarm", aws)
    #expect(try await type.read(["a", "b"]).keys.sorted() == ["a", "b"])
  }

  @Test func keepsWhatItDoesNotOwn() async throws {
    let aws = account([found])
    let type = resourceType("cloudwatch/alarm", aws)
    try await type.update(
      ResourceWrite(name: "a", live: try await live(found), set: ["threshold": 80]))
    let sent = try #require(aws.inputs(of: "PutMetricAlarm").first)
    let expected = found.with(["Threshold": 80, "AlarmArn": .null, "StateValue": .null])
    #expect(sent == expected)
  }

  @Test func goesToMetricMathAndBackWithItsBand() async throws {
    let band: Value = [
      "AlarmName": "a", "EvaluationPeriods": 2, "ThresholdMetricId": "band",
      "ComparisonOperator": "GreaterThanUpperThreshold",
      "Metrics": [
        [
          "Id": "m",
          "MetricStat": [
            "Metric": ["Namespace": "W", "MetricName": "M"], "Period": 60, "Stat": "Sum",
          ],
        ],
        ["Id": "band", "Expression": "ANOMALY_DETECTION_BAND(m, 2)"],
      ],
    ]
    let before = try await live(band)
    let aws = account([band])
    let type = resourceType("cloudwatch/alarm", aws)
    let wanted: [String: Value] = [
      "namespace": "W", "metric": "M", "statistic": "Sum", "period": 60, "threshold": 5,
      "comparison": "GreaterThanThreshold",
    ]
    #expect(type.errors(ResourceWrite(name: "a", live: before, set: wanted)) == [])
    try await type.update(ResourceWrite(name: "a", live: before, set: wanted, unset: ["metrics"]))
    let after = try #require(try await type.read(["a"])["a"])
    #expect(after.attributes["metrics"] == nil)
    #expect(after.attributes["threshold"] == 5)
    let back = before.attributes.filter { after.attributes[$0.key] != $0.value }
    let write = ResourceWrite(
      name: "a", live: after, set: back,
      unset: Set(after.attributes.keys.filter { before.attributes[$0] == nil }),
      recorded: before.context)
    #expect(type.errors(write) == [])
    try await type.update(write)
    #expect(try await type.read(["a"])["a"] == before)
  }

  @Test func namesScalingPoliciesWithoutTheirID() async throws {
    let alarm = found.with(["AlarmActions": [.string(policy)]])
    #expect(
      try await live(alarm, policies: [policy]).attributes["alarmActions"] == [.string(pattern)])
    // Of a policy that is gone the action does nothing: that is a difference.
    #expect(try await live(alarm).attributes["alarmActions"] == [.string(policy)])
    let aws = account([found], policies: [policy])
    let type = resourceType("cloudwatch/alarm", aws)
    #expect(
      type.normalized(["alarmActions": [.string(policy)]]) == ["alarmActions": [.string(pattern)]])
    let write = ResourceWrite(
      name: "a", live: try await live(found), set: ["alarmActions": [.string(pattern)]])
    try await type.update(write)
    #expect(aws.inputs(of: "PutMetricAlarm").first?["AlarmActions"] == [.string(policy)])
    let without = resourceType("cloudwatch/alarm", account([found]))
    await #expect(throws: ResourceError.self) { try await without.update(write) }
  }

  @Test func saysNothingOfDefaults() async throws {
    let type = resourceType("cloudwatch/alarm")
    let said = found.with([
      "AlarmDescription": "", "TreatMissingData": "missing", "ActionsEnabled": true,
      "OKActions": [],
    ])
    #expect(try await live(said) == live(found))
    let wanted: [String: Value] = [
      "description": "", "okActions": [], "treatMissingData": "missing",
    ]
    #expect(type.normalized(wanted) == [:])
  }

  @Test func leavesCompositeAlarmsAlone() async throws {
    let aws = account([["AlarmName": "a", "AlarmRule": "ALARM(b)"]])
    let type = resourceType("cloudwatch/alarm", aws)
    let live = try #require(try await type.read(["a"])["a"])
    let write = ResourceWrite(name: "a", live: live, set: ["threshold": 80])
    #expect(type.errors(write).first?.contains("composite") == true)
    await #expect(throws: ResourceError.self) { try await type.update(write) }
    #expect(aws.inputs(of: "PutMetricAlarm") == [])
  }

  @Test func refusesWhatAWSRefuses() async throws {
    let type = resourceType("cloudwatch/alarm")
    let live = try await live(found)
    func errors(_ set: [String: Value], name: String = "a", isNew: Bool = false) -> [String] {
      type.errors(ResourceWrite(name: name, live: isNew ? nil : live, set: set))
    }
    #expect(errors(["period": 45]).count == 1)
    #expect(errors(["period": 60, "evaluationPeriods": 1440]).isEmpty)
    #expect(errors(["period": 60, "evaluationPeriods": 1441]).count == 1)
    #expect(errors(["period": 86_400, "evaluationPeriods": 7]).isEmpty)
    #expect(errors(["period": 86_400, "evaluationPeriods": 8]).count == 1)
    #expect(errors(["datapointsToAlarm": 4]).count == 1)
    #expect(errors(["datapointsToAlarm": 2]).isEmpty)
    #expect(errors(["evaluationPeriods": 1]).isEmpty)
    #expect(
      errors(["alarmActions": .list((0..<6).map { Value.string("arn:aws:sns:x:1:\($0)") })]).count
        == 1)
    #expect(errors(["threshold": 5], isNew: true).count == 6)
    #expect(errors(["threshold": 5], name: String(repeating: "a", count: 256)).count == 1)
  }

  @Test func warnsOfAlarmsThatNeverTell() async throws {
    let type = resourceType("cloudwatch/alarm", region: "us-east-2")
    func warnings(_ set: [String: Value]) async throws -> Int {
      let write = ResourceWrite(name: "a", live: try await live(found), set: set)
      return type.problems(with: write).filter { $0.severity == .warning }.count
    }
    let ratio: [String: Value] = [
      "namespace": "DIG/Bootstrap/Costs", "metric": "CostRatio", "unit": "Percent",
    ]
    #expect(try await warnings(ratio.merging(["threshold": 70]) { $1 }) == 1)
    let fraction: Value = .number(Decimal(7) / 10)
    #expect(try await warnings(ratio.merging(["threshold": fraction]) { $1 }) == 1)
    #expect(try await warnings(["namespace": "AWS/Billing", "metric": "EstimatedCharges"]) == 2)
    #expect(try await warnings(["threshold": 70]) == 0)
  }

  @Test func costsEachMetricByItsResolution() throws {
    let type = resourceType("cloudwatch/alarm")
    func cost(_ attributes: [String: Value]) -> MonthlyCost {
      type.monthlyCost(attributes: attributes, context: [:])
    }
    let stat: Value = [
      "Metric": ["Namespace": "W", "MetricName": "M"], "Period": 60, "Stat": "Sum",
    ]
    #expect(cost(["period": 300]).amount == Decimal(string: "0.10"))
    #expect(cost(["period": 10]).amount == Decimal(string: "0.30"))
    let two: Value = [
      ["Id": "a", "MetricStat": stat], ["Id": "b", "MetricStat": stat.with(["Period": 20])],
      ["Id": "c", "Expression": "a + b"],
    ]
    #expect(cost(["metrics": two]).amount == Decimal(string: "0.40"))
    let band: Value = [
      ["Id": "a", "MetricStat": stat], ["Id": "b", "Expression": "ANOMALY_DETECTION_BAND(a, 2)"],
    ]
    #expect(cost(["metrics": band]).amount == Decimal(string: "0.30"))
    #expect(!cost(["metrics": [["Id": "a", "Expression": "SELECT MAX(x) FROM y"]]]).isKnown)
  }
}
