public import Model

/// Live values that were written into the manifests.
public struct AcceptedDrift: Sendable {
  /// A file before and after.
  public struct File: Sendable {
    let path: String
    let before: String
    let after: String

    /// A file that was edited.
    public init(path: String, before: String, after: String) {
      self.path = path
      self.before = before
      self.after = after
    }
  }

  let fields: [(address: Address, change: FieldChange, source: SourceRange)]
  let files: [File]

  /// The fields that were taken over, each with the place that asked for it, and the files.
  public init(fields: [(Address, FieldChange, SourceRange)], files: [File]) {
    self.fields = fields.map { (address: $0.0, change: $0.1, source: $0.2) }
    self.files = files
  }
}

/// What was accepted, as a difference of the files that was edited.
///
/// - Throws: `EncodingError`.
public func render(
  accepted: AcceptedDrift, environment: EnvironmentReference, format: OutputFormat, style: TextStyle
) throws -> String {
  let files = accepted.files.map { (path: $0.path, lines: unifiedDifference($0.before, $0.after)) }
  let done =
    "Accepted \(counted(accepted.fields.count, "field")) of \(environment.name): "
    + "\(counted(files.count, "file")) edited, nothing committed."
  switch format {
  case .json:
    return try jsonText(
      AcceptedJSON(
        environment: environment,
        accepted: accepted.fields.map {
          .init(
            address: $0.address, path: $0.change.path, applied: $0.change.before,
            live: $0.change.after, source: $0.source)
        }, files: accepted.files.map(\.path)))
  case .text:
    let shown = files.flatMap { file in
      [
        style.paint("--- a/\(safe(file.path))", .strong),
        style.paint("+++ b/\(safe(file.path))", .strong),
      ]
        + file.lines.map { style.paint(safe($0.text), $0.tone) }
    }
    return (shown + ["", style.paint(done, .strong)]).joined(separator: "\n") + "\n"
  case .markdown, .html:
    let blocks: [Block] = files.map { file in
      .facts([
        Fact(
          file.path,
          ShownValue(line: "", block: file.lines.map { ValueLine(safe($0.text), $0.tone) }))
      ])
    }
    let document = Document(title: done, blocks: blocks)
    return format == .html ? document.html : document.markdown
  }
}

private struct AcceptedJSON: Encodable {
  let formatVersion = viewFormatVersion
  let environment: EnvironmentReference
  let accepted: [Item]
  let files: [String]

  struct Item: Encodable {
    let address: Address
    let path: String
    let applied: Value?
    let live: Value?
    let source: SourceRange
  }
}
