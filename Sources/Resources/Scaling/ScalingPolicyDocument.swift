internal import Model

/// A scaling policy as AWS describes it, and the way from there to attributes and back.
struct ScalingPolicyDocument {
  private let members: [String: Value]

  private static let configuration = "TargetTrackingScalingPolicyConfiguration"
  private static let predefined = "PredefinedMetricSpecification"

  /// What AWS reports and PutScalingPolicy does not take.
  private static let readOnly: Set = ["PolicyARN", "Alarms", "CreationTime"]

  /// The attributes that are members of the configuration by another name.
  private static let plain = [
    "targetValue": "TargetValue", "scaleInCooldown": "ScaleInCooldown",
    "scaleOutCooldown": "ScaleOutCooldown", "disableScaleIn": "DisableScaleIn",
  ]

  /// A policy as described; an empty map for one that is not there yet.
  init(_ description: Value) { members = description.members.without() }

  /// The attributes.
  var attributes: [String: Value] {
    var attributes: [String: Value] = [:]
    attributes["policyType"] = members["PolicyType"]
    guard let configuration = members[Self.configuration]?.members.without() else {
      return attributes
    }
    for (attribute, member) in Self.plain { attributes[attribute] = configuration[member] }
    attributes["disableScaleIn"] = configuration["DisableScaleIn"] ?? false
    attributes["metric"] = configuration[Self.predefined]?["PredefinedMetricType"]
    return attributes.without()
  }

  /// The input for PutScalingPolicy once the write is made; the names are still to be added.
  func applying(_ write: ResourceWrite) -> [String: Value] {
    var input = members.without(Self.readOnly)
    let type = write.set["policyType"] ?? input["PolicyType"] ?? "TargetTrackingScaling"
    input["PolicyType"] = type
    guard type == "TargetTrackingScaling" else { return input }
    if members["PolicyType"] != type {
      // Exactly the configuration of the policy's type may be sent.
      input["StepScalingPolicyConfiguration"] = nil
      input["PredictiveScalingPolicyConfiguration"] = nil
    }
    var configuration = input[Self.configuration]?.members.without() ?? [:]
    for (attribute, member) in Self.plain {
      if write.unset.contains(attribute) { configuration[member] = nil }
      if let value = write.set[attribute] { configuration[member] = value }
    }
    if let metric = write.set["metric"],
      metric != configuration[Self.predefined]?["PredefinedMetricType"]
    {
      // A label belongs to the metric that it was given with; a custom metric excludes a predefined
      // one.
      configuration[Self.predefined] = ["PredefinedMetricType": metric]
      configuration["CustomizedMetricSpecification"] = nil
    }
    input[Self.configuration] = .map(configuration)
    return input
  }
}
