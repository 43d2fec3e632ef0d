internal import Foundation
internal import Model

/// A value on as many lines as it takes, nothing cut: on one where it fits into `width` columns,
/// else in YAML's form with an indent of two, where `|` keeps the line breaks of a text and `>`
/// joins them. A long word, such as an ARN, is never broken.
func valueLines(_ value: Value, width: Int) -> [String] {
  let line = valueText(value)
  guard displayWidth(line) > width else { return [line] }
  switch value {
  case .map(let members):
    return members.sorted { $0.key < $1.key }
      .flatMap { memberLines($0.key, $0.value, width: width) }
  case .list(let elements): return elements.flatMap { elementLines($0, width: width) }
  case .string(let text):
    let lines = textLines(text, width: width - 2)
    // Lines that only the width made belong to the first, and are seen to.
    return lines.count == 1 || text.contains("\n")
      ? lines : lines.prefix(1) + lines.dropFirst().map(indented)
  case .bytes: return pieces(of: line, width: width)
  case .null, .bool, .number, .sensitive: return [line]
  }
}

/// A member of a map: `key: value`, or the key and its value indented below it.
func memberLines(_ key: String, _ value: Value, width: Int) -> [String] {
  let head = keyText(key) + ":"
  let line = "\(head) \(valueText(value))"
  guard displayWidth(line) > width else { return [line] }
  let inner = max(20, width - 2)
  if case .string(let text) = value {
    let lines = textLines(text, width: inner)
    if lines.count == 1 { return ["\(head) \(lines[0])"] }
    return [head + (text.contains("\n") ? " |" : " >")] + lines.map(indented)
  }
  return [head] + valueLines(value, width: inner).map(indented)
}

/// An element of a list: a dash, and its further lines below its first.
func elementLines(_ value: Value, width: Int) -> [String] {
  let lines = valueLines(value, width: max(20, width - 2))
  if lines.count > 1, case .string(let text) = value, text.contains("\n") {
    return ["- |"] + lines.map(indented)
  }
  return lines.enumerated().map { $0 == 0 ? "- \($1)" : indented($1) }
}

/// A text on lines: its own where it has several, else broken between words.
private func textLines(_ text: String, width: Int) -> [String] {
  let own = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  if own.count > 1 { return own.map(lineText) }
  guard valueText(.string(text)) == text else { return [quoted(text)] }
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ", omittingEmptySubsequences: false) {
    let isBreak = !word.isEmpty && !line.isEmpty && !line.hasSuffix(" ")
    if isBreak, displayWidth(line) + 1 + displayWidth(word) > width {
      lines.append(line)
      line = String(word)
    } else {
      line += (line.isEmpty ? "" : " ") + word
    }
  }
  lines.append(line)
  return lines
}

/// One line of a longer text, in quotes only where its end would not be seen.
func lineText(_ line: String) -> String {
  line.last?.isWhitespace == true ? quoted(line) : safe(line)
}

/// How many values a value holds that hold no others.
func leafCount(_ value: Value) -> Int {
  switch value {
  case .map(let members) where !members.isEmpty:
    members.values.reduce(0) { $0 + leafCount($1) }
  case .list(let elements) where !elements.isEmpty: elements.reduce(0) { $0 + leafCount($1) }
  default: 1
  }
}

private func indented(_ line: String) -> String { line.isEmpty ? "" : "  " + line }

/// Text without words in pieces of `width` characters.
private func pieces(of text: String, width: Int) -> [String] {
  var pieces: [String] = []
  var rest = Substring(text)
  while !rest.isEmpty {
    pieces.append(String(rest.prefix(width)))
    rest = rest.dropFirst(width)
  }
  return pieces
}
