public import Model

/// Reads a YAML file: the documents in it as located nodes.
///
/// - Throws: everything that is wrong with the file, each with its place.
public func parseYAML(
  _ file: SourceFile, limits: ReadingLimits = ReadingLimits()
) throws(Diagnostics) -> [Node] {
  guard file.bytes.count <= limits.fileBytes else {
    throw Diagnostics([
      Diagnostic(
        .error, "a file is too long",
        detail: "\(file.path) has \(file.bytes.count) bytes; the limit is \(limits.fileBytes).")
    ])
  }
  if let diagnostic = encodingError(file) { throw Diagnostics([diagnostic]) }
  var composer = Composer(file, limits: limits)
  var documents: [Node] = []
  var collected: Diagnostics
  do throws(Diagnostic) {
    documents = try composer.documents()
    collected = composer.diagnostics
  } catch {
    collected = composer.diagnostics
    collected.add(error)
  }
  try collected.throwIfErrors()
  return documents
}

/// What is wrong with the file's UTF-8, if anything.
private func encodingError(_ file: SourceFile) -> Diagnostic? {
  do throws(UTF8.ValidationError) {
    _ = try UTF8Span(validating: file.bytes.span)
    return nil
  } catch {
    let start = file.position(atByte: error.byteOffsets.lowerBound)
    let byte = String(file.bytes[error.byteOffsets.lowerBound], radix: 16, uppercase: true)
    return Diagnostic(
      .error, "not valid UTF-8", detail: "The byte 0x\(byte) begins no character here.",
      hint: "Save the file as UTF-8.",
      range: SourceRange(
        file: file.path, start: start,
        end: SourcePosition(line: start.line, column: start.column + 1)),
      sourceLine: file.line(start.line))
  }
}
