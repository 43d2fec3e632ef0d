internal import Foundation
internal import Manifests
internal import Model

/// A widget of a dashboard as a manifest writes it: text, the state of alarms, or metrics.
enum DashboardWidget {
  static let schema = ObjectSchema([
    Field("text", .string(), doc: "Markdown to show; instead of `metrics` and `alarms`."),
    Field(
      "alarms", .list(.string(alarm), nonEmpty: true),
      doc: "Names or ARNs of alarms whose state is shown; instead of `metrics` and `text`."),
    Field("metrics", .list(.object(metric), nonEmpty: true), doc: "The metrics that are shown."),
    Field("title", .string(), doc: "The title, of metrics and alarms."),
    Field(
      "view", .enumeration(["timeSeries", "singleValue", "gauge", "bar", "pie", "table"]),
      doc: "How metrics are shown; else as timeSeries."),
    Field("stacked", .boolean, doc: "Whether the lines of metrics are stacked."),
    Field("period", .duration, doc: "How long a period of the metrics is; else 5m."),
    Field("statistic", .string(AlarmMetric.statistic), doc: "The statistic; else Average."),
    Field("region", .string(region), doc: "The region of the metrics; else the environment's."),
    Field("x", .integer(0...23), doc: "The column of its left edge, of 24; with `y`."),
    Field("y", .integer(0...1_000_000), doc: "The row of its upper edge; with `x`."),
    Field("width", .integer(1...24), doc: "The width, of 24 columns; else 6."),
    Field("height", .integer(1...1000), doc: "The height; else 6."),
  ])

  private static let metric = ObjectSchema([
    Field("namespace", .string(), isRequired: true, doc: "The metric's namespace."),
    Field("metric", .string(), isRequired: true, doc: "The metric's name."),
    Field("dimensions", .map(.string()), doc: "The metric's dimensions, all of them."),
    Field("statistic", .string(AlarmMetric.statistic), doc: "The statistic; else the widget's."),
    Field("label", .string(), doc: "What it is called."),
  ])

  private static let alarm = StringRule(
    "the name or ARN of an alarm", example: "web-high-cpu", pattern: ".{1,1600}")
  private static let region = StringRule(
    "an AWS region", example: "us-east-2", pattern: "[a-z]{2}(-[a-z]+)+-[0-9]")

  private static let columns = 24
  private static let standardWidth = 6

  /// The fields that only metrics have.
  private static let ofMetrics = ["view", "stacked", "period", "statistic", "region"]

  /// The widget as a body has it.
  static func value(
    _ fields: Fields, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> Value {
    let contents = ["text", "alarms", "metrics"].filter(fields.has)
    if contents.count != 1 {
      diagnostics.add(
        error: contents.isEmpty ? "a widget that shows nothing" : "a widget that shows two things",
        at: contents.dropFirst().first.map(fields.keyRange) ?? fields.range,
        detail: "A widget has one of `text`, `alarms` and `metrics`.")
    }
    if !fields.has("metrics"), contents.count == 1 {
      for name in ofMetrics + (fields.has("text") ? ["title"] : []) where fields.has(name) {
        diagnostics.add(
          error: "no metrics to show so", at: fields.keyRange(of: name),
          detail: "`\(name)` goes with \(name == "title" ? "`metrics` and `alarms`" : "`metrics`")."
        )
      }
    }
    if fields.has("x") != fields.has("y") {
      diagnostics.add(
        error: "half a place", at: fields.keyRange(of: fields.has("x") ? "x" : "y"),
        detail: "A widget has both `x` and `y`, or none, and CloudWatch finds its place.")
    }
    // CloudWatch API reference, "Dashboard body structure and syntax": a grid of 24 columns.
    if let x = fields.integer("x"), !fields.has("width") || fields.integer("width") != nil,
      x.value + (fields.integer("width")?.value ?? standardWidth) > columns
    {
      let width = fields.integer("width")?.value ?? standardWidth
      diagnostics.add(
        error: "beyond the right edge", at: fields.range(of: fields.has("width") ? "width" : "x"),
        detail:
          "A dashboard has \(columns) columns: a widget that begins at column \(x.value) is at"
          + " most \(columns - x.value) wide, and this one is \(width).")
    }
    var widget: [String: Value] = [:]
    for name in ["x", "y", "width", "height"] {
      if let number = fields.integer(name) { widget[name] = Value(number.value) }
    }
    if let text = fields.string("text") {
      widget["type"] = "text"
      widget["properties"] = ["markdown": .string(text.value)]
    } else if fields.has("alarms") {
      widget["type"] = "alarm"
      widget["properties"] = .map(
        titled(fields, ["alarms": .list(fields.strings("alarms").map { arn($0.value, context) })]))
    } else {
      widget["type"] = "metric"
      widget["properties"] = .map(titled(fields, properties(fields, context, into: &diagnostics)))
    }
    return .map(widget)
  }

  private static func properties(
    _ fields: Fields, _ context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [String: Value] {
    let region = fields.string("region")?.value ?? context.environment.region
    var properties: [String: Value] = [
      "view": .string(fields.string("view")?.value ?? "timeSeries"),
      "region": .string(region),
      "metrics": .list(fields.objects("metrics").map(row)),
    ]
    if let stacked = fields.bool("stacked") { properties["stacked"] = .bool(stacked.value) }
    if let statistic = fields.string("statistic") { properties["stat"] = .string(statistic.value) }
    if let period = fields.duration("period") {
      if period.value < 1 || ![1, 5, 10, 30].contains(period.value) && period.value % 60 != 0 {
        diagnostics.add(
          error: "not a period of metrics", at: period.range,
          detail: "CloudWatch has 1s, 5s, 10s, 30s and whole minutes.")
      }
      properties["period"] = Value(period.value)
    }
    return properties
  }

  /// A metric as a row: its namespace and name, its dimensions, what is particular about it.
  private static func row(_ metric: Fields) -> Value {
    var row: [Value] = ["namespace", "metric"].compactMap { name in
      metric.string(name).map { .string($0.value) }
    }
    for (key, value) in metric.stringMap("dimensions") {
      row += [.string(key.value), .string(value.value)]
    }
    var options: [String: Value] = [:]
    if let statistic = metric.string("statistic") { options["stat"] = .string(statistic.value) }
    if let label = metric.string("label") { options["label"] = .string(label.value) }
    if !options.isEmpty { row.append(.map(options)) }
    return .list(row)
  }

  private static func titled(_ fields: Fields, _ properties: [String: Value]) -> [String: Value] {
    var properties = properties
    if let title = fields.string("title") { properties["title"] = .string(title.value) }
    return properties
  }

  private static func arn(_ alarm: String, _ context: CompilationContext) -> Value {
    if alarm.hasPrefix("arn:") { return .string(alarm) }
    let environment = context.environment
    return .string(
      "arn:\(environment.partition):cloudwatch:\(environment.region):\(environment.account):alarm:"
        + alarm)
  }
}
