import Foundation
import Model
import Testing

@testable import Resources

let webTarget = "ecs:service:DesiredCount/service/main/web"

func naming(_ index: Int) -> [String: Value] {
  [
    "ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount",
    "ResourceId": .string("service/main/s\(index)"),
  ]
}

private let tracking: Value = [
  "TargetValue": 45, "ScaleInCooldown": 300,
  "PredefinedMetricSpecification": ["PredefinedMetricType": "ECSServiceAverageCPUUtilization"],
  "Novelty": ["kept"],
]

/// Everything of an account with `count` services, each with a target, a policy and an action.
func scalingAccount(_ count: Int, sharedNames: Bool = false) -> FakeAWS {
  let targets = (0..<count).map { index -> Value in
    .map(naming(index)).with([
      "MinCapacity": 1, "MaxCapacity": 4, "RoleARN": "arn:role", "CreationTime": 1,
      "SuspendedState": ["DynamicScalingInSuspended": true, "ScheduledScalingSuspended": false],
    ])
  }
  let policies = (0..<count).map { index -> Value in
    .map(naming(index)).with([
      "PolicyName": .string(sharedNames ? "cpu" : "p\(index)"), "PolicyARN": "arn:p",
      "PolicyType": "TargetTrackingScaling", "CreationTime": 1,
      "TargetTrackingScalingPolicyConfiguration": tracking, "FutureMember": "kept",
      "Alarms": [
        ["AlarmName": "a", "AlarmARN": "arn:a"], ["AlarmName": "b", "AlarmARN": "arn:b"],
      ],
    ])
  }
  let actions = (0..<count).map { index -> Value in
    .map(naming(index)).with([
      "ScheduledActionName": .string(sharedNames ? "night" : "p\(index)"),
      "ScheduledActionARN": "arn:s", "CreationTime": 1, "Schedule": "cron(0 22 * * ? *)",
      "ScalableTargetAction": ["MinCapacity": 0, "MaxCapacity": 1], "StartTime": 1_766_000_000,
      "FutureMember": "kept",
    ])
  }
  @Sendable func chosen(_ all: [Value], _ key: String, _ names: Value?, _ input: Value) -> [Value] {
    let names = names.map(\.texts)
    precondition((names?.count ?? 0) <= 50)
    return all.filter { item in
      (names.map { $0.contains(item[key]?.string ?? "") } ?? true)
        && (input["ResourceId"].map { $0 == item["ResourceId"] } ?? true)
        && item["ServiceNamespace"] == input["ServiceNamespace"]
    }
  }
  return FakeAWS { operation, input in
    switch operation {
    case "DescribeScalableTargets":
      page(
        chosen(targets, "ResourceId", input["ResourceIds"], input), of: "ScalableTargets", size: 50,
        input)
    case "DescribeScalingPolicies":
      page(
        chosen(policies, "PolicyName", input["PolicyNames"], input), of: "ScalingPolicies",
        size: 10, input)
    case "DescribeScheduledActions":
      page(
        chosen(actions, "ScheduledActionName", input["ScheduledActionNames"], input),
        of: "ScheduledActions", size: 50, input)
    default: [:]
    }
  }
}

func scalingName(_ index: Int, _ part: String = "") -> String {
  "ecs:service:DesiredCount/service/main/s\(index)\(part)"
}

@Suite struct ScalingPolicyTests {
  private let kind = "application-autoscaling/policy"

  @Test(arguments: [(1, 1), (10, 1), (11, 2), (1000, 100)])
  func readsTenARequest(count: Int, requests: Int) async throws {
    let aws = scalingAccount(count)
    let names = Set((0..<count).map { scalingName($0, "#p\($0)") })
    #expect(try await resourceType(kind, aws).read(names).count == count)
    #expect(aws.calls.count == requests && aws.mostRunning <= 8)
  }

  @Test func asksForOneTargetWhereThereIsOne() async throws {
    let aws = scalingAccount(1000, sharedNames: true)
    let live = try await resourceType(kind, aws).read([
      scalingName(3, "#cpu"), scalingName(3, "#other"),
    ])
    #expect(Array(live.keys) == [scalingName(3, "#cpu")])
    #expect(aws.calls.count == 1)
  }

  @Test func tellsPoliciesOfOneNameApart() async throws {
    let aws = scalingAccount(30, sharedNames: true)
    let live = try await resourceType(kind, aws).read([
      scalingName(3, "#cpu"), scalingName(4, "#cpu"),
    ])
    #expect(Set(live.keys) == [scalingName(3, "#cpu"), scalingName(4, "#cpu")])
    #expect(aws.calls.count == 3)
  }

