internal import Foundation

/// A type of an API description.
///
/// A class, as is its structure, because many uses share it. Responses are read by `TypeTable`.
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

  /// A kind without what it holds.
  enum Form: Sendable {
    case structure, list, map, string, blob, boolean, integer, float, timestamp, document
  }

  /// A type with named members, in the order of the description.
  final class Structure: Sendable {
    let members: [Member]
    /// Where in `members` the member of a name stands.
    let index: [String: Int]
    let required: [String]
    let isUnion: Bool

    /// A type with these members.
    init(members: [Member], required: [String], isUnion: Bool) {
      self.members = members
      self.required = required
      self.isUnion = isUnion
      let named = members.enumerated().map { ($1.name, $0) }
      index = Dictionary(named, uniquingKeysWith: { first, _ in first })
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
  /// What is within the limits for sure: quick to ask, where `Decimal` is slow to compare.
  let allowedCounts: ClosedRange<Int>?
  /// How many bits a whole number has.
  let bits: Int
  /// The texts that are allowed; nil where all are.
  let enumeration: Set<String>?
  /// What the description says of a type that is an error.
  let error: ErrorTraits?

  /// A type.
  init(
    name: String, kind: Kind, minimum: Decimal?, maximum: Decimal?, bits: Int,
    enumeration: Set<String>?, error: ErrorTraits?
  ) {
    self.name = name
    self.kind = kind
    self.minimum = minimum
    self.maximum = maximum
    let least = minimum.map { Int($0.description) } ?? 0
    let greatest = maximum.map { Int($0.description) } ?? .max
    allowedCounts =
      if let least, let greatest, least <= greatest { least...greatest } else { nil }
    self.bits = bits
    self.enumeration = enumeration
    self.error = error
  }
}

extension Shape.Kind {
  /// The kind without what it holds.
  var form: Shape.Form {
    switch self {
    case .structure: .structure
    case .list: .list
    case .map: .map
    case .string: .string
    case .blob: .blob
    case .boolean: .boolean
    case .integer: .integer
    case .float: .float
    case .timestamp: .timestamp
    case .document: .document
    }
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
