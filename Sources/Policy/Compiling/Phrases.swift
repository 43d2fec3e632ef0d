internal import Model

/// A place as messages name it: `manifests/tasks.yaml:9`.
func place(of range: SourceRange) -> String { "\(range.file):\(range.start.line)" }

/// Words as an enumeration: `a, b or c`.
func alternatives(_ words: [String]) -> String { joined(words, last: "or") }

/// Words as an enumeration: `a, b and c`.
func enumeration(_ words: [String]) -> String { joined(words, last: "and") }

private func joined(_ words: [String], last: String) -> String {
  guard let final = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " \(last) \(final)"
}
