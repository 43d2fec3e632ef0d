internal import Manifests
internal import Model

/// An alert of Prometheus.
enum ClusterAlert {
  static let schema = ObjectSchema([
    Field("name", .string(name), isRequired: true, doc: "The alert's name within the manifest."),
    Field("expression", .string(), isRequired: true, doc: "When it fires, in PromQL."),
    Field("for", .duration, doc: "How long that must hold; else it fires at once."),
    Field(
      "severity", .enumeration(["info", "warning", "critical"]), doc: "The label `severity`."),
    Field("summary", .string(), doc: "What has happened, in a sentence."),
    Field("runbook", .string(address), doc: "What to do."),
  ])

  private static let name = StringRule(
    "a name of letters, digits and `_`", example: "HighDailyCost",
    pattern: "[A-Za-z_][A-Za-z0-9_]{0,199}")
  private static let address = StringRule(
    "an address", example: "https://example.com/runbook", pattern: "https?://[^ ]+")

  /// The rules of a PrometheusRule.
  static func rules(_ alerts: [Fields], into diagnostics: inout Diagnostics) -> [Value] {
    var names: [String: Located<String>] = [:]
    return alerts.compactMap { alert in
      guard let name = alert.string("name"), let expression = alert.string("expression")?.value
      else { return nil }
      if let first = names.updateValue(name, forKey: name.value) {
        diagnostics.add(
          error: "the same name twice", at: name.range,
          detail: "Another alert is named `\(name.value)`, at \(place(of: first.range)).")
      }
      var rule: [String: Value] = ["alert": .string(name.value), "expr": .string(expression)]
      if let seconds = alert.duration("for")?.value { rule["for"] = .string(text(seconds)) }
      if let severity = alert.string("severity")?.value {
        rule["labels"] = ["severity": .string(severity)]
      }
      var annotations: [String: Value] = [:]
      if let summary = alert.string("summary")?.value { annotations["summary"] = .string(summary) }
      if let runbook = alert.string("runbook")?.value {
        annotations["runbook_url"] = .string(runbook)
      }
      if !annotations.isEmpty { rule["annotations"] = .map(annotations) }
      return .map(rule)
    }
  }

  /// A duration as Prometheus writes it, in the largest unit that is whole.
  private static func text(_ seconds: Int) -> String {
    let units = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]
    let unit = units.first { seconds % $0.1 == 0 } ?? ("s", 1)
    return "\(seconds / unit.1)\(unit.0)"
  }
}
