/// How many terminal columns `text` takes.
func displayWidth(_ text: some StringProtocol) -> Int {
  text.utf8.allSatisfy { $0 < 0x80 }
    ? text.utf8.count : text.reduce(0) { $0 + displayWidth(of: $1) }
}

/// `text` cut to at most `width` columns, with an ellipsis where something was cut.
func cut(_ text: String, to width: Int) -> String {
  guard displayWidth(text) > width else { return text }
  var kept = ""
  var used = 0
  for character in text {
    used += displayWidth(of: character)
    if used > width - 1 { break }
    kept.append(character)
  }
  return kept + "…"
}

/// `text` with spaces behind it up to `width` columns.
func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - displayWidth(text)))
}

/// `text` with spaces before it up to `width` columns.
func rightAligned(_ text: String, to width: Int) -> String {
  String(repeating: " ", count: max(0, width - displayWidth(text))) + text
}

/// The columns of one character: two for East Asian wide ones and emoji, none for a mark alone.
private func displayWidth(of character: Character) -> Int {
  guard let first = character.unicodeScalars.first else { return 0 }
  if character.unicodeScalars.contains(where: isWide) { return 2 }
  switch first.properties.generalCategory {
  case .nonspacingMark, .enclosingMark: return 0
  case .format, .control: return 0
  default: return 1
  }
}

/// Whether a scalar takes two columns: the wide ranges of Unicode's East Asian Width, roughly.
private func isWide(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD, 0xFE0F:
    true
  default: scalar.properties.isEmojiPresentation
  }
}
