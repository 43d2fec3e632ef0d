internal import Foundation
internal import Model

/// The normal form of what a scaling policy holds.
enum ScalingPolicyValues {
  /// The attributes with numbers as numbers, and steps from the lowest up.
  static func normalized(_ attributes: [String: Value]) -> [String: Value] {
    var normal = attributes
    for attribute in ["targetValue", "scaleInCooldown", "scaleOutCooldown", "cooldown"] {
      normal = normal.changing(attribute, number)
    }
    return normal.changing("steps") { steps in
      .list(
        steps.elements.map { .map($0.members.without().mapValues(number)) }
          .sorted { bound($0) < bound($1) })
    }
  }

  /// A custom metric as an attribute: `namespace`, `name`, `statistic`, `dimensions` as a map, `unit`;
  /// nil for metric math.
  static func metric(_ specification: Value) -> Value? {
    guard let name = specification["MetricName"] else { return nil }
    var metric: [String: Value] = ["name": name]
    metric["namespace"] = specification["Namespace"]
    metric["statistic"] = specification["Statistic"]
    metric["unit"] = specification["Unit"]
    if let dimensions = specification["Dimensions"], !dimensions.elements.isEmpty {
      metric["dimensions"] = AlarmValues.dimensions(dimensions)
    }
    return .map(metric.without())
  }

  /// A custom metric as AWS takes it.
  static func specification(_ metric: Value) -> Value {
    var members: [String: Value] = [
      "MetricName": metric["name"] ?? .null, "Namespace": metric["namespace"] ?? .null,
      "Statistic": metric["statistic"] ?? .null, "Unit": metric["unit"] ?? .null,
    ]
    members["Dimensions"] = metric["dimensions"].map(AlarmValues.dimensionList)
    return .map(members.without())
  }

  private static func number(_ value: Value) -> Value { value.numeral.map(Value.number) ?? value }

  private static func bound(_ step: Value) -> Decimal {
    step["MetricIntervalLowerBound"]?.numeral ?? -Decimal.greatestFiniteMagnitude
  }
}
