internal import Foundation
internal import Model

/// A value on one line: numbers plain, strings bare where that is unambiguous, lists and maps as
/// YAML writes them on one line, what is sensitive never.
func valueText(_ value: Value?) -> String {
  switch value {
  case nil: "(unset)"
  case .string(let text): isUnambiguous(text) ? text : quoted(text)
  case .bytes(let data): data.isEmpty ? "(no bytes)" : data.base64EncodedString()
  case let other?: flowText(other)
  }
}

/// The value before and the value after, each on one line. Two values that differ never look alike.
func valueTexts(before: Value?, after: Value?) -> (before: String, after: String) {
  let old = valueText(before)
  let new = valueText(after)
  guard old == new, before != after else { return (old, new) }
  if case .sensitive? = after { return (old, "(sensitive, changed)") }
  return (old, new + " (changed)")
}

/// The key of a map as it stands before its value.
func keyText(_ key: String) -> String { isPlain(key) ? key : quoted(key) }

/// Whether a string can stand on a line of its own without quotes and not be taken for anything
/// else.
private func isUnambiguous(_ text: String) -> Bool {
  guard let first = text.first, let last = text.last, !first.isWhitespace, !last.isWhitespace
  else { return false }
  if text.unicodeScalars.contains(where: isHidden) || text.contains(" -> ") { return false }
  return !"([{\"".contains(first) && !isLiteral(text)
}

/// Whether a string can stand without quotes also between the brackets and commas of others.
private func isPlain(_ text: String) -> Bool {
  !text.isEmpty && !text.hasSuffix(":") && !isLiteral(text)
    && text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0)
        || "_-./:@%+*$".unicodeScalars.contains($0)
    }
}

/// Whether a string without quotes would be read as a number, a truth or null.
private func isLiteral(_ text: String) -> Bool {
  ["true", "false", "null"].contains(text)
    || text.wholeMatch(of: /[+-]?[0-9.]+([eE][+-]?[0-9]+)?/) != nil
}

/// A value between the brackets and commas of others: `{Days: 30, StorageClass: STANDARD_IA}`.
private func flowText(_ value: Value) -> String {
  switch value {
  case .null: "null"
  case .bool(let truth): truth ? "true" : "false"
  case .number(let number): number.description
  case .string(let text): isPlain(text) ? text : quoted(text)
  case .bytes(let data): quoted(data.base64EncodedString())
  case .sensitive: "(sensitive)"
  case .list(let elements): "[" + elements.map(flowText).joined(separator: ", ") + "]"
  case .map(let members):
    "{"
      + members.sorted { $0.key < $1.key }
      .map { "\(keyText($0.key)): \(flowText($0.value))" }
      .joined(separator: ", ") + "}"
  }
}

/// A string in quotes, with its quotes, backslashes and hidden characters escaped.
func quoted(_ text: String) -> String {
  var escaped = ""
  for character in text.unicodeScalars {
    if character == "\"" || character == "\\" { escaped += "\\" }
    escaped.unicodeScalars.append(character)
  }
  return "\"\(safe(escaped))\""
}
