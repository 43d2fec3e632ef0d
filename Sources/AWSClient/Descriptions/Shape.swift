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
    let indexInJSON: [String: Int]
    /// Where in `members` the member stands that XML calls so.
    let indexInXML: [String: Int]
    let required: [String]
    /// The member that is the whole body.
    let payload: String?
    let isUnion: Bool

    /// A type with these members; `nameInXML` says what XML calls one.
    init(
      members: [Member], required: [String], payload: String?, isUnion: Bool,
      nameInXML: (Member) -> String
    ) {
      func index(_ name: (Member) -> String) -> [String: Int] {
        Dictionary(
          members.enumerated().map { (name($1), $0) }, uniquingKeysWith: { first, _ in first })
      }
      self.members = members
      self.required = required
      self.payload = payload
      self.isUnion = isUnion
      self.index = index(\.name)
      indexInJSON = index(\.wireName)
      indexInXML = index(nameInXML)
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
  /// What the description says of a type that is an error.
  let error: ErrorTraits?

  /// A type.
  init(name: String, kind: Kind, minimum: Decimal?, maximum: Decimal?, error: ErrorTraits?) {
    self.name = name
    self.kind = kind
    self.minimum = minimum
    self.maximum = maximum
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

/// A type in one use: a member of a structure, an element, a key, a value, an input or an output.
struct Member: Sendable {
  /// Where outside the body a member travels.
  enum Location: String, Sendable { case header, headers, querystring, uri, statusCode }

  /// How a time is written.
  enum TimestampFormat: String, Sendable { case iso8601, rfc822, unixTimestamp }

  /// A namespace to declare.
  struct Namespace: Hashable, Sendable {
    let uri: String
    let prefix: String?
  }

  let name: String
  /// The position of its shape in the description.
  let shape: Int
  let locationName: String?
  let queryName: String?
  let location: Location?
  let timestampFormat: TimestampFormat?
  let namespace: Namespace?
  let isFlattened: Bool
  let isXMLAttribute: Bool
  let isIdempotencyToken: Bool
  let isJSONValue: Bool

  /// The name on the wire, where no protocol has a rule of its own.
  var wireName: String { locationName ?? name }

  /// Whether it is part of the body.
  var isInBody: Bool { location == nil }
}