  @Test func readsThePolicy() async throws {
    let live = try await resourceType(kind, scalingAccount(1)).read([scalingName(0, "#p0")])
    #expect(
      live[scalingName(0, "#p0")]
        == LiveResource(
          attributes: [
            "policyType": "TargetTrackingScaling", "metric": "ECSServiceAverageCPUUtilization",
            "targetValue": 45, "scaleInCooldown": 300, "disableScaleIn": false,
          ],
          context: [
            "alarms": 2,
            "policy": [
              "PolicyType": "TargetTrackingScaling",
              "TargetTrackingScalingPolicyConfiguration": tracking,
            ],
          ]))
  }

  @Test func updateKeepsWhatItDoesNotSet() async throws {
    let aws = scalingAccount(1)
    try await resourceType(kind, aws).update(
      ResourceWrite(
        name: scalingName(0, "#p0"), live: nil, set: ["targetValue": 60, "scaleOutCooldown": 60],
        unset: ["scaleInCooldown"]))
    #expect(
      aws.calls.last?.input
        == .map(naming(0)).with([
          "PolicyName": "p0", "PolicyType": "TargetTrackingScaling", "FutureMember": "kept",
          "TargetTrackingScalingPolicyConfiguration": tracking.with([
            "TargetValue": 60, "ScaleOutCooldown": 60, "ScaleInCooldown": .null,
          ]),
        ]))
  }

  @Test func anotherMetricReplacesTheOldOneAndItsLabel() async throws {
    let document = ScalingPolicyDocument([
      "PolicyType": "TargetTrackingScaling",
      "TargetTrackingScalingPolicyConfiguration": [
        "TargetValue": 1, "CustomizedMetricSpecification": ["MetricName": "m"],
      ],
    ])
    let input = document.applying(
      ResourceWrite(
        name: webTarget, live: nil, set: ["metric": "ECSServiceAverageMemoryUtilization"]))
    #expect(
      input["TargetTrackingScalingPolicyConfiguration"] == [
        "TargetValue": 1,
        "PredefinedMetricSpecification": [
          "PredefinedMetricType": "ECSServiceAverageMemoryUtilization"
        ],
      ])
  }

  @Test func createsATargetTrackingPolicy() async throws {
    let aws = scalingAccount(0)
    try await resourceType(kind, aws).create(
      ResourceWrite(
        name: webTarget + "#cpu #1", live: nil,
        set: ["metric": "ECSServiceAverageCPUUtilization", "targetValue": 60]))
    #expect(
      aws.calls.map(\.input) == [
        [
          "ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount",
          "ResourceId": "service/main/web", "PolicyName": "cpu #1",
          "PolicyType": "TargetTrackingScaling",
          "TargetTrackingScalingPolicyConfiguration": [
            "TargetValue": 60,
            "PredefinedMetricSpecification": [
              "PredefinedMetricType": "ECSServiceAverageCPUUtilization"
            ],
          ],
        ]
      ])
  }

  @Test func deletesWhatIsGoneAlready() async throws {
    let aws = FakeAWS { _, _ in throw FakeFailure(code: "ObjectNotFoundException") }
    try await resourceType(kind, aws).delete(
      ResourceWrite(name: webTarget + "#cpu", live: nil, set: [:]))
    #expect(aws.calls.last?.input["PolicyName"] == "cpu")
  }

  @Test func pricesItsAlarms() {
    let type = resourceType(kind)
    let plain: [String: Value] = ["policyType": "TargetTrackingScaling", "metric": "X"]
    #expect(type.monthlyCost(attributes: plain, context: [:]).amount.description == "0.2")
    #expect(
      type.monthlyCost(attributes: plain, context: ["alarms": 4]).amount.description == "0.4")
    #expect(
      type.monthlyCost(attributes: ["metric": "XHighResolution"], context: [:]).amount.description
        == "0.6")
    #expect(type.monthlyCost(attributes: ["policyType": "StepScaling"], context: [:]) == .zero)
    let elsewhere = resourceType(kind, region: "eu-west-3")
    #expect(
      elsewhere.monthlyCost(attributes: plain, context: [:])
        == .unknown("no price for alarms in eu-west-3 in the catalog"))
  }

  @Test func saysWhatAWSWouldRefuse() {
    let type = resourceType(kind)
    #expect(type.errors(ResourceWrite(name: webTarget, live: nil, set: [:])).count == 1)
    #expect(type.errors(ResourceWrite(name: webTarget + "#a", live: nil, set: [:])).count == 2)
    #expect(
      type.errors(
        ResourceWrite(
          name: webTarget + "#a", live: nil,
          set: ["metric": "ALBRequestCountPerTarget", "targetValue": 0, "scaleInCooldown": -1])
      ).count == 3)
  }
}
