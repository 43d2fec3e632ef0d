import Model
import Testing
import YAMLReader

/// The only document of a text.
func parse(_ text: String) throws -> Node {
  try #require(parseYAML(SourceFile(path: "a.yaml", bytes: text.utf8)).first)
}

/// What is wrong with a text.
func failures(_ text: String) -> [Diagnostic] { failures(Array(text.utf8)) }

/// What is wrong with some bytes.
func failures(_ bytes: [UInt8]) -> [Diagnostic] {
  do throws(Diagnostics) {
    _ = try parseYAML(SourceFile(path: "a.yaml", bytes: bytes))
    return []
  } catch {
    return error.all
  }
}

/// A range as `line:column-line:column`.
func text(_ range: SourceRange?) -> String {
  guard let range else { return "nowhere" }
  return "\(range.start.line):\(range.start.column)-\(range.end.line):\(range.end.column)"
}
