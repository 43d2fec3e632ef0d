import YAMLReader

extension Node {
  /// This node with another merged over it: mappings deep, all else replaced, null removes a key.
  func merged(with override: Node) -> Node {
    guard let base = entries, let changes = override.entries else { return override.withoutNulls }
    let replacements = Dictionary(
      changes.map { ($0.key.text, $0) }, uniquingKeysWith: { first, _ in first })
    var result: [Entry] = []
    for entry in base {
      guard let change = replacements[entry.key.text] else {
        result.append(entry)
        continue
      }
      if change.value.isNull { continue }
      result.append(Entry(key: change.key, value: entry.value.merged(with: change.value)))
    }
    let known = Set(base.map(\.key.text))
    for change in changes where !known.contains(change.key.text) && !change.value.isNull {
      result.append(Entry(key: change.key, value: change.value.withoutNulls))
    }
    return Node(.mapping(result), range: range)
  }

  /// This node without the keys that are null, which in an override remove.
  private var withoutNulls: Node {
    guard let entries else { return self }
    let kept = entries.filter { !$0.value.isNull }
    return Node(
      .mapping(kept.map { Entry(key: $0.key, value: $0.value.withoutNulls) }), range: range)
  }
}
