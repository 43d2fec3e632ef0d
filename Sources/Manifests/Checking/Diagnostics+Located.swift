public import Model

extension Diagnostics {
  /// Adds an error at a place of a manifest; the text of the line is filled in when all are told
  /// (``LoadedPolicy/allDiagnostics(adding:)``).
  public mutating func add(
    error summary: String, at range: SourceRange, detail: String = "", hint: String? = nil
  ) {
    add(Diagnostic(.error, summary, detail: detail, hint: hint, range: range))
  }

  /// Adds a warning at a place of a manifest.
  public mutating func add(
    warning summary: String, at range: SourceRange, detail: String = "", hint: String? = nil
  ) {
    add(Diagnostic(.warning, summary, detail: detail, hint: hint, range: range))
  }
}
