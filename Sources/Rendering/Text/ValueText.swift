internal import Foundation
internal import Model

/// A value as it is shown in a line: numbers plain, strings bare where that is unambiguous, lists
/// and maps as JSON on one line, what is sensitive never.
func valueText(_ value: Value?) -> String {
  switch value {
  case nil: "(unset)"
  case .string(let text): isUnambiguous(text) ? text : quoted(text)
  case .sensitive: "(sensitive)"
  case .bytes(let data): data.isEmpty ? "(no bytes)" : data.base64EncodedString()
  case let other?: compactJSON(other)
  }
}

/// The value before and the value after as they are shown beside each other, each of about `limit`
/// columns; what one does not need the other may take. Two values that differ never look alike.
func valueTexts(before: Value?, after: Value?, limit: Int) -> (before: String, after: String) {
  let old = valueText(before)
  let new = valueText(after)
  guard old != new else {
    if before == after { return (cut(old, to: limit), cut(new, to: limit)) }
    if case .sensitive? = after { return (old, "(sensitive, changed)") }
    return (cut(old, to: limit), cut(new, to: limit) + " (changed)")
  }
  let room = (
    before: max(limit, 2 * limit - displayWidth(new)),
    after: max(limit, 2 * limit - displayWidth(old))
  )
  let shared = old.commonPrefix(with: new).count
  guard shared > limit / 2, max(displayWidth(old), displayWidth(new)) > limit else {
    return (cut(old, to: room.before), cut(new, to: room.after))
  }
  // Both begin alike: show them from shortly before the first difference.
  let skipped = shared - min(shared, 12)
  return (
    cut("…" + old.dropFirst(skipped), to: limit), cut("…" + new.dropFirst(skipped), to: limit)
  )
}

/// Whether a string can stand without quotes and still not be taken for anything else.
private func isUnambiguous(_ text: String) -> Bool {
  guard let first = text.first, let last = text.last, !first.isWhitespace, !last.isWhitespace
  else { return false }
  if text.unicodeScalars.contains(where: isHidden) || text.contains(" -> ") { return false }
  if "([{\"…".contains(first) || ["true", "false", "null"].contains(text) { return false }
  return !(first.isNumber || "+-.".contains(first)) || Decimal(string: text)?.description != text
}

/// JSON on one line with sorted keys, safe to show.
private func compactJSON(_ value: Value) -> String {
  switch value {
  case .null: "null"
  case .bool(let truth): truth ? "true" : "false"
  case .number(let number): number.description
  case .string(let text): quoted(text)
  case .bytes(let data): quoted(data.base64EncodedString())
  case .sensitive: "(sensitive)"
  case .list(let elements): "[" + elements.map(compactJSON).joined(separator: ", ") + "]"
  case .map(let members):
    "{"
      + members.sorted { $0.key < $1.key }
      .map { "\(quoted($0.key)): \(compactJSON($0.value))" }
      .joined(separator: ", ") + "}"
  }
}

/// A string in quotes, with its quotes, backslashes and hidden characters escaped.
private func quoted(_ text: String) -> String {
  var escaped = ""
  for character in text.unicodeScalars {
    if character == "\"" || character == "\\" { escaped += "\\" }
    escaped.unicodeScalars.append(character)
  }
  return "\"\(safe(escaped))\""
}
