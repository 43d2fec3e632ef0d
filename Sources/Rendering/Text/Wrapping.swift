/// Prose broken into safe lines of at most `width` columns. Its own line breaks stay; a word that
/// is longer than a line is not broken, so that a path can be copied.
func wrapped(_ prose: String, width: Int) -> [String] {
  var lines: [String] = []
  for paragraph in prose.split(separator: "\n", omittingEmptySubsequences: false) {
    var line = ""
    for word in safe(String(paragraph)).split(separator: " ", omittingEmptySubsequences: true) {
      if line.isEmpty {
        line = String(word)
      } else if displayWidth(line) + 1 + displayWidth(word) <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    lines.append(line)
  }
  while lines.last?.isEmpty == true { lines.removeLast() }
  return lines
}

/// `count` and a noun: `1 change`, `3 changes`.
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// `a`, `a and b`, `a, b and c`.
func enumerated(_ parts: [String]) -> String {
  guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
  return parts.dropLast().joined(separator: ", ") + " and " + last
}
