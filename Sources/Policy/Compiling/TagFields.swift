internal import Manifests
internal import Model
internal import YAMLReader

extension Field {
  /// A field with tags: each a text, or a list of the texts that will do.
  static func tags(_ name: String = "tags", doc: String) -> Field {
    Field(name, .map(.any), doc: doc)
  }
}

extension Fields {
  /// The tags in the field `name`, with the values that will do; nil where the field is not there.
  func tagFilter(_ name: String = "tags", into diagnostics: inout Diagnostics) -> TagFilter? {
    guard has(name) else { return nil }
    var values: [String: [String]] = [:]
    for entry in map(name) {
      guard let node = entry.value.node else { continue }
      values[entry.key.value] = tagValues(node, of: entry.key, into: &diagnostics)
    }
    return TagFilter(values)
  }
}

extension Manifest {
  /// Reports where it means nothing, neither by the names in `field` nor by `tags`, and names and tags that
  /// are wrong.
  func checkNamesOrTags(
    _ noun: String, in field: String, into diagnostics: inout Diagnostics
  ) {
    checkNames(of: noun, in: field, selectors: ["tags"], into: &diagnostics)
    _ = fields.tagFilter(into: &diagnostics)
  }
}

/// The values that a tag may have: one text, or a list of them.
func tagValues(
  _ node: Node, of key: Located<String>, into diagnostics: inout Diagnostics
) -> [String] {
  let nodes = node.elements ?? [node]
  let texts = nodes.map { $0.scalar?.string }
  if nodes.isEmpty || texts.contains(where: { $0 == nil }) {
    let wrong = zip(nodes, texts).first { $0.1 == nil }?.0 ?? node
    diagnostics.add(
      error: "expected a text, or a list of texts", at: wrong.range,
      detail: "The tag `\(key.value)` is compared with texts.",
      hint: wrong.scalar.map { "Put it in quotes: \"\($0.text)\"." })
  }
  return texts.compactMap { $0 }
}
