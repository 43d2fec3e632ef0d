import Foundation
import Model
import Testing

@testable import Resources

@Suite struct ScalableTargetTests {
  let kind = "application-autoscaling/target"

  @Test(arguments: [(1, 1), (10, 1), (11, 1), (50, 1), (51, 2), (1000, 20)])
  func readsFiftyARequest(count: Int, requests: Int) async throws {
    let aws = scalingAccount(count)
    let live = try await resourceType(kind, aws).read(Set((0..<count).map { scalingName($0) }))
    #expect(live.count == count && aws.calls.count == requests && aws.mostRunning <= 8)
  }

  @Test func readsBoundsAndWhatIsSuspended() async throws {
    let live = try await resourceType(kind, scalingAccount(2)).read([
      scalingName(0), scalingName(7), "nonsense",
    ])
    #expect(
      live == [
        scalingName(0): LiveResource(
          attributes: [
            "minCapacity": 1, "maxCapacity": 4, "suspended": ["DynamicScalingInSuspended"],
          ], context: ["roleARN": "arn:role"])
      ])
  }

  @Test func sendsOnlyTheGivenBounds() async throws {
    let aws = scalingAccount(0)
    let type = resourceType(kind, aws)
    try await type.update(ResourceWrite(name: webTarget, live: nil, set: ["maxCapacity": 9]))
    let input: Value = [
      "ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount",
      "ResourceId": "service/main/web",
    ]
    #expect(aws.calls.last?.input == input.with(["MaxCapacity": 9]))
    try await type.create(
      ResourceWrite(name: webTarget, live: nil, set: ["minCapacity": 0, "maxCapacity": 9]))
    #expect(aws.calls.last?.input == input.with(["MinCapacity": 0, "MaxCapacity": 9]))
    try await type.update(
      ResourceWrite(name: webTarget, live: nil, set: ["suspended": ["ScheduledScalingSuspended"]]))
    var suspended: [String: Value] = [
      "DynamicScalingInSuspended": false, "DynamicScalingOutSuspended": false,
      "ScheduledScalingSuspended": true,
    ]
    #expect(aws.calls.last?.input == input.with(["SuspendedState": .map(suspended)]))
    try await type.update(
      ResourceWrite(name: webTarget, live: nil, set: [:], unset: ["suspended"]))
    suspended["ScheduledScalingSuspended"] = false
    #expect(aws.calls.last?.input == input.with(["SuspendedState": .map(suspended)]))
    try await type.delete(ResourceWrite(name: webTarget, live: nil, set: [:]))
    #expect(aws.operations.last == "DeregisterScalableTarget" && aws.calls.last?.input == input)
  }

  @Test func saysWhatAWSWouldRefuse() {
    let type = resourceType(kind)
    let bounds: [String: Value] = ["minCapacity": 5, "maxCapacity": 4]
    #expect(
      type.errors(ResourceWrite(name: webTarget, live: nil, set: bounds)) == [
        "The minimum of 5 is above the maximum of 4."
      ])
    #expect(type.errors(ResourceWrite(name: "x", live: nil, set: bounds)).count == 1)
    #expect(
      type.errors(ResourceWrite(name: webTarget, live: nil, set: ["minCapacity": -1])).count == 2)
    let live = LiveResource(attributes: ["minCapacity": 1, "maxCapacity": 4])
    #expect(
      type.errors(ResourceWrite(name: webTarget, live: live, set: ["minCapacity": 4])).isEmpty)
    #expect(type.monthlyCost(attributes: bounds, context: [:]) == .zero)
  }

  @Test func doesNotDeleteWhatOthersMade() async throws {
    let aws = scalingAccount(3)
    await #expect(
      throws: ResourceError(
        .notEmpty, Address(kind, scalingName(1)),
        "AWS would delete with it what is not managed here: policy \"p1\", scheduled action \"p1\"."
          + " Delete them, or set onRemove: keep.")
    ) {
      try await resourceType(kind, aws).delete(
        ResourceWrite(name: scalingName(1), live: nil, set: [:]))
    }
    #expect(Set(aws.operations) == ["DescribeScalingPolicies", "DescribeScheduledActions"])
  }

  @Test func remarksOnWhatIsSuspended() {
    let live = LiveResource(
      attributes: [
        "minCapacity": 1, "maxCapacity": 4,
        "suspended": ["DynamicScalingInSuspended", "ScheduledScalingSuspended"],
      ])
    let problems = resourceType(kind).problems(
      with: ResourceWrite(name: webTarget, live: live, set: ["maxCapacity": 5]))
    #expect(problems.map(\.severity) == [.warning])
    #expect(
      problems.map(\.message) == [
        "Scaling of this target is suspended in AWS: policies do not scale in, scheduled actions do"
          + " nothing until somebody resumes it. Weir leaves that as it is."
      ])
  }

  @Test func tellsWhatSuspensionKeepsFromActing() {
    let type = resourceType("application-autoscaling/target", FakeAWS { _, _ in .null })
    let suspended = ["ScheduledScalingSuspended", "DynamicScalingInSuspended"]
    let live = LiveResource(
      attributes: ["suspended": .list(suspended.map(Value.string))])
    func hindrance(_ kind: String, _ live: LiveResource) -> String {
      type.hindrance(by: live, of: Address("application-autoscaling/\(kind)", "x")) ?? "none"
    }
    #expect(hindrance("scheduled-action", live).contains("scheduled scaling of its target is susp"))
    #expect(hindrance("policy", live).hasPrefix("It does not scale in: that is suspended in AWS"))
    let free = LiveResource(attributes: [:])
    #expect(hindrance("scheduled-action", free) == "none" && hindrance("policy", free) == "none")
  }
}
