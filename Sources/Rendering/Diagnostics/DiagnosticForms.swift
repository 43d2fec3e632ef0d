public import Model

/// Everything that is wrong, in one of the four forms.
///
/// - Throws: `EncodingError`.
public func render(diagnostics: Diagnostics, format: OutputFormat, style: TextStyle) throws
  -> String
{
  guard format != .text else { return render(diagnostics: diagnostics, style: style) }
  let errors = diagnostics.all.count { $0.severity == .error }
  let table = Table(
    columns: [Column("at"), Column("severity"), Column("what is wrong"), Column("hint")],
    rows: diagnostics.all.map { diagnostic in
      let place = diagnostic.range.map { "\($0.file):\($0.start.line):\($0.start.column)" }
      let isError = diagnostic.severity == .error
      let said = diagnostic.detail.isEmpty ? "" : ". \(diagnostic.detail)"
      return [
        Cell(place ?? "-", isCode: true),
        Cell(diagnostic.severity.rawValue, tone: isError ? .delete : .change),
        Cell(diagnostic.summary + said), Cell(diagnostic.hint ?? ""),
      ]
    })
  let title = "The policy has \(counted(errors, "error"))"
  return try render(
    Document(title: title, blocks: [.table(table)]),
    json: DiagnosticsJSON(diagnostics: diagnostics.all.map(DiagnosticJSON.init)),
    format: format, style: style)
}

/// The diagnostics for programs.
private struct DiagnosticsJSON: Encodable {
  let formatVersion = viewFormatVersion
  let diagnostics: [DiagnosticJSON]
}

/// One diagnostic for programs.
private struct DiagnosticJSON: Encodable {
  let severity: Diagnostic.Severity
  let summary: String
  let detail: String
  let hint: String?
  let range: SourceRange?

  init(_ diagnostic: Diagnostic) {
    severity = diagnostic.severity
    summary = diagnostic.summary
    detail = diagnostic.detail
    hint = diagnostic.hint
    range = diagnostic.range
  }
}
