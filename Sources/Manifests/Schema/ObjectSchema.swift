/// A field of an object.
public struct Field: Hashable, Sendable {
  /// The key.
  public let name: String
  /// What it holds.
  public let type: FieldType
  /// Whether the object is wrong without it.
  public let isRequired: Bool
  /// What it says, in one sentence; shown where it is missing or wrong, and by `weir explain`.
  public let doc: String

  /// A field.
  public init(_ name: String, _ type: FieldType, isRequired: Bool = false, doc: String) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
    self.doc = doc
  }
}

/// The fields that an object takes; there are no others.
public struct ObjectSchema: Hashable, Sendable {
  /// The fields in the order in which they are told.
  public let fields: [Field]

  /// An object of the given fields.
  public init(_ fields: [Field]) { self.fields = fields }

  /// The field of a name.
  public subscript(name: String) -> Field? { fields.first { $0.name == name } }
}

/// What a kind of manifest takes.
public struct KindSchema: Hashable, Sendable {
  /// The kind, as in `kind: CostBudget`.
  public let kind: String
  /// What it is for; Markdown, its first line a summary.
  public let doc: String
  /// What stands under `spec`.
  public let spec: ObjectSchema

  /// A kind.
  public init(kind: String, doc: String, spec: ObjectSchema) {
    self.kind = kind
    self.doc = doc
    self.spec = spec
  }
}
