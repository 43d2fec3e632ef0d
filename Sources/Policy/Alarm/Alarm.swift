internal import Foundation
internal import Manifests
internal import Model

/// `Alarm`: when CloudWatch is to act on a metric.
enum Alarm: ManifestKind {
  static let schema = KindSchema(
    kind: "Alarm",
    doc: """
      When CloudWatch is to tell somebody, or to act.

      It becomes an alarm of CloudWatch on one metric, or on `metrics` that are computed. Of an alarm \
      that is there already only what the manifest says changes; a new one needs a metric, `evaluationPeriods`, \
      `comparison` and `threshold`. Composite alarms and log alarms are left alone.
      """,
    spec: ObjectSchema(
      [
        Field("name", .string(name), doc: "The alarm's name in AWS; else the manifest's."),
        Field("description", .string(), doc: "What whoever is woken by it should know."),
        Field("enabled", .boolean, doc: "Whether its actions run; a new one's do."),
      ] + AlarmMetric.fields + [
        Field(
          "metrics", .list(.object(AlarmMetric.query), nonEmpty: true),
          doc: "Metrics and expressions that compute what is compared, instead of one metric."),
        Field(
          "evaluationPeriods", .integer(1...10_080),
          doc: "How many of the latest periods are looked at."),
        Field(
          "datapointsToAlarm", .integer(1...10_080),
          doc: "How many of these have to be beyond the threshold; else all."),
        Field("comparison", .enumeration(comparisons), doc: "When the threshold is passed."),
        Field("threshold", .number, doc: "What is compared with, in the metric's own unit."),
        Field(
          "treatMissingData", .enumeration(["missing", "breaching", "notBreaching", "ignore"]),
          doc: "What a period without data counts as; a new alarm's as missing."),
        Field("actions", .object(actions), doc: "What is done in each state; others stay."),
      ]))

  private static let actions = ObjectSchema([
    Field("alarm", .list(.string(action)), doc: "ARNs of what is done in ALARM, at most five."),
    Field("ok", .list(.string(action)), doc: "ARNs of what is done in OK, at most five."),
    Field(
      "insufficientData", .list(.string(action)),
      doc: "ARNs of what is done in INSUFFICIENT_DATA, at most five."),
  ])

  /// API description of cloudwatch, AlarmName, which has no control characters.
  private static let name = StringRule(
    "an alarm's name of 1 to 255 characters", example: "web-high-cpu",
    pattern: "[^\\x00-\\x1f\\x7f]{1,255}")

  /// API description of cloudwatch, ResourceName. Names of scaling policies may have spaces (API description of
  /// application-autoscaling, PolicyName), those of topics and functions have none.
  private static let action = StringRule(
    "an ARN", example: "arn:aws:sns:us-east-2:123456789012:alerts",
    pattern: "arn:aws[a-z-]*:((sns|lambda):\\S{1,990}"
      + "|(?!sns:|lambda:)\\S([^\\x00-\\x1f\\x7f]{0,990}\\S)?)")

  /// API description of cloudwatch, ComparisonOperator, without those of bands.
  private static let comparisons = [
    "GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold",
    "LessThanOrEqualToThreshold",
  ]

  /// API description of cloudwatch, ResourceList.
  private static let mostActions = 5

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    var wishes = Wishes()
    for name in ["description", "comparison", "treatMissingData"] {
      if let text = fields.string(name) {
        wishes.set(name, to: .string(text.value), at: text.range, as: .text)
      }
    }
    for name in ["evaluationPeriods", "datapointsToAlarm"] {
      if let number = fields.integer(name) {
        wishes.set(name, to: Value(number.value), at: number.range, as: .integer)
      }
    }
    if let enabled = fields.bool("enabled") {
      wishes.set("actionsEnabled", to: .bool(enabled.value), at: enabled.range, as: .boolean)
    }
    if let threshold = fields.decimal("threshold") {
      wishes.set("threshold", to: .number(threshold.value), at: threshold.range)
    }
    AlarmMetric.set(fields, in: &wishes, into: &diagnostics)
    if let actions = fields.object("actions") { set(actions, in: &wishes, into: &diagnostics) }
    checkPoints(fields, into: &diagnostics)
    if wishes.isEmpty {
      if !["metrics", "actions", "period"].contains(where: fields.has) {
        diagnostics.add(
          error: "nothing to set", at: manifest.range,
          detail: "An Alarm says at least one thing about its alarm.")
      }
      return []
    }
    let name = fields.string("name") ?? manifest.name
    return [
      manifest.resource(Address("cloudwatch/alarm", name.value), wishes, in: context)
    ]
  }

  private static func set(
    _ actions: Fields, in wishes: inout Wishes, into diagnostics: inout Diagnostics
  ) {
    let attributes = [
      ("alarm", "alarmActions"), ("ok", "okActions"),
      ("insufficientData", "insufficientDataActions"),
    ]
    for (field, attribute) in attributes where actions.has(field) {
      let arns = Set(actions.strings(field).map(\.value)).sorted()
      if arns.count > mostActions {
        diagnostics.add(
          error: "too many actions", at: actions.range(of: field),
          detail:
            "An alarm has at most \(mostActions) actions for a state; these are \(arns.count).",
          hint: "Let an SNS topic tell the others.")
      }
      wishes.set(attribute, to: .list(arns.map(Value.string)), at: actions.range(of: field))
    }
  }

  private static func checkPoints(_ fields: Fields, into diagnostics: inout Diagnostics) {
    guard let points = fields.integer("datapointsToAlarm"),
      let periods = fields.integer("evaluationPeriods"), points.value > periods.value
    else { return }
    diagnostics.add(
      error: "more data points than periods", at: points.range,
      detail: "Of \(periods.value) periods \(points.value) cannot be beyond the threshold.")
  }
}
