internal import Foundation
internal import Model

/// What Application Auto Scaling would refuse about a policy.
struct ScalingPolicyProblems {
  private let write: ResourceWrite

  /// The problems of a write.
  init(_ write: ResourceWrite) { self.write = write }

  /// The metric that needs to be told which load balancer it is of.
  private static let labelled: Set = ["ALBRequestCountPerTarget"]

  /// The problems.
  var all: [ResourceProblem] {
    guard let name = ScalingPartName(write.name), name.part.count <= 256 else {
      return [ResourceProblem(nil, "A scaling policy is named DIMENSION/RESOURCEID#NAME.")]
    }
    let found = write.live?.attributes ?? [:]
    if let recorded = ScalingPolicyDocument.givenBack(by: write, from: found) {
      // What AWS once took it takes again.
      return values(except: recorded.attributes)
    }
    let result = write.result
    let type = result["policyType"] ?? ScalingPolicyDocument.tracking
    guard type == ScalingPolicyDocument.tracking || type == ScalingPolicyDocument.stepping else {
      return found["policyType"] == type
        ? []
        : [
          ResourceProblem(
            "policyType",
            "Weir makes policies of type TargetTrackingScaling and StepScaling only.")
        ]
    }
    var problems: [ResourceProblem] = []
    let isNew = write.live == nil || (found["policyType"] != nil && found["policyType"] != type)
    let needed: [String]
    if type == ScalingPolicyDocument.stepping {
      needed = ["adjustmentType", "steps"]
    } else {
      needed = ["targetValue"] + (result["customMetric"] == nil ? ["metric"] : [])
    }
    for attribute in needed where isNew && result[attribute] == nil {
      problems.append(ResourceProblem(attribute, "A new policy needs its \(attribute)."))
    }
    problems += values(except: [:])
    if let metric = write.set["metric"]?.string, Self.labelled.contains(metric),
      write.live?.attributes["metric"] != .string(metric)
    {
      problems.append(
        ResourceProblem(
          "metric",
          "The metric \(metric) needs the label of a load balancer, which Weir cannot set."))
    }
    return problems
  }

  private func values(except known: [String: Value]) -> [ResourceProblem] {
    var problems: [ResourceProblem] = []
    let set = write.set.filter { known[$0.key] != $0.value }
    if let target = set["targetValue"], (target.numeral ?? 0) <= 0 {
      problems.append(ResourceProblem("targetValue", "The target value is a number above 0."))
    }
    for attribute in ["scaleInCooldown", "scaleOutCooldown", "cooldown"] {
      guard let seconds = set[attribute] else { continue }
      if !(seconds.numeral.map { $0 >= 0 && $0.isWhole } ?? false) {
        problems.append(
          ResourceProblem(attribute, "A cooldown is a whole number of seconds of at least 0."))
      }
    }
    return problems
  }
}
