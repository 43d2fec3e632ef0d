import Foundation
import Model
import Testing

@testable import Resources

private func instance(_ id: String, _ state: String = "running", _ changes: [String: Value] = [:])
  -> Value
{
  let row: Value = [
    "InstanceId": .string(id), "State": ["Name": .string(state)], "InstanceType": "t3.small",
    "PlatformDetails": "Linux/UNIX", "Tags": [["Key": "group", "Value": "dev"]],
  ]
  return row.with(changes)
}

private func ec2(_ rows: [Value]) -> FakeAWS {
  FakeAWS { operation, input in
    guard operation == "DescribeInstances" else { return [:] }
    let filters = input["Filters"]?.list ?? []
    let named = filters.first { $0["Name"] == "instance-id" }?["Values"]?.texts
    precondition((named?.count ?? 0) <= 200)
    return page(
      [
        [
          "Instances": .list(
            rows.filter { named?.contains($0["InstanceId"]?.string ?? "") ?? true })
        ]
      ],
      of: "Reservations", size: 1, input)
  }
}

@Suite struct InstanceTests {
  @Test(arguments: [(1, 1), (200, 1), (201, 2), (1000, 5)])
  func readsTwoHundredARequest(count: Int, requests: Int) async throws {
    let aws = ec2((0..<count).map { instance("i-\($0)") })
    let live = try await resourceType("ec2/instance", aws).read(Set((0..<count).map { "i-\($0)" }))
    #expect(live.count == count)
    #expect(aws.calls.count == requests)
  }

  @Test func findsByTagsWithoutWildcards() async throws {
    let aws = ec2([
      instance("i-1"), instance("i-2", "stopping", ["Tags": [["Key": "group", "Value": "deve"]]]),
      instance("i-3", "pending"),
    ])
    let filter = TagFilter(["group": ["de*", "dev"]])
    let live = try await resourceType("ec2/instance", aws).find(
      ResourceSelector(type: "ec2/instance", criteria: ["tags": filter.criterion]))
    #expect(live.mapValues { $0.attributes["state"] } == ["i-1": "running", "i-3": "running"])
    #expect(aws.calls.count == 1)
  }

  @Test func costsNothingWhileItIsStopped() {
    let type = resourceType("ec2/instance")
    let context: [String: Value] = ["instanceType": "t3.small", "platform": "Linux/UNIX"]
    let running = type.monthlyCost(attributes: ["state": "running"], context: context)
    #expect(running.isKnown && running.amount > 0)
    #expect(type.monthlyCost(attributes: ["state": "stopped"], context: context) == .zero)
    let spot = context.merging(["lifecycle": "spot"]) { $1 }
    #expect(!type.monthlyCost(attributes: ["state": "running"], context: spot).isKnown)
  }

  @Test(
    arguments: [
      ["lifecycle": "spot"], ["rootDevice": "instance-store"], ["autoScalingGroup": "web"],
    ] as [[String: Value]])
  func saysWhatCannotBeStopped(context: [String: Value]) {
    let live = LiveResource(attributes: ["state": "running"], context: context)
    let type = resourceType("ec2/instance")
    #expect(
      type.errors(ResourceWrite(name: "i-1", live: live, set: ["state": "stopped"])).count == 1)
    #expect(type.errors(ResourceWrite(name: "i-1", live: live, set: ["state": "running"])) == [])
  }
}
