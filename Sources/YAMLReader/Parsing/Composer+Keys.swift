import Model

extension Composer {
  /// The key that a node is, if it may be one and is new; `lines` says where the others stand.
  mutating func key(_ node: Node, lines: inout [String: Int]) -> Key? {
    guard let scalar = node.scalar else {
      report(
        "a key must be plain text", "A list or a mapping cannot be a key.",
        hint: "Put text that begins with a bracket in quotes.", at: node.range)
      return nil
    }
    if let line = lines[scalar.text] {
      let hint = scalar.text == "<<" ? "Merge several with one key: `<<: [*a, *b]`." : nil
      report(
        "duplicate key", "`\(shortened(scalar.text))` stands already on line \(line).", hint: hint,
        at: node.range)
      return nil
    }
    lines[scalar.text] = node.range.start.line
    return Key(text: scalar.text, range: node.range)
  }

  /// The mappings that the value of a merge key names.
  mutating func mergeSources(_ node: Node) -> [Node] {
    let sources = node.elements ?? [node]
    for source in sources where source.entries == nil {
      report(
        "a merge key needs a mapping",
        "`<<` takes over the entries of a mapping, or of each of a list.",
        hint: "Name one by its anchor: `<<: *name`.", at: source.range)
    }
    return sources.filter { $0.entries != nil }
  }

  /// The entries of merged mappings that have no key of their own: of two the earlier counts.
  func inherited(from sources: [Node], beside lines: [String: Int]) -> [Entry] {
    var known = Set<String>()
    return sources.flatMap { $0.entries ?? [] }.filter {
      lines[$0.key.text] == nil && known.insert($0.key.text).inserted
    }
  }
}

/// A text short enough for a message.
func shortened(_ text: String) -> String {
  text.count > 60 ? text.prefix(57) + "..." : text
}
