public import Model

/// A piece of a YAML document, with the place where it stands.
///
/// Aliases and merge keys are already expanded. The range of an aliased node is the place of the
/// alias (`*name`); what lies inside it keeps the place where it was written.
public struct Node: Hashable, Sendable {
  /// What a node is.
  public enum Kind: Hashable, Sendable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping([Entry])
  }

  /// What it is.
  public var kind: Kind
  /// Where it stands.
  public var range: SourceRange

  /// A node.
  public init(_ kind: Kind, range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

/// A key of a mapping, which is always a scalar; its text counts, whatever its type.
public struct Key: Hashable, Sendable {
  /// The key's text.
  public let text: String
  /// Where it stands.
  public let range: SourceRange

  /// A key.
  public init(text: String, range: SourceRange) {
    self.text = text
    self.range = range
  }
}

/// A key of a mapping and its value.
public struct Entry: Hashable, Sendable {
  /// The key.
  public let key: Key
  /// The value.
  public var value: Node

  /// An entry.
  public init(key: Key, value: Node) {
    self.key = key
    self.value = value
  }
}

extension Node {
  /// The scalar, or nil where this is a collection.
  public var scalar: Scalar? { if case .scalar(let scalar) = kind { scalar } else { nil } }

  /// The elements, or nil where this is no sequence.
  public var elements: [Node]? { if case .sequence(let elements) = kind { elements } else { nil } }

  /// The entries in the order of the file, or nil where this is no mapping.
  public var entries: [Entry]? { if case .mapping(let entries) = kind { entries } else { nil } }

  /// Whether this is null: written so, or left empty.
  public var isNull: Bool { scalar?.content == .null }

  /// The value of a key, by a search through the entries; nil where it is missing.
  public subscript(key: String) -> Node? { entries?.first { $0.key.text == key }?.value }
}
