import Model
import Synchronization
import Testing

@testable import Resources

private let kind = "application-autoscaling/policy"
private let web = "ecs:service:DesiredCount/service/main/web#scale"

private let custom: Value = [
  "PolicyType": "TargetTrackingScaling",
  "TargetTrackingScalingPolicyConfiguration": [
    "TargetValue": 0, "ScaleInCooldown": 300, "DisableScaleIn": true, "Novelty": ["kept"],
    "CustomizedMetricSpecification": [
      "MetricName": "backlog", "Namespace": "Web", "Statistic": "Average",
      "Dimensions": [["Name": "queue", "Value": "a"]],
    ],
  ],
]
private let labelled: Value = [
  "PolicyType": "TargetTrackingScaling",
  "TargetTrackingScalingPolicyConfiguration": [
    "TargetValue": 100,
    "PredefinedMetricSpecification": [
      "PredefinedMetricType": "ALBRequestCountPerTarget", "ResourceLabel": "app/a/targetgroup/b",
    ],
  ],
]
private let steps: Value = [
  "PolicyType": "StepScaling",
  "StepScalingPolicyConfiguration": [
    "AdjustmentType": "ChangeInCapacity", "Cooldown": 60,
    "StepAdjustments": [["MetricIntervalLowerBound": 0, "ScalingAdjustment": 1]],
  ],
]
private let predictive: Value = [
  "PolicyType": "PredictiveScaling",
  "PredictiveScalingPolicyConfiguration": [
    "Mode": "ForecastOnly",
    "MetricSpecifications": [
      [
        "TargetValue": 40,
        "PredefinedMetricPairSpecification": ["PredefinedMetricType": "ECSServiceCPUUtilization"],
      ]
    ],
  ],
]

/// What a manifest makes of a policy that it takes over.
private let wanted: [String: Value] = [
  "policyType": "TargetTrackingScaling", "metric": "ECSServiceAverageCPUUtilization",
  "targetValue": 60, "scaleInCooldown": 120, "scaleOutCooldown": 30, "disableScaleIn": false,
]

/// An account with one policy, which puts replace.
private func account(_ policy: Value?) -> FakeAWS {
  let held = Mutex(policy)
  return FakeAWS { operation, input in
    switch operation {
    case "PutScalingPolicy":
      held.withLock { $0 = input }
      return [:]
    case "DeleteScalingPolicy":
      held.withLock { $0 = nil }
      return [:]
    default:
      let names: Value = [
        "ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount",
        "ResourceId": "service/main/web", "PolicyName": "scale", "PolicyARN": "arn:p",
        "CreationTime": 1, "Alarms": [],
      ]
      let policies = held.withLock { $0 }.map { [names.with($0.map ?? [:])] } ?? []
      return ["ScalingPolicies": .list(policies)]
    }
  }
}

/// The write that brings what is there back to what was found, of the attributes taken over.
private func wayBack(
  _ live: LiveResource?, to found: LiveResource, owned: Set<String>, name: String = web
) -> ResourceWrite {
  guard let live else {
    return ResourceWrite(
      name: name, live: nil, set: found.attributes, recorded: found.context)
  }
  let names = owned.filter { live.attributes[$0] != found.attributes[$0] }
  return ResourceWrite(
    name: name, live: live, set: found.attributes.filter { names.contains($0.key) },
    unset: names.filter { found.attributes[$0] == nil }, recorded: found.context)
}

@Suite struct ForeignPolicyTests {
  @Test(arguments: [custom, labelled, steps, predictive])
  func givesBackWhatItTookOver(policy: Value) async throws {
    let aws = account(policy)
    let type = resourceType(kind, aws)
    let found = try #require(try await type.read([web])[web])
    #expect(found.context["policy"] == policy)
    let take = ResourceWrite(name: web, live: found, set: wanted)
    #expect(type.errors(take).isEmpty)
    try await type.update(take)
    let taken = try #require(try await type.read([web])[web])
    #expect(taken.attributes == wanted)
    let back = wayBack(taken, to: found, owned: Set(wanted.keys))
    #expect(type.problems(with: back).isEmpty)
    try await type.update(back)
    #expect(try await type.read([web])[web] == found)
  }

  @Test(arguments: [custom, labelled, steps, predictive])
  func makesWhatItDeletedAsItWas(policy: Value) async throws {
    let aws = account(policy)
    let type = resourceType(kind, aws)
    let found = try #require(try await type.read([web])[web])
    try await type.delete(ResourceWrite(name: web, live: found, set: [:]))
    let back = wayBack(nil, to: found, owned: [])
    #expect(type.problems(with: back).isEmpty)
    try await type.create(back)
    #expect(try await type.read([web])[web] == found)
  }

  @Test func givesBackOnlyWhatItOwns() async throws {
    let aws = account(custom)
    let type = resourceType(kind, aws)
    let found = try #require(try await type.read([web])[web])
    let owned = wanted.filter { ["metric", "targetValue"].contains($0.key) }
    try await type.update(ResourceWrite(name: web, live: found, set: owned))
    var taken = try #require(try await type.read([web])[web])
    try await type.update(ResourceWrite(name: web, live: taken, set: ["scaleInCooldown": 7]))
    taken = try #require(try await type.read([web])[web])
    try await type.update(wayBack(taken, to: found, owned: Set(owned.keys)))
    let end = try #require(try await type.read([web])[web])
    #expect(end.attributes == found.attributes.merging(["scaleInCooldown": 7]) { $1 })
    #expect(
      end.context["policy"]?["TargetTrackingScalingPolicyConfiguration"]?[
        "CustomizedMetricSpecification"]
        == custom["TargetTrackingScalingPolicyConfiguration"]?["CustomizedMetricSpecification"])
  }

  @Test func keepsToTheWishWhileItIsWanted() async throws {
    let aws = account(custom)
    let type = resourceType(kind, aws)
    let found = try #require(try await type.read([web])[web])
    try await type.update(ResourceWrite(name: web, live: found, set: wanted))
    let taken = try #require(try await type.read([web])[web])
    // The manifest drops a cooldown and keeps the rest.
    let write = ResourceWrite(
      name: web, live: taken, set: ["scaleInCooldown": 300], recorded: found.context)
    try await type.update(write)
    #expect(try await type.read([web])[web]?.attributes == write.result)
  }

  @Test(arguments: [steps, predictive])
  func anotherTypeNeedsAMetricAndATarget(policy: Value) {
    let live = LiveResource(attributes: ["policyType": policy["PolicyType"] ?? .null])
    #expect(
      resourceType(kind).errors(
        ResourceWrite(name: web, live: live, set: ["policyType": "TargetTrackingScaling"])
      ).count == 2)
  }
}
