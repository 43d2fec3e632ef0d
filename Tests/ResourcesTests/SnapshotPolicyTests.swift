import Foundation
import Model
import Testing

@testable import Resources

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
          "Name": "nightly", "CopyTags": false, "TagsToAdd": [],
          "CreateRule": [
            "Interval": 24, "IntervalUnit": "HOURS", "Times": ["03:00"], "Location": "CLOUD",
          ], "RetainRule": ["Count": 7],
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

private func nightly(keep: Int) -> Value {
  [
    "CreateRule": ["Interval": 24, "IntervalUnit": "HOURS", "Times": ["03:00"]],
    "RetainRule": ["Count": Value(keep)],
  ]
}

@Suite struct SnapshotPolicyTests {
  @Test func readsTheListOnceAndEachPolicyOnce() async throws {
    let aws = policies(1000)
    let type = resourceType("dlm/policy", aws)
    let found = try await type.read(Set((0..<100).map { "n\($0)" }).union(["policy-999", "gone"]))
    #expect(found.count == 101)
    #expect(aws.calls.count == 102)
    #expect(found["n3"]?.context["policyID"] == "policy-3")
    #expect(found["n3"]?.attributes["schedules.nightly"] == nightly(keep: 7))
    #expect(found["n3"]?.attributes["targetTags"] == ["a=b=c"])
    #expect(found["n3"]?.attributes["state"] == "ENABLED")
  }

  @Test func keepsSchedulesOfOthersWithWhatNobodyKnows() async throws {
    let aws = policies(2)
    try await resourceType("dlm/policy", aws).update(
      ResourceWrite(name: "n1", live: nil, set: ["schedules.nightly": nightly(keep: 3)]))
    let input = try #require(aws.inputs(of: "UpdateLifecyclePolicy").first)
    #expect(input["PolicyId"] == "policy-1")
    #expect(input["Description"] == nil)
    #expect(
      input["PolicyDetails"]?["Schedules"]?.list == [
        nightly(keep: 3).with(["Name": "nightly"]), foreign,
      ])
    #expect(input["PolicyDetails"]?["TargetTags"] == [["Key": "a", "Value": "b=c"]])
  }

  @Test func makesOneThatIsFoundAgain() async throws {
    let aws = policies(0)
    try await resourceType("dlm/policy", aws).create(
      ResourceWrite(
        name: "mine", live: nil,
        set: ["resourceType": "VOLUME", "targetTags": ["a=b"], "schedules.x": nightly(keep: 3)]))
    let input = try #require(aws.inputs(of: "CreateLifecyclePolicy").first)
    #expect(input["Tags"] == ["weir:name": "mine"])
    #expect(input["Description"] == "mine")
    #expect(input["PolicyDetails"]?["ResourceTypes"] == ["VOLUME"])
  }

  @Test func knowsWhatDLMRefusesAndWhatIsForGood() {
    let type = resourceType("dlm/policy")
    func write(_ live: [String: Value]?, _ set: [String: Value], name: String = "n")
      -> ResourceWrite
    {
      ResourceWrite(name: name, live: live.map { LiveResource(attributes: $0) }, set: set)
    }
    let five = Dictionary(
      uniqueKeysWithValues: (0..<5).map { ("schedules.\($0)", nightly(keep: 1)) })
    #expect(type.errors(write(nil, five)).count == 1)
    #expect(type.errors(write(nil, [:])).count == 1)
    #expect(
      type.errors(write(nil, ["schedules.a": nightly(keep: 1)], name: "policy-0a")).count == 1)
    let live = ["schedules.a": nightly(keep: 5)]
    func isForGood(_ keep: Int) -> Bool {
      type.irreversible(write(live, ["schedules.a": nightly(keep: keep)]), action: .update) != nil
    }
    #expect(isForGood(4))
    #expect(!isForGood(6))
  }
}
