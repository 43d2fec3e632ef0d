/// Words on one line of GitHub Markdown in which nothing acts: no markup, HTML, link, mention,
/// reference or formula can come out of them, whatever they hold.
func markdownProse(_ text: String) -> String {
  var shown = ""
  for scalar in safe(text).unicodeScalars {
    switch scalar {
    // GitHub looks for mentions and references in the finished page, where an entity has become
    // its character again: only a space of no width keeps them from being found.
    case "@", "#": shown += "&#\(scalar.value);&#8203;"
    case "$": shown += "<span>$</span>"
    case ",", "/", "'", "%", "=", ";", "?", "-", "(", ")", "+": shown.unicodeScalars.append(scalar)
    case ".", ":": shown.unicodeScalars.append(scalar)
    case _ where isPunctuation(scalar): shown += "&#\(scalar.value);"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return shown.replacing("://", with: "&#58;//").replacing("www.", with: "www&#46;")
}

/// Words as a paragraph of their own: as `markdownProse`, and they begin no list or heading.
func markdownParagraph(_ text: String) -> String {
  let shown = markdownProse(text)
  guard let first = shown.unicodeScalars.first else { return shown }
  if "+-=".unicodeScalars.contains(first) { return "&#\(first.value);" + shown.dropFirst() }
  // `1.` and `1)` would begin a numbered list.
  let digits = shown.prefix { $0.isASCII && $0.isNumber }
  let rest = shown.dropFirst(digits.count)
  guard !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")",
    let value = mark.asciiValue
  else { return shown }
  return "\(digits)&#\(value);\(rest.dropFirst())"
}

/// A name or value on one line of GitHub Markdown, also within a table.
func markdownCode(_ text: String) -> String {
  let shown = safe(text)
  if shown.trimmingPrefix(while: { $0 == " " }).isEmpty { return "<code>(empty)</code>" }
  if !shown.contains(where: { "`|\\".contains($0) }) {
    let isSpaced = shown.hasPrefix(" ") || shown.hasSuffix(" ")
    return isSpaced ? "` \(shown) `" : "`\(shown)`"
  }
  // In a table a pipe within a code span would end the cell: write entities instead.
  var entities = ""
  for scalar in shown.unicodeScalars {
    if isPunctuation(scalar), scalar != "/", scalar != "-" {
      entities += "&#\(scalar.value);"
    } else {
      entities.unicodeScalars.append(scalar)
    }
  }
  return "<code>\(entities)</code>"
}

/// Text as a block of code, fenced by more backticks than it holds in a row.
func markdownFence(_ text: String) -> String {
  var longest = 2
  var run = 0
  for character in text {
    run = character == "`" ? run + 1 : 0
    longest = max(longest, run)
  }
  let fence = String(repeating: "`", count: longest + 1)
  return "\(fence)text\n\(text)\n\(fence)"
}

private func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
  default: false
  }
}
