internal import Foundation
internal import Model
internal import Pricing

/// `application-autoscaling/policy`: how a scalable target is scaled. Its name is
/// `DIMENSION/RESOURCEID#POLICYNAME`.
///
/// Attributes: `policyType`; of target tracking `metric` (the predefined metric's type) or `customMetric`
/// (`namespace`, `name`, `dimensions`, `statistic`, `unit`), `targetValue`, `scaleInCooldown`,
/// `scaleOutCooldown`, `disableScaleIn` (false where AWS does not say: "The default is false"); of step
/// scaling `adjustmentType`, `steps` (as AWS has them), `cooldown`, `aggregation`. Everything else of the policy is kept. Context: `policy` (its type
/// and configuration as AWS describes them, to give back a custom metric or steps that a manifest
/// has replaced), `alarms` (how many AWS made for it).
///
/// Reads take one request for ten policies: the page size of DescribeScalingPolicies.
struct ScalingPolicyType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope
  private var calls: ScalingCalls { ScalingCalls(client: scope.client) }

  var type: String { "application-autoscaling/policy" }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    ScalingPolicyValues.normalized(attributes)
  }

  var writeEvents: WriteEvents? {
    .scalingParts(
      changing: "PutScalingPolicy", deleting: "DeleteScalingPolicy", member: "policyName")
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read: return calls.reading(["DescribeScalingPolicies"])
    case .write:
      let targets = names.compactMap { ScalingPartName($0)?.target }
      return calls.writing(["DeleteScalingPolicy", "PutScalingPolicy"], to: targets, in: scope)
        + scope.alarmsOfTracking
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    ScalingPolicyProblems(write).all
  }

  /// A policy of target tracking makes two alarms, one to scale out and one to scale in; other
  /// policies make none (docs.aws.amazon.com/autoscaling/application/userguide, target tracking).
  /// Where AWS told how many there are, that counts.
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    let policy = scope.prices.monthlyCost(
      of: .scalingPolicy, quantity: 1, in: scope.region, called: "scaling policies")
    guard attributes["policyType"] ?? "TargetTrackingScaling" == "TargetTrackingScaling" else {
      return policy
    }
    let isFine = attributes["metric"]?.string?.hasSuffix("HighResolution") ?? false
    // Two more watch whether somebody else moves the capacity of a table (DynamoDB developer guide,
    // "Managing throughput capacity with DynamoDB auto scaling").
    let made: Decimal = attributes["metric"]?.string?.hasPrefix("DynamoDB") ?? false ? 4 : 2
    let alarms = context["alarms"]?.number ?? 0
    return policy
      + scope.prices.monthlyCost(
        of: isFine ? .highResolutionAlarm : .alarm, quantity: alarms > 0 ? alarms : made,
        in: scope.region, called: "alarms")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    try await describe(names).mapValues { description in
      let document = ScalingPolicyDocument(description)
      var context = ["policy": document.recordable]
      if let alarms = description["Alarms"]?.list { context["alarms"] = Value(alarms.count) }
      return LiveResource(attributes: document.attributes, context: context)
    }
  }

  func create(_ write: ResourceWrite) async throws {
    try await put(ScalingPolicyDocument(.map([:])), write)
  }

  func update(_ write: ResourceWrite) async throws {
    guard let description = try await describe([write.name])[write.name] else {
      throw ResourceError(
        .missing, Address(type, write.name), "The policy is not there any more.")
    }
    try await put(ScalingPolicyDocument(description), write)
  }

  func delete(_ write: ResourceWrite) async throws {
    let name = try part(write)
    try await calls.remove(
      "DeleteScalingPolicy", name.target, ["PolicyName": .string(name.part)])
  }

  private func put(_ document: ScalingPolicyDocument, _ write: ResourceWrite) async throws {
    let name = try part(write)
    var input = document.applying(write)
    input["PolicyName"] = .string(name.part)
    try await calls.call("PutScalingPolicy", name.target, input)
  }

  private func describe(_ names: Set<String>) async throws -> [String: Value] {
    try await calls.describe(
      names, "DescribeScalingPolicies", list: "PolicyNames", items: "ScalingPolicies",
      key: "PolicyName")
  }
}

extension ResourceScope {
  /// What target tracking takes beside its own requests: AWS makes its alarms in the caller's name.
  var alarmsOfTracking: [IAMPermission] {
    [
      IAMPermission(["cloudwatch:DescribeAlarms"]),
      IAMPermission(
        ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm"],
        on: [arn("cloudwatch", "alarm:TargetTracking-*")]),
    ]
  }
}
