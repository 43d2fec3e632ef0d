public import Model
public import YAMLReader

/// Reads a node as the object that a schema describes.
///
/// Everything that is wrong is added to `diagnostics`, with its place; the fields that are right come
/// back all the same, so that a caller can go on and find more. `path` names the node in messages.
public func validate(
  _ node: Node, against schema: ObjectSchema, path: String = "spec",
  zones: TimeZoneNames = .system, into diagnostics: inout Diagnostics
) -> Fields {
  var check = SchemaCheck(zones: zones)
  let fields = check.object(node, schema, path: path)
  diagnostics.add(check.diagnostics)
  return fields ?? Fields(range: node.range, schema: schema, items: [:])
}

/// A walk through a node beside its schema.
struct SchemaCheck {
  let zones: TimeZoneNames
  /// What the scalars came from that hold an environment's value: `${size} in prod`.
  var origins: [SourceRange: String] = [:]
  /// The scalars that refer to an unknown value, which has been reported already.
  var unresolved: Set<SourceRange> = []
  var diagnostics = Diagnostics()
  /// How often one of `unresolved` was met.
  var passedOver = 0

  /// How much has been found wrong so far.
  private var reported: Int { diagnostics.all.count + passedOver }

  /// The fields of a mapping; nil if the node is none.
  mutating func object(_ node: Node, _ schema: ObjectSchema, path: String) -> Fields? {
    guard !isUnresolved(node) else { return nil }
    guard let entries = node.entries else {
      mismatch(node, "a mapping", path: path)
      return nil
    }
    let known = Dictionary(
      schema.fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var items: [String: Fields.Item] = [:]
    for entry in entries {
      guard let field = known[entry.key.text] else {
        unknownField(entry.key, in: schema, path: path)
        continue
      }
      let before = reported
      let value = value(entry.value, field.type, path: "\(path).\(field.name)", doc: field.doc)
      items[field.name] = Fields.Item(
        key: entry.key.range, value: value.map { Located($0, range: entry.value.range) },
        place: entry.value.range, isWhole: reported == before)
    }
    for field in schema.fields where field.isRequired && items[field.name] == nil {
      diagnostics.add(
        error: "a required field is missing", at: entries.first?.key.range ?? node.range,
        detail: "`\(field.name)` is missing in `\(path)`: \(field.doc)")
    }
    return Fields(range: node.range, schema: schema, items: items)
  }

  /// The node as a value of a type; nil if it is none, which is reported.
  mutating func value(
    _ node: Node, _ type: FieldType, path: String, doc: String = ""
  ) -> FieldValue? {
    guard !isUnresolved(node) else { return nil }
    switch type {
    case .any: return .any(node)
    case .object(let schema): return object(node, schema, path: path).map { .object($0) }
    case .list(let element, let nonEmpty):
      return list(node, of: element, nonEmpty: nonEmpty, path: path, doc: doc)
    case .map(let element):
      guard let entries = node.entries else { return mismatch(node, type.phrase, path: path, doc) }
      return .map(
        entries.compactMap { entry in
          value(entry.value, element, path: "\(path).\(entry.key.text)", doc: doc).map {
            FieldEntry(
              key: Located(entry.key.text, range: entry.key.range),
              value: Located($0, range: entry.value.range))
          }
        })
    case .weekdays: return weekdays(node, path: path, doc: doc)
    default:
      guard let scalar = node.scalar else {
        return mismatch(node, type.phrase, path: path, doc)
      }
      if case .quantity(let kind) = type {
        return quantity(scalar, kind, at: node, path: path, doc: doc)
      }
      return plain(scalar, type, at: node, path: path, doc: doc)
    }
  }

  /// Whether a node has been reported because it refers to an unknown value.
  private mutating func isUnresolved(_ node: Node) -> Bool {
    guard unresolved.contains(node.range) else { return false }
    passedOver += 1
    return true
  }

  private mutating func list(
    _ node: Node, of type: FieldType, nonEmpty: Bool, path: String, doc: String
  ) -> FieldValue? {
    guard let elements = node.elements else {
      return mismatch(node, "a list", path: path, doc)
    }
    if nonEmpty, elements.isEmpty {
      diagnostics.add(
        error: "an empty list", at: node.range,
        detail: sentences("`\(path)` needs at least one element.", doc))
      return nil
    }
    return .list(
      elements.enumerated().compactMap { index, element in
        value(element, type, path: "\(path)[\(index + 1)]", doc: doc).map {
          Located($0, range: element.range)
        }
      })
  }

  private mutating func unknownField(_ key: Key, in schema: ObjectSchema, path: String) {
    let names = schema.fields.map(\.name)
    diagnostics.add(
      error: "unknown field", at: key.range,
      detail:
        "`\(key.text)` is no field of `\(path)`, which takes \(names.joined(separator: ", ")).",
      hint: spellingHint(key.text, among: names))
  }
}
