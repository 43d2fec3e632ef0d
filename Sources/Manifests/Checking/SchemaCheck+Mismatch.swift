import Model
import YAMLReader

extension SchemaCheck {
  /// Reports a value of another type, or of another form; nil, for a caller to return.
  ///
  /// - Parameter isOfType: whether only its form is wrong, so that its type says nothing.
  @discardableResult
  mutating func mismatch(
    _ node: Node, _ expected: String, path: String, _ doc: String = "",
    isOfType: Bool = false, hint: String? = nil
  ) -> FieldValue? {
    let needsQuotes = expected.hasPrefix("a text") && node.scalar?.isPlain == true
    let quoted: String? =
      needsQuotes && !node.isNull ? "Put it in quotes: \"\(node.scalar?.text ?? "")\"." : nil
    diagnostics.add(
      error: "expected \(expected), found \(isOfType ? node.shownText : node.typePhrase)",
      at: node.range,
      detail: sentences(
        "Given for `\(path)`\(isOfType ? "" : ": \(node.textPhrase)").", doc, origin(node)),
      hint: hint ?? quoted ?? (node.isNull ? "Give it a value, or remove the field." : nil))
    return nil
  }

  /// Where a value of the environment came from; empty for one that stands there as written.
  func origin(_ node: Node) -> String {
    origins[node.range].map { "It comes from \($0)." } ?? ""
  }

  /// Sentences as one paragraph; empty ones are left out.
  func sentences(_ parts: String...) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// A text short enough for a message.
func shortened(_ text: String) -> String { text.count > 60 ? text.prefix(57) + "..." : text }

extension Node {
  /// What it is, in words, without what it says.
  fileprivate var typePhrase: String {
    switch kind {
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    case .scalar(let scalar):
      switch scalar.content {
      case .null: return "nothing"
      case .bool: return "a Boolean"
      case .integer, .number, .nonFinite: return "a number"
      case .string: return scalar.text.isEmpty ? "an empty text" : "a text"
      }
    }
  }

  /// What a scalar says.
  fileprivate var shownText: String {
    let text = scalar?.text ?? ""
    return text.isEmpty ? "an empty text" : "`\(shortened(text))`"
  }

  /// What it says.
  fileprivate var textPhrase: String {
    switch kind {
    case .sequence(let elements): "a list of \(elements.count)"
    case .mapping(let entries):
      "a mapping with \(entries.prefix(5).map(\.key.text).joined(separator: ", "))"
    case .scalar(let scalar):
      isNull
        ? "nothing"
        : "`\(shortened(scalar.text))`"
    }
  }
}
