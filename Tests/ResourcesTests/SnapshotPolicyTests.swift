import Foundation
import Model
import Testing

@testable import Resources

private let copies: Value = [["TargetRegion": "us-west-2", "Encrypted": true]]

private let foreign: Value = [
  "Name": "weekly", "CreateRule": ["CronExpression": "cron(0 5 ? * SUN *)"],
  "RetainRule": ["Count": 4], "ArchiveRule": ["RetainRule": ["x": 1]],
]

private func policy(_ index: Int) -> Value {
  [
    "PolicyId": .string("policy-\(index)"), "Description": "d", "State": "ERROR",
    "ExecutionRoleArn": "arn:aws:iam::123456789012:role/dlm",
    "Tags": ["weir:name": .string("n\(index)")],
    "PolicyDetails": [
      "PolicyType": "EBS_SNAPSHOT_MANAGEMENT", "ResourceTypes": ["VOLUME"],
      "TargetTags": [["Key": "a", "Value": "b=c"]],
      "Schedules": [
        [
          "Name": "nightly", "CopyTags": false, "TagsToAdd": [["Key": "a", "Value": "b"]],
          "CrossRegionCopyRules": copies,
          "CreateRule": ["CronExpression": "cron(0 3 * * ? *)", "Location": "CLOUD"],
          "RetainRule": ["Count": 7],
        ], foreign,
      ],
    ],
  ]
}

private func policies(_ count: Int) -> FakeAWS {
  let all = (0..<count).map(policy)
  return FakeAWS { operation, input in
    switch operation {
    case "GetLifecyclePolicies": return ["Policies": .list(all)]
    case "GetLifecyclePolicy":
      guard let found = all.first(where: { $0["PolicyId"] == input["PolicyId"] }) else {
        throw FakeFailure(code: "ResourceNotFoundException")
      }
      return ["Policy": found]
    default: return [:]
    }
  }
}

private let atThree: Value = ["Interval": 24, "IntervalUnit": "HOURS", "Times": ["03:00"]]

private func schedule(_ name: String, keep: Int) -> [String: Value] {
  ["schedules.\(name).CreateRule": atThree, "schedules.\(name).RetainRule": ["Count": Value(keep)]]
}

@Suite struct SnapshotPolicyTests {
  @Test func readsTheListOnceAndEachPolicyOnce() async throws {
    let aws = policies(1000)
    let type = resourceType("dlm/policy", aws)
    let found = try await type.read(Set((0..<100).map { "n\($0)" }).union(["policy-999", "gone"]))
    #expect(found.count == 101)
    #expect(aws.calls.count == 102)
    #expect(found["n3"]?.context["policyID"] == "policy-3")
    #expect(found["n3"]?.attributes["schedules.nightly.RetainRule"] == ["Count": 7])
    #expect(
      found["n3"]?.attributes["schedules.nightly.CreateRule"] == [
        "CronExpression": "cron(0 3 * * ? *)"
      ])
    #expect(found["n3"]?.attributes["schedules.nightly.CopyTags"] == nil)
    #expect(found["n3"]?.attributes["targetTags"] == ["a=b=c"])
    #expect(found["n3"]?.attributes["state"] == "ENABLED")
  }

  @Test func keepsSchedulesOfOthersWithWhatNobodyKnows() async throws {
    let aws = policies(2)
    try await resourceType("dlm/policy", aws).update(
      ResourceWrite(name: "n1", live: nil, set: schedule("nightly", keep: 3)))
    let input = try #require(aws.inputs(of: "UpdateLifecyclePolicy").first)
    #expect(input["PolicyId"] == "policy-1")
    #expect(input["Description"] == nil)
    #expect(
      input["PolicyDetails"]?["Schedules"]?.list == [
        [
          "Name": "nightly", "CopyTags": false, "TagsToAdd": [["Key": "a", "Value": "b"]],
          "CrossRegionCopyRules": copies, "CreateRule": atThree.with(["Location": "CLOUD"]),
          "RetainRule": ["Count": 3],
        ], foreign,
      ])
    #expect(input["PolicyDetails"]?["TargetTags"] == [["Key": "a", "Value": "b=c"]])
  }

  @Test func takesAwayAScheduleAndKeepsTheOther() async throws {
    let aws = policies(1)
    try await resourceType("dlm/policy", aws).update(
      ResourceWrite(
        name: "n0", live: nil, set: [:],
        unset: ["schedules.nightly.CreateRule", "schedules.nightly.RetainRule"]))
    let input = try #require(aws.inputs(of: "UpdateLifecyclePolicy").first)
    #expect(input["PolicyDetails"]?["Schedules"]?.list == [foreign])
  }

  @Test func makesOneThatIsFoundAgain() async throws {
    let aws = policies(0)
    try await resourceType("dlm/policy", aws).create(
      ResourceWrite(
        name: "mine", live: nil,
        set: schedule("x", keep: 3).merging(["resourceType": "VOLUME", "targetTags": ["a=b"]]) {
          $1
        }
      ))
    let input = try #require(aws.inputs(of: "CreateLifecyclePolicy").first)
    #expect(input["Tags"] == ["weir:name": "mine"])
    #expect(input["Description"] == "mine")
    #expect(input["PolicyDetails"]?["ResourceTypes"] == ["VOLUME"])
    #expect(
      input["PolicyDetails"]?["Schedules"]?.list == [
        ["Name": "x", "CreateRule": atThree, "RetainRule": ["Count": 3]]
      ])
  }

  @Test func knowsWhatDLMRefusesAndWhatIsForGood() {
    let type = resourceType("dlm/policy")
    func write(_ live: [String: Value]?, _ set: [String: Value], name: String = "n")
      -> ResourceWrite
    {
      ResourceWrite(name: name, live: live.map { LiveResource(attributes: $0) }, set: set)
    }
    let five = (0..<5).reduce(into: [:]) { all, number in
      all.merge(schedule("\(number)", keep: 1)) { $1 }
    }
    #expect(type.errors(write(nil, five)).count == 1)
    #expect(type.errors(write(nil, [:])).count == 1)
    #expect(
      type.errors(write(nil, schedule("a", keep: 1), name: "policy-0a")).count == 1)
    let live = schedule("a", keep: 5)
    func isForGood(_ keep: Int) -> Bool {
      type.irreversible(write(live, schedule("a", keep: keep)), action: .update) != nil
    }
    #expect(type.irreversible(write(live, [:]), action: .delete)?.contains("stay and cost") == true)
    #expect(isForGood(4))
    #expect(!isForGood(6))
  }
}
