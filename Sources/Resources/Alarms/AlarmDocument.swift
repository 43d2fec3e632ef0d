internal import Model

/// A metric alarm as AWS describes it, and the way from there to attributes and back.
struct AlarmDocument {
  private let members: [String: Value]

  /// What AWS reports and PutMetricAlarm does not take.
  private static let readOnly: Set = [
    "AlarmArn", "AlarmConfigurationUpdatedTimestamp", "EvaluationState", "StateReason",
    "StateReasonData", "StateTransitionedTimestamp", "StateUpdatedTimestamp", "StateValue",
  ]

  /// The attributes that are members by another name.
  private static let plain = [
    "description": "AlarmDescription", "actionsEnabled": "ActionsEnabled",
    "namespace": "Namespace", "metric": "MetricName", "unit": "Unit", "period": "Period",
    "evaluationPeriods": "EvaluationPeriods", "datapointsToAlarm": "DatapointsToAlarm",
    "threshold": "Threshold", "comparison": "ComparisonOperator",
    "treatMissingData": "TreatMissingData", "alarmActions": "AlarmActions",
    "okActions": "OKActions", "insufficientDataActions": "InsufficientDataActions",
  ]

  /// The members of an alarm on one metric, which one on `Metrics` must not have.
  private static let single = [
    "Namespace", "MetricName", "Dimensions", "Period", "Statistic", "ExtendedStatistic", "Unit",
  ]

  /// Members that belong to others: a threshold that is a band to metric math, the rule for few samples
  /// to a percentile. They go with what they belong to, and come back with it.
  private static let companions = [
    "thresholdMetricID": "ThresholdMetricId",
    "lowSampleCount": "EvaluateLowSampleCountPercentile",
  ]

  /// The statistics that are not an extended one (API description of cloudwatch, Statistic).
  static let statistics: Set = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"]

  /// The attributes with actions.
  static let actions = ["alarmActions", "okActions", "insufficientDataActions"]

  /// The kinds of alarms that are no metric alarms, by the member of DescribeAlarms that lists them.
  static let otherKinds = [("CompositeAlarms", "composite"), ("LogAlarms", "log")]

  /// An alarm as described; an empty map for one that is not there yet.
  init(_ description: Value) { members = description.members.without() }

  /// The actions on scaling policies, by their ARNs.
  var policyARNs: [String] {
    Self.actions.flatMap { members[Self.plain[$0] ?? ""]?.elements ?? [] }.compactMap(\.string)
      .filter { PolicyAction($0) != nil }
  }

  /// Attributes and context.
  ///
  /// - Parameter policies: the ARNs of the scaling policies that are there.
  func resource(policies: Set<String>) -> LiveResource {
    var attributes: [String: Value] = [:]
    for (attribute, member) in Self.plain {
      if let value = members[member] { attributes[attribute] = value }
    }
    attributes["statistic"] = members["Statistic"] ?? members["ExtendedStatistic"]
    if members["MetricName"] != nil {
      attributes["dimensions"] = AlarmValues.dimensions(members["Dimensions"] ?? [])
    }
    if let metrics = members["Metrics"], !metrics.elements.isEmpty {
      attributes["metrics"] = metrics
    }
    var context: [String: Value] = [:]
    for (name, member) in Self.companions { context[name] = members[member] }
    if members["EvaluationCriteria"] != nil { context["query"] = true }
    return LiveResource(
      attributes: AlarmValues.normalized(attributes) { action in
        // An action on a policy that is gone is none that a manifest can mean.
        PolicyAction(action).flatMap { policies.contains(action) ? $0.pattern : nil } ?? action
      },
      context: context)
  }

  /// The input of PutMetricAlarm that makes the same alarm, without its name: lists in order, scaling policies
  /// as patterns.
  ///
  /// - Parameter policies: the ARNs of the scaling policies that are there.
  func definition(policies: Set<String>) -> Value {
    var input = members.without(Self.readOnly.union(["AlarmName"]))
    for member in Self.actions.compactMap({ Self.plain[$0] }) {
      input = input.changing(member) { actions in
        if actions.elements.isEmpty { return nil }
        return .list(
          actions.elements.compactMap(\.string).map { action in
            PolicyAction(action).flatMap { policies.contains(action) ? $0.pattern : nil } ?? action
          }.sorted().map(Value.string))
      }
    }
    input = input.changing("Dimensions") {
      $0.elements.isEmpty ? nil : AlarmValues.dimensionList(AlarmValues.dimensions($0))
    }
    if let metrics = input["Metrics"] {
      let normal = AlarmValues.normalized(["metrics": metrics]) { $0 }["metrics"]
      input["Metrics"] = metrics.elements.isEmpty ? nil : normal
    }
    return .map(input)
  }

  /// The input for PutMetricAlarm once the write is made, its actions on scaling policies still as
  /// patterns.
  func applying(_ write: ResourceWrite) -> [String: Value] {
    var input = members.without(Self.readOnly)
    if write.set["metrics"] != nil { input = input.without(Set(Self.single)) }
    if write.set["metric"] != nil {
      input["Metrics"] = nil
      input["ThresholdMetricId"] = nil
    }
    for (attribute, member) in Self.plain {
      if write.unset.contains(attribute) { input[member] = nil }
      if let value = write.set[attribute] { input[member] = value }
    }
    if write.unset.contains("metrics") { input["Metrics"] = nil }
    if let metrics = write.set["metrics"] { input["Metrics"] = metrics }
    if write.unset.contains("dimensions") { input["Dimensions"] = nil }
    if let dimensions = write.set["dimensions"] {
      input["Dimensions"] = AlarmValues.dimensionList(dimensions)
    }
    if !write.touched.isDisjoint(with: ["statistic"]) {
      input["Statistic"] = nil
      input["ExtendedStatistic"] = nil
      if let statistic = write.set["statistic"] {
        let isPlain = Self.statistics.contains(statistic.string ?? "")
        input[isPlain ? "Statistic" : "ExtendedStatistic"] = statistic
      }
    }
    if input["Metrics"] != nil, let band = write.recorded["thresholdMetricID"],
      write.set["metrics"] != nil
    {
      input["ThresholdMetricId"] = band
      input["Threshold"] = nil
    }
    if input["ExtendedStatistic"] == nil {
      input["EvaluateLowSampleCountPercentile"] = nil
    } else if write.set["statistic"] != nil, let rule = write.recorded["lowSampleCount"] {
      input["EvaluateLowSampleCountPercentile"] = rule
    }
    input["AlarmName"] = .string(write.name)
    return input.without()
  }
}
