internal import Foundation
internal import Model

/// What CloudWatch would refuse about an alarm, or what makes one that never tells what it is meant to
/// (API description of cloudwatch, PutMetricAlarm).
struct AlarmProblems {
  private let write: ResourceWrite
  private let region: String
  private let result: [String: Value]

  /// How long a name can be (API description of cloudwatch, AlarmName).
  static let longestName = 255
  private static let mostActions = 5
  private static let mostDimensions = 30
  private static let comparisons: Set = [
    "GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold",
    "LessThanOrEqualToThreshold",
  ]

  /// The problems of a write in a region.
  init(_ write: ResourceWrite, region: String) {
    self.write = write
    self.region = region
    result = write.result
  }

  /// The problems.
  var all: [ResourceProblem] {
    if let kind = write.live?.context["kind"]?.string {
      return [
        ResourceProblem(
          nil, "The name is that of a \(kind) alarm, which Weir leaves alone. Take another name.")
      ]
    }
    return name + missing + times + actions + values + (touchesMetric ? traps : [])
  }

  private var touchesMetric: Bool {
    !write.touched.isDisjoint(with: [
      "namespace", "metric", "metrics", "unit", "threshold", "comparison",
    ])
  }

  private var name: [ResourceProblem] {
    let isLegal =
      (1...Self.longestName).contains(write.name.count)
      && !write.name.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
    return isLegal
      ? []
      : [
        ResourceProblem(
          nil,
          "The name of an alarm has 1 to \(Self.longestName) characters and no control characters.")
      ]
  }

  private var missing: [ResourceProblem] {
    var needed = ["comparison", "evaluationPeriods"]
    if result["metrics"] == nil {
      if write.live?.context["query"] == true {
        return write.set.keys.contains(where: ["metric", "period", "statistic"].contains)
          ? [ResourceProblem(nil, "The alarm has a query of its own, which Weir cannot replace.")]
          : []
      }
      needed += ["namespace", "metric", "statistic", "period"]
    }
    let band = write.live?.context["thresholdMetricID"] ?? write.recorded["thresholdMetricID"]
    if band == nil { needed.append("threshold") }
    return needed.filter { result[$0] == nil }.map {
      ResourceProblem($0, "An alarm needs its \($0).")
    }
  }

  /// "valid values for Period are 10, 20, 30, and any multiple of 60"; all periods together are at most
  /// seven days, and one day where a period is shorter than an hour.
  private var times: [ResourceProblem] {
    var problems: [ResourceProblem] = []
    if let period = write.set["period"]?.numeral,
      !([10, 20, 30].contains(period) || (period > 0 && (period / 60).isWhole))
    {
      problems.append(
        ResourceProblem("period", "A period is 10, 20, 30 or a multiple of 60 seconds."))
    }
    let periods = result["evaluationPeriods"]?.numeral
    if let periods, let points = result["datapointsToAlarm"]?.numeral, points > periods,
      write.set["datapointsToAlarm"] != nil
        || (write.live?.attributes["datapointsToAlarm"]
          != write.live?.attributes["evaluationPeriods"])
    {
      problems.append(
        ResourceProblem(
          "datapointsToAlarm",
          "\(points.plain) of \(periods.plain) data points can never be there: datapointsToAlarm is at"
            + " most evaluationPeriods."))
    }
    if problems.isEmpty, let period = result["period"]?.numeral, let periods {
      let longest: Decimal = period < 3600 ? 86_400 : 604_800
      if period * periods > longest {
        problems.append(
          ResourceProblem(
            "evaluationPeriods",
            "All periods together are \((period * periods).plain) seconds; with periods of"
              + " \(period.plain) they are at most \(longest.plain)."))
      }
    }
    return problems
  }

  private var actions: [ResourceProblem] {
    AlarmDocument.actions.compactMap { attribute in
      guard let actions = write.set[attribute]?.elements, actions.count > Self.mostActions else {
        return nil
      }
      return ResourceProblem(
        attribute,
        "An alarm has at most \(Self.mostActions) actions for a state; these are"
          + " \(actions.count).")
    }
  }

  private var values: [ResourceProblem] {
    var problems: [ResourceProblem] = []
    if (write.set["dimensions"]?.members.count ?? 0) > Self.mostDimensions {
      problems.append(
        ResourceProblem("dimensions", "A metric has at most \(Self.mostDimensions) dimensions."))
    }
    if let comparison = write.set["comparison"]?.string, write.recorded.isEmpty,
      !Self.comparisons.contains(comparison),
      comparison != write.live?.attributes["comparison"]?.string
    {
      problems.append(
        ResourceProblem("comparison", "Weir makes alarms on a threshold, not on a band."))
    }
    return problems
  }

  /// Alarms that AWS takes and that never tell what they are meant to.
  private var traps: [ResourceProblem] {
    var traps: [String] = []
    let threshold = result["threshold"]?.numeral
    if result["unit"] == "Percent", let threshold, threshold > 0, threshold <= 1 {
      traps.append(
        "The unit is Percent and the threshold \(threshold.plain): percentages go from 0 to 100."
          + " Where the metric is published as a fraction, its unit is None.")
    }
    if let metric = result["metric"]?.string,
      metric.hasSuffix("Ratio") || metric.hasSuffix("Fraction"),
      result["namespace"]?.string?.hasPrefix("AWS/") == false, let threshold, threshold > 1
    {
      traps.append(
        "\(metric) is a ratio by its name and the threshold is \(threshold.plain): where it is"
          + " published as a fraction from 0 to 1, the alarm never goes off, whatever its unit says."
      )
    }
    if result["namespace"] == "AWS/Billing", result["metric"] == "EstimatedCharges" {
      traps.append(
        "EstimatedCharges adds up from the first of the month: a threshold for a day's spend is passed in"
          + " every month. Compare its difference (metric math), or leave it to a CostBudget.")
      if region != "us-east-1" {
        traps.append("EstimatedCharges is published in us-east-1 only, and this is \(region).")
      }
    }
    return traps.map { ResourceProblem(nil, $0, severity: .warning) }
  }
}
