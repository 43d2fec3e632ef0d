internal import Foundation
internal import Manifests
internal import Model

/// A metric of one's own that scaling holds, such as connections per task.
enum CustomTarget {
  static let schema = ObjectSchema([
    Field("namespace", .string(text), isRequired: true, doc: "The metric's namespace."),
    Field("metric", .string(text), isRequired: true, doc: "The metric's name."),
    Field("dimensions", .map(.string(text)), doc: "The metric's dimensions, all of them."),
    Field(
      "statistic", .enumeration(["Average", "Minimum", "Maximum", "SampleCount", "Sum"]),
      doc: "What is made of the values of a minute; else the average."),
    Field(
      "unit", .enumeration(AlarmMetric.units), doc: "The unit that the values are published with."),
    Field(
      "target", .number, isRequired: true,
      doc: "What scaling holds the metric at: it has to fall as tasks are added."),
    Field(
      "policyName", .string(TaskScaling.name),
      doc: "The scaling policy's name; else SERVICE-METRIC-scaling."),
  ])

  private static let text = StringRule(
    "a name of 1 to 255 characters", example: "ScanServe", pattern: ".{1,255}")

  /// Reports a target that scaling cannot hold.
  static func check(_ fields: Fields, into diagnostics: inout Diagnostics) {
    if let target = fields.decimal("target"), target.value <= 0 {
      diagnostics.add(
        error: "expected a target above 0", at: target.range,
        detail: "Scaling compares the metric with the target as a ratio.")
    }
  }

  /// The name of the policy: the metric's with what a name cannot have as `-`.
  static func policyName(_ fields: Fields, of service: ScalableService) -> String? {
    if let name = fields.string("policyName") { return name.value }
    return fields.string("metric").map { metric in
      let plain = metric.value.map {
        $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-"
      }
      return "\(service.service)-\(String(plain))-scaling"
    }
  }

  /// What is wanted of the policy; the cooldowns are still to be added.
  static func wishes(_ fields: Fields) -> Wishes? {
    guard let namespace = fields.string("namespace"), let name = fields.string("metric"),
      let target = fields.decimal("target")
    else { return nil }
    var metric: [String: Value] = [
      "namespace": .string(namespace.value), "name": .string(name.value),
      "statistic": .string(fields.string("statistic")?.value ?? "Average"),
    ]
    metric["unit"] = fields.string("unit").map { .string($0.value) }
    let dimensions = fields.stringMap("dimensions")
    if !dimensions.isEmpty {
      metric["dimensions"] = .map(
        Dictionary(
          dimensions.map { ($0.key.value, .string($0.value.value)) },
          uniquingKeysWith: { first, _ in first }))
    }
    var wishes = Wishes()
    wishes.set("policyType", to: "TargetTrackingScaling", at: fields.range)
    wishes.set("customMetric", to: .map(metric), at: fields.range)
    wishes.set("targetValue", to: .number(target.value), at: target.range)
    return wishes
  }
}
