internal import Foundation

/// A type of an API description.
///
/// A class, as is its structure: every value on the wire looks its type up, and a reference is the
/// cheapest thing to hand out.
final class Shape: Sendable {
  /// What values of the type look like.
  enum Kind: Sendable {
    case structure(Structure)
    case list(Member)
    case map(key: Member, value: Member)
    case string, blob, boolean, integer, float, timestamp
    /// Any data at all.
    case document
  }

  /// A type with named members, in the order of the description.
  final class Structure: Sendable {
    let members: [Member]
    /// Where in `members` the member of a name stands.
    let index: [String: Int]
    /// Where in `members` the member stands that JSON calls so.
    let namesInJSON: NameTable
    /// Where in `members` the member stands that XML calls so.
    let namesInXML: NameTable
    let required: [String]
    let isUnion: Bool

    /// A type with these members; `namesInXML` says what XML calls one, the best name first.
    init(
      members: [Member], required: [String], isUnion: Bool, namesInXML: (Member) -> [String]
    ) {
      func index(_ name: (Member) -> String?) -> [String: Int] {
        let named = members.enumerated().compactMap { position, member in
          name(member).map { ($0, position) }
        }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
      }
      self.members = members
      self.required = required
      self.isUnion = isUnion
      self.index = index(\.name)
      namesInJSON = NameTable(index(\.wireName))
      self.namesInXML = NameTable(
        index { namesInXML($0).first }
          .merging(index { namesInXML($0).last }, uniquingKeysWith: { first, _ in first }))
    }

    /// The member of that name.
    subscript(name: String) -> Member? { index[name].map { members[$0] } }
  }

  let name: String
  let kind: Kind
  /// The least length, count or number.
  let minimum: Decimal?
  /// The greatest length, count or number.
  let maximum: Decimal?
  /// The texts that are allowed; nil where all are.
  let enumeration: Set<String>?
  /// What the description says of a type that is an error.
  let error: ErrorTraits?

  /// A type.
  init(
    name: String, kind: Kind, minimum: Decimal?, maximum: Decimal?, enumeration: Set<String>?,
    error: ErrorTraits?
  ) {
    self.name = name
    self.kind = kind
    self.minimum = minimum
    self.maximum = maximum
    self.enumeration = enumeration
    self.error = error
  }
}

/// What an API description says of an error.
struct ErrorTraits: Sendable {
  let code: String
  /// Whether the description calls the error worth a new try, and if so whether it is a throttle.
  let retry: RetryTrait?

  /// How an error may be tried again.
  enum RetryTrait: Sendable { case transient, throttling }
}
