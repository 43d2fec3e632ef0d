public import Model

/// The fields of an object that follow its schema, typed and located.
///
/// A getter gives nil where the field is missing, or is there but wrong, which has then been
/// reported: `guard let limit = fields.money("limit") else { return }` needs no message of its own.
/// Asking for a field that the schema lacks, or as another type, is a mistake of the program.
public struct Fields: Hashable, Sendable {
  /// A field that is there; `value` is nil where it is wrong.
  struct Item: Hashable, Sendable {
    let key: SourceRange
    let value: Located<FieldValue>?
    let place: SourceRange
    /// Whether nothing in it has been found wrong.
    let isWhole: Bool
  }

  /// Where the object stands.
  public let range: SourceRange
  /// What it takes.
  public let schema: ObjectSchema
  let items: [String: Item]

  /// Whether the field is written, right or wrong.
  public func has(_ name: String) -> Bool { item(name) != nil }

  /// Whether the field is written, and nothing in it has been found wrong: elements that are, are missing.
  public func isWhole(_ name: String) -> Bool { item(name)?.isWhole ?? false }

  /// Where the field's value stands; where the object does, if the field is missing.
  public func range(of name: String) -> SourceRange { item(name)?.place ?? range }

  /// Where the field's key stands; where the object does, if the field is missing.
  public func keyRange(of name: String) -> SourceRange { item(name)?.key ?? range }

  /// The field's value, whatever its type.
  public subscript(name: String) -> Located<FieldValue>? { item(name)?.value }

  private func item(_ name: String) -> Item? {
    precondition(schema[name] != nil, "the schema has no field \(name)")
    return items[name]
  }

  /// The field's value as the type that `pick` takes.
  func read<Wrapped>(_ name: String, _ pick: (FieldValue) -> Wrapped?) -> Located<Wrapped>? {
    guard let found = self[name] else { return nil }
    guard let value = pick(found.value) else {
      preconditionFailure("the schema gives the field \(name) another type")
    }
    return Located(value, range: found.range)
  }
}
