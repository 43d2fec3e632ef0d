import Foundation
import Model
import Synchronization
import Testing

@testable import Resources

private let kind = "cloudwatch/alarm-definition"
private let prefix = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:"

private func alarm(_ name: String) -> Value {
  [
    "AlarmName": .string(name), "AlarmArn": .string(prefix + name), "StateValue": "OK",
    "Namespace": "Web", "MetricName": "Load", "ExtendedStatistic": "p99", "Period": 60,
    "Dimensions": [["Name": "b", "Value": "1"], ["Name": "a", "Value": "2"]],
    "EvaluationPeriods": 3, "Threshold": 90, "ComparisonOperator": "GreaterThanThreshold",
    "OKActions": ["arn:aws:sns:us-east-1:1:b", "arn:aws:sns:us-east-1:1:a"],
    "ActionsEnabled": false, "Novelty": ["kept"],
  ]
}

/// An account with these alarms, of which all have the tags, and whatever the tagging API says besides.
private func account(
  _ names: [String], tags: Value = [["Key": "group", "Value": "dev"]], rule: String = "FALSE",
  lingering: [String] = []
) -> FakeAWS {
  FakeAWS { operation, input in
    switch operation {
    case "GetResources":
      return page(
        (names + lingering).map {
          [
            "ResourceARN": .string(prefix + $0), "Tags": [["Key": "group", "Value": "dev"]],
          ]
        }, of: "ResourceTagMappingList", size: 100, input)
    case "DescribeAlarms":
      let asked = Set(input["AlarmNames"]?.texts ?? [])
      if asked.isEmpty {
        return ["CompositeAlarms": [["AlarmName": "all", "AlarmRule": .string(rule)]]]
      }
      return ["MetricAlarms": .list(names.filter(asked.contains).map(alarm))]
    case "ListTagsForResource":
      let arn = input["ResourceARN"]?.string ?? ""
      guard names.contains(where: { prefix + $0 == arn }) else {
        throw FakeFailure(code: "ResourceNotFoundException")
      }
      return ["Tags": tags]
    default: return [:]
    }
  }
}

@Suite struct AlarmDefinitionTests {
  private func find(_ aws: FakeAWS, _ kind: String = kind) async throws -> [String: LiveResource] {
    let filter = TagFilter(["group": ["dev"]])
    return try await resourceType(kind, aws).find(
      ResourceSelector(type: kind, criteria: ["tags": filter.criterion]))
  }

  @Test func anAlarmIsMadeAgainAsItWas() async throws {
    let aws = account(["a: b"])
    let live = try #require(try await find(aws)["a: b"])
    let definition = try #require(live.attributes["definition"])
    #expect(definition["Dimensions"]?.list?.first?["Name"] == "a")
    #expect(definition["AlarmArn"] == nil && definition["Novelty"] == ["kept"])
    let type = resourceType(kind, aws)
    try await type.update(
      ResourceWrite(name: "a: b", live: live, set: [:], unset: ["definition", "tags"]))
    #expect(aws.inputs(of: "DeleteAlarms") == [["AlarmNames": ["a: b"]]])
    let gone = LiveResource(attributes: [:], context: [:])
    try await type.update(ResourceWrite(name: "a: b", live: gone, set: live.attributes))
    let put = try #require(aws.inputs(of: "PutMetricAlarm").first)
    #expect(
      put == definition.with(["AlarmName": "a: b", "Tags": [["Key": "group", "Value": "dev"]]]))
    #expect(!aws.operations.contains("TagResource"))
    #expect(type.monthlyCost(attributes: live.attributes, context: [:]).amount > 0)
    #expect(type.monthlyCost(attributes: [:], context: [:]) == .zero)
  }

  @Test func oneThatIsThereAgainGetsItsTagsByThemselves() async throws {
    let aws = account(["a"], tags: [["Key": "mine", "Value": "1"]])
    let type = resourceType(kind, aws)
    let live = try #require(try await type.read(["a"])["a"])
    try await type.update(
      ResourceWrite(name: "a", live: live, set: ["tags": ["group": "dev"]], unset: []))
    let arn = Value.string(prefix + "a")
    #expect(
      aws.inputs(of: "TagResource") == [
        ["ResourceARN": arn, "Tags": [["Key": "group", "Value": "dev"]]]
      ])
    #expect(aws.inputs(of: "UntagResource") == [["ResourceARN": arn, "TagKeys": ["mine"]]])
  }

  @Test(arguments: [kind, "cloudwatch/alarm"])
  func tagsThatLingerMeanNothing(kind: String) async throws {
    #expect(try await find(account(["a"], lingering: ["gone"]), kind).keys.sorted() == ["a"])
    #expect(try await find(account(["a"], tags: []), kind) == [:])
  }

  @Test func aThousandTakeTheFewestRequests() async throws {
    let aws = account((0..<1000).map { "a\($0)" })
    #expect(try await find(aws).count == 1000)
    let counts = Dictionary(aws.operations.map { ($0, 1) }, uniquingKeysWith: +)
    #expect(
      counts == ["GetResources": 10, "ListTagsForResource": 1000, "DescribeAlarms": 11])
  }

  @Test func whatACompositeAlarmNamesIsNotDeleted() async throws {
    let aws = account(["a", "b"], rule: #"ALARM("a") AND NOT OK( b )"#)
    let type = resourceType(kind, aws)
    for (name, live) in try await find(aws) {
      #expect(live.context["composites"] == ["all"])
      let write = ResourceWrite(name: name, live: live, set: [:], unset: ["definition"])
      #expect(type.errors(write).first?.contains("composite alarm all") == true)
    }
  }

  @Test(arguments: [
    (#"ALARM("a (b)") OR OK('c') OR INSUFFICIENT_DATA(d)"#, ["a (b)", "c", "d"]),
    (#"(ALARM (arn:aws:cloudwatch:us-east-1:1:alarm:x:y) AND NOT (ok(e)))"#, ["e", "x:y"]),
    (#"ALARM("q\"r")"#, ["q\"r"]), ("TRUE", []), ("ALARM(", [""]),
  ])
  func readsRules(rule: String, names: [String]) {
    #expect(AlarmRule(rule).alarms.sorted() == names)
  }
}
