internal import Foundation
internal import Manifests
internal import Model

/// What an alarm looks at: one metric, or metrics and what is computed from them.
enum AlarmMetric {
  /// The fields that say which metric, and how its data points are made.
  static let fields = [
    Field("namespace", .string(text), doc: "The metric's namespace."),
    Field("metric", .string(text), doc: "The metric's name."),
    Field("dimensions", .map(.string(text)), doc: "The metric's dimensions, all of them."),
    Field("statistic", .string(statistic), doc: "What is made of the values of a period."),
    Field(
      "unit", .enumeration(units),
      doc: "The unit that values are published with; others do not count."),
    Field("period", .duration, doc: "How long a period is: 10s, 20s, 30s or whole minutes."),
  ]

  /// A metric or an expression among several.
  static let query = ObjectSchema(
    [
      Field("id", .string(id), isRequired: true, doc: "What expressions call it."),
      Field(
        "expression", .string(), doc: "How it is computed from the others, instead of a metric."),
      Field("label", .string(), doc: "What it is called on graphs."),
    ] + fields + [
      Field(
        "compared", .boolean,
        doc: "Whether it is what is compared with the threshold; else the only expression is.")
    ])

  private static let text = StringRule(
    "a name of 1 to 255 characters", example: "AWS/ECS", pattern: ".{1,255}")

  /// API description of cloudwatch, MetricDataQuery.
  private static let id = StringRule(
    "an ID of letters, digits and `_` that starts with a small letter", example: "errors",
    pattern: "[a-z][A-Za-z0-9_]{0,254}")

  /// CloudWatch User Guide, statistics definitions.
  static let statistic = StringRule(
    "a statistic", example: "Average or p95",
    pattern:
      "SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tm|wm|tc|ts)(100|[0-9]{1,2}(\\.[0-9]{1,10})?)"
      + "|(PR|TM|WM|TC|TS)\\([0-9.%]*:[0-9.%]*\\)")

  /// API description of cloudwatch, StandardUnit.
  static let units =
    ["Seconds", "Microseconds", "Milliseconds"]
    + ["", "Kilo", "Mega", "Giga", "Tera"].flatMap { prefix in
      ["bytes", "bits"].map { prefix.isEmpty ? $0.capitalized : prefix + $0 }
    }.flatMap { [$0, "\($0)/Second"] } + ["Percent", "Count", "Count/Second", "None"]

  /// Sets what `spec` says of its metric or metrics.
  static func set(_ spec: Fields, in wishes: inout Wishes, into diagnostics: inout Diagnostics) {
    if spec.has("metrics") {
      for name in fields.map(\.name) where spec.has(name) {
        diagnostics.add(
          error: "one metric beside several", at: spec.keyRange(of: name),
          detail: "With `metrics` each of them has its own `\(name)`.",
          hint: "Move it there, or leave out `metrics`.")
      }
      if let metrics = queries(spec, into: &diagnostics) {
        wishes.set("metrics", to: metrics, at: spec.range(of: "metrics"))
      }
      return
    }
    for name in ["namespace", "metric", "statistic", "unit"] {
      if let text = spec.string(name) {
        wishes.set(name, to: .string(text.value), at: text.range, as: .text)
      }
    }
    if spec.has("dimensions") {
      wishes.set("dimensions", to: dimensions(spec), at: spec.range(of: "dimensions"))
      for entry in spec.stringMap("dimensions") {
        wishes.locate("dimensions.\(entry.key.value)", at: entry.value.range, as: .text)
      }
    }
    if let period = period(spec, into: &diagnostics) {
      wishes.set("period", to: Value(period.value), at: period.range, as: .quantity(.duration))
    }
  }

  /// API description of cloudwatch, PutMetricAlarm, Period.
  static func period(_ fields: Fields, into diagnostics: inout Diagnostics) -> Located<Int>? {
    guard let period = fields.duration("period") else { return nil }
    if ![10, 20, 30].contains(period.value), period.value < 60 || period.value % 60 != 0 {
      diagnostics.add(
        error: "not a period that CloudWatch knows", at: period.range,
        detail: "A period is 10s, 20s, 30s or whole minutes.")
      return nil
    }
    return period
  }

  private static func dimensions(_ fields: Fields) -> Value {
    .map(
      Dictionary(
        fields.stringMap("dimensions").map { ($0.key.value, .string($0.value.value)) },
        uniquingKeysWith: { first, _ in first }))
  }

  /// The queries in AWS's shape; nil where they do not say what is compared.
  private static func queries(_ spec: Fields, into diagnostics: inout Diagnostics) -> Value? {
    let metrics = spec.objects("metrics")
    var ids: Set<String> = []
    var isWrong = false
    for metric in metrics {
      if let id = metric.string("id"), !ids.insert(id.value).inserted {
        isWrong = true
        diagnostics.add(
          error: "the same ID twice", at: id.range, detail: "Expressions could not tell them apart."
        )
      }
      let needed = ["namespace", "metric", "statistic", "period"]
      if metric.has("expression"), let other = needed.first(where: metric.has), other != "period" {
        isWrong = true
        diagnostics.add(
          error: "an expression with a metric", at: metric.keyRange(of: other),
          detail: "What is computed has no `\(other)` of its own.")
      } else if !metric.has("expression") {
        for name in needed where !metric.has(name) {
          isWrong = true
          diagnostics.add(
            error: "a metric without its \(name)", at: metric.range,
            detail:
              "A metric has a namespace, a name, a statistic and a period; else it is an expression."
          )
        }
      }
    }
    let marked = metrics.filter { $0.bool("compared")?.value == true }
    let expressions = metrics.filter { $0.has("expression") }
    guard let compared = marked.first ?? expressions.first,
      marked.count == 1 || (marked.isEmpty && expressions.count == 1)
    else {
      diagnostics.add(
        error: "not clear what is compared", at: spec.range(of: "metrics"),
        detail: "Exactly one of the metrics is compared with the threshold.",
        hint: "Say `compared: true` at that one.")
      return nil
    }
    let queries = metrics.map {
      query($0, isCompared: $0.range == compared.range, into: &diagnostics)
    }
    return isWrong ? nil : .list(queries)
  }

  private static func query(
    _ fields: Fields, isCompared: Bool, into diagnostics: inout Diagnostics
  ) -> Value {
    var query: [String: Value] = ["ReturnData": .bool(isCompared)]
    let texts = [("id", "Id"), ("expression", "Expression"), ("label", "Label")]
    for (field, member) in texts {
      if let text = fields.string(field) { query[member] = .string(text.value) }
    }
    let period = period(fields, into: &diagnostics).map { Value($0.value) }
    if fields.has("expression") {
      query["Period"] = period
      return .map(query)
    }
    var metric: [String: Value] = [:]
    for (field, member) in [("namespace", "Namespace"), ("metric", "MetricName")] {
      if let text = fields.string(field) { metric[member] = .string(text.value) }
    }
    let dimensions = fields.stringMap("dimensions").sorted { $0.key.value < $1.key.value }
    metric["Dimensions"] = .list(
      dimensions.map { ["Name": .string($0.key.value), "Value": .string($0.value.value)] })
    var stat: [String: Value] = ["Metric": .map(metric)]
    stat["Period"] = period
    if let statistic = fields.string("statistic") { stat["Stat"] = .string(statistic.value) }
    if let unit = fields.string("unit") { stat["Unit"] = .string(unit.value) }
    query["MetricStat"] = .map(stat)
    return .map(query)
  }
}
