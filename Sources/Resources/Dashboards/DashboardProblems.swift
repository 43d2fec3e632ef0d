internal import Foundation
internal import Model

/// What CloudWatch would refuse about a dashboard (CloudWatch API reference, "Dashboard body structure and
/// syntax"; CloudWatch user guide, "CloudWatch service quotas").
struct DashboardProblems {
  private static let mostWidgets = 500
  private static let mostMetrics = 500
  private static let mostMetricsOfAll = 2500

  private let write: ResourceWrite

  /// The problems of a write.
  init(_ write: ResourceWrite) { self.write = write }

  /// The problems; none where the widgets stay.
  var all: [ResourceProblem] {
    guard let widgets = write.set["widgets"]?.members else { return [] }
    var problems: [ResourceProblem] = []
    if widgets.count > Self.mostWidgets {
      problems.append(
        ResourceProblem(
          "widgets",
          "A dashboard has at most \(Self.mostWidgets) widgets; these are \(widgets.count)."))
    }
    var sum = 0
    for (place, widget) in widgets.sorted(by: { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }) {
      let count = Self.metricCount(widget)
      sum += count
      if count > Self.mostMetrics {
        problems.append(
          ResourceProblem(
            "widgets.\(place)",
            "A widget has at most \(Self.mostMetrics) metrics; this one has \(count)."))
      }
      problems += form(widget, "widgets.\(place)")
    }
    if sum > Self.mostMetricsOfAll {
      problems.append(
        ResourceProblem(
          "widgets",
          "A dashboard has at most \(Self.mostMetricsOfAll) metrics in all its widgets; these are"
            + " \(sum)."))
    }
    return problems
  }

  /// A row of a metric widget is a metric unless it is an expression alone, or does not begin with a text.
  private static func metricCount(_ widget: Value) -> Int {
    (widget["properties"]?["metrics"]?.elements ?? []).count { $0.elements.first?.string != nil }
  }

  private func form(_ widget: Value, _ attribute: String) -> [ResourceProblem] {
    guard widget["type"]?.string != nil, widget["properties"]?.map != nil else {
      return [
        ResourceProblem(
          attribute, "A widget has a `type` and `properties`, and this one lacks one.")
      ]
    }
    var problems: [ResourceProblem] = []
    for (name, bounds) in [
      ("x", 0...23), ("y", 0...Int.max), ("width", 1...24), ("height", 1...1000),
    ] {
      guard let value = widget[name] else { continue }
      if value.int.map(bounds.contains) != true {
        let range = name == "y" ? "at least 0" : "\(bounds.lowerBound) to \(bounds.upperBound)"
        problems.append(
          ResourceProblem(
            "\(attribute).\(name)", "`\(name)` of a widget is a whole number, \(range)."))
      }
    }
    if let x = widget["x"]?.int, let width = (widget["width"] ?? 6).int, x <= 23, width <= 24,
      x + width > 24
    {
      problems.append(
        ResourceProblem(
          "\(attribute).x",
          "The widget begins at column \(x) and is \(width) wide: it ends beyond the 24 columns of a dashboard.",
          severity: .warning))
    }
    if (widget["x"] == nil) != (widget["y"] == nil) {
      problems.append(
        ResourceProblem(
          attribute, "A widget has both `x` and `y`, or none, and CloudWatch finds its place."))
    }
    return problems
  }
}
