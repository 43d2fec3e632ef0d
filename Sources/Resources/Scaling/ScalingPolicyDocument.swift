internal import Model

/// A scaling policy as AWS describes it, and the way from there to attributes and back.
struct ScalingPolicyDocument {
  private let members: [String: Value]

  /// The types that Weir makes; of the others it only gives back what it found.
  static let tracking: Value = "TargetTrackingScaling"
  static let stepping: Value = "StepScaling"

  private static let configuration = "TargetTrackingScalingPolicyConfiguration"
  private static let stepConfiguration = "StepScalingPolicyConfiguration"
  private static let predefined = "PredefinedMetricSpecification"
  private static let customized = "CustomizedMetricSpecification"

  /// The members of which a policy has the one of its type.
  private static let configurations: Set = [
    configuration, stepConfiguration, "PredictiveScalingPolicyConfiguration",
  ]

  /// What AWS reports and PutScalingPolicy does not take.
  private static let readOnly: Set = ["PolicyARN", "Alarms", "CreationTime"]

  /// The attributes that are members of the configuration by another name.
  private static let plain = [
    "targetValue": "TargetValue", "scaleInCooldown": "ScaleInCooldown",
    "scaleOutCooldown": "ScaleOutCooldown", "disableScaleIn": "DisableScaleIn",
  ]

  /// The attributes of steps that are members of their configuration by another name.
  private static let stepMembers = [
    "adjustmentType": "AdjustmentType", "steps": "StepAdjustments", "cooldown": "Cooldown",
    "aggregation": "MetricAggregationType",
  ]

  /// The attributes that say which policy it is: by these one is known again that was replaced.
  static let identity: Set = ["policyType", "metric", "customMetric"]

  /// A policy as described; an empty map for one that is not there yet.
  init(_ description: Value) { members = description.members.without() }

  /// The policy in a recorded context; nil where none was recorded.
  init?(recorded context: [String: Value]) {
    guard let policy = context["policy"], policy["PolicyType"] != nil else { return nil }
    self.init(policy)
  }

  /// The type and its configuration as AWS describes them: what `context` keeps as `policy`, since
  /// attributes do not hold all of a custom metric or of steps.
  var recordable: Value {
    .map(members.filter { Self.configurations.contains($0.key) || $0.key == "PolicyType" })
  }

  /// The attributes.
  var attributes: [String: Value] {
    var attributes: [String: Value] = [:]
    attributes["policyType"] = members["PolicyType"]
    if let steps = members[Self.stepConfiguration]?.members.without() {
      for (attribute, member) in Self.stepMembers { attributes[attribute] = steps[member] }
      // "If the aggregation type is null, the value is treated as Average" (its API description).
      attributes["aggregation"] = steps["MetricAggregationType"] ?? "Average"
      return ScalingPolicyValues.normalized(attributes.without())
    }
    guard let configuration = members[Self.configuration]?.members.without() else {
      return attributes
    }
    for (attribute, member) in Self.plain { attributes[attribute] = configuration[member] }
    attributes["disableScaleIn"] = configuration["DisableScaleIn"] ?? false
    attributes["metric"] = configuration[Self.predefined]?["PredefinedMetricType"]
    attributes["customMetric"] = configuration[Self.customized].flatMap(ScalingPolicyValues.metric)
    return attributes.without()
  }

  /// The input for PutScalingPolicy once the write is made; the names are still to be added.
  func applying(_ write: ResourceWrite) -> [String: Value] {
    let rest = members.without(Self.readOnly.union(Self.configurations))
    if let recorded = Self.givenBack(by: write, from: attributes) {
      return rest.merging(recorded.givingBack(write, from: attributes)) { $1 }
    }
    let type = write.set["policyType"] ?? members["PolicyType"] ?? Self.tracking
    if type == Self.stepping { return stepping(write, rest) }
    guard type == Self.tracking else { return members.without(Self.readOnly) }
    var input = rest
    input["PolicyType"] = type
    var configuration = members[Self.configuration]?.members.without() ?? [:]
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
      configuration[Self.customized] = nil
    }
    if let metric = write.set["customMetric"] {
      configuration[Self.customized] = ScalingPolicyValues.specification(metric)
      configuration[Self.predefined] = nil
    }
    input[Self.configuration] = .map(configuration)
    return input
  }

  private func stepping(_ write: ResourceWrite, _ rest: [String: Value]) -> [String: Value] {
    var configuration = members[Self.stepConfiguration]?.members.without() ?? [:]
    for (attribute, member) in Self.stepMembers {
      if write.unset.contains(attribute) { configuration[member] = nil }
      if let value = write.set[attribute] { configuration[member] = value }
    }
    return rest.merging([
      "PolicyType": Self.stepping, Self.stepConfiguration: .map(configuration),
    ]) { $1 }
  }

  /// The recorded policy that a write goes back to: one that is not of target tracking where the
  /// type becomes that type again, one of target tracking where its metric becomes that metric
  /// again, which for a custom metric is none. Nil where the write does neither.
  static func givenBack(
    by write: ResourceWrite, from attributes: [String: Value]
  ) -> ScalingPolicyDocument? {
    guard let recorded = ScalingPolicyDocument(recorded: write.recorded) else { return nil }
    let found = recorded.attributes
    let result = write.result(from: attributes)
    let touched = write.touched.intersection(identity)
    // Of a metric that the write says nothing about, the other kind of metric decides.
    let compared: Set =
      touched.contains("customMetric") ? touched.union(["policyType"]) : ["policyType", "metric"]
    guard compared.allSatisfy({ result[$0] == found[$0] }), attributes.isEmpty || !touched.isEmpty
    else { return nil }
    return recorded
  }

  /// This recorded policy as it was, but for plain attributes that are to be different: because the
  /// write says so, or because they differ now and are not given back.
  private func givingBack(
    _ write: ResourceWrite, from attributes: [String: Value]
  ) -> [String: Value] {
    guard let held = members[Self.configuration]?.members.without() else { return members }
    let found = self.attributes
    let result = write.result(
      from: attributes["policyType"] == Self.tracking ? attributes : found)
    var configuration = held
    for (attribute, member) in Self.plain where result[attribute] != found[attribute] {
      configuration[member] = result[attribute]
    }
    return members.merging([Self.configuration: .map(configuration)]) { $1 }
  }
}

extension ResourceWrite {
  /// All attributes as they stand after the write of a resource that has `attributes`.
  fileprivate func result(from attributes: [String: Value]) -> [String: Value] {
    ResourceWrite(
      name: name, live: LiveResource(attributes: attributes), set: set, unset: unset
    ).result
  }
}
