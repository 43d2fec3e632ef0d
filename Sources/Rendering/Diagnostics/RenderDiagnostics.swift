public import Model

/// Everything that is wrong with what somebody wrote: each with its place, the line with a caret
/// below it, what is allowed and what to try; the count comes last.
public func render(diagnostics: Diagnostics, style: TextStyle) -> String {
  guard !diagnostics.all.isEmpty else { return "" }
  let texts = diagnostics.all.map { DiagnosticText(diagnostic: $0, style: style).lines }
  let errors = diagnostics.all.count { $0.severity == .error }
  let warnings = diagnostics.all.count - errors
  var counts: [String] = []
  if errors > 0 { counts.append(counted(errors, "error")) }
  if warnings > 0 { counts.append(counted(warnings, "warning")) }
  let blocks = texts.map { $0.joined(separator: "\n") }
  return (blocks + [enumerated(counts) + "."]).joined(separator: "\n\n") + "\n"
}

/// One diagnostic as lines.
private struct DiagnosticText {
  let diagnostic: Diagnostic
  let style: TextStyle

  var lines: [String] {
    let tone: Tone = diagnostic.severity == .error ? .delete : .change
    var head = style.paint("\(diagnostic.severity.rawValue):", tone)
    if let range = diagnostic.range {
      let place = "\(safe(range.file)):\(range.start.line):\(range.start.column):"
      head = "\(style.paint(place, .strong)) \(head)"
    }
    var lines = ["\(head) \(style.paint(safe(diagnostic.summary), .strong))"]
    if let range = diagnostic.range, let line = diagnostic.sourceLine {
      lines += SourceExcerpt(line: line, range: range, width: style.width).lines(style, tone)
    }
    lines += wrapped(diagnostic.detail, width: style.width - 2).map { "  " + $0 }
    if let hint = diagnostic.hint { lines += hintLines(hint, style) }
    return lines
  }
}

/// A hint, its further lines below its first word.
func hintLines(_ hint: String, _ style: TextStyle) -> [String] {
  wrapped(hint, width: style.width - 8).enumerated().map { index, line in
    index == 0 ? "  \(style.paint("hint:", .drift)) \(line)" : "        \(line)"
  }
}
