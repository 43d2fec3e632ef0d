/// A type in one use: a member of a structure, an element, a key, a value, an input or an output.
///
/// A class for the same reason as `Shape`.
final class Member: Sendable {
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
  /// Whether it is read piece by piece: then an empty body is an empty value, not none.
  let isStreaming: Bool
  /// The member of its structure that is the whole body.
  let payload: String?

  /// A use of the shape at a position.
  init(
    name: String, shape: Int, locationName: String?, queryName: String?, location: Location?,
    timestampFormat: TimestampFormat?, namespace: Namespace?, isFlattened: Bool,
    isXMLAttribute:
      Bool, isIdempotencyToken: Bool, isJSONValue: Bool, isStreaming: Bool, payload: String?
  ) {
    self.name = name
    self.shape = shape
    self.locationName = locationName
    self.queryName = queryName
    self.location = location
    self.timestampFormat = timestampFormat
    self.namespace = namespace
    self.isFlattened = isFlattened
    self.isXMLAttribute = isXMLAttribute
    self.isIdempotencyToken = isIdempotencyToken
    self.isJSONValue = isJSONValue
    self.isStreaming = isStreaming
    self.payload = payload
  }

  /// The name on the wire, where no protocol has a rule of its own.
  var wireName: String { locationName ?? name }

  /// Whether it is part of a request's body.
  var isInBody: Bool { location == nil }

  /// Whether it is part of a response's body: a response has neither path nor query.
  var isInResponseBody: Bool {
    switch location {
    case nil, .querystring, .uri: true
    case .header, .headers, .statusCode: false
    }
  }
}
