import Model

/// The diagnostic for text that libyaml refuses, with advice for its commoner messages.
func syntaxError(
  problem: String, detail: String, at place: SourcePosition, in file: SourceFile
) -> Diagnostic {
  let line = file.line(place.line)
  let character = line?.unicodeScalars.dropFirst(place.column - 1).first
  let isIndentation = line?.unicodeScalars.prefix(place.column - 1).allSatisfy {
    $0 == " " || $0 == "\t"
  }
  let isTab = character == "\t" && isIndentation == true
  let hint: String? =
    if file.isJSON {
      "Look here, and just before, for a comma, a quote or a bracket that is missing or too many."
    } else if character == "\t" {
      "Indent with spaces; YAML allows no tabs there."
    } else if problem.hasPrefix("mapping values are not allowed") {
      "Put the value in quotes if it contains a colon, or check the indentation."
    } else if problem.hasPrefix("could not find expected ':'") {
      "Check the line above: a key needs a colon and a space after it."
    } else if problem.hasPrefix("found character that cannot start any token") {
      "Put the value in quotes."
    } else if problem.hasPrefix("control characters") {
      "Remove the character, or write it as an escape in double quotes."
    } else if problem.hasPrefix("did not find expected") {
      "Check the indentation and that each bracket and quote is closed."
    } else {
      nil
    }
  return Diagnostic(
    .error, isTab ? "a tab in the indentation" : file.isJSON ? "not valid JSON" : "not valid YAML",
    detail: isTab
      ? "Line \(place.line) is indented with a tab."
      : file.isJSON ? detail.replacing("libyaml", with: "libyaml, which reads JSON too,") : detail,
    hint: hint,
    range: SourceRange(
      file: file.path, start: place,
      end: SourcePosition(line: place.line, column: place.column + 1)),
    sourceLine: line)
}
