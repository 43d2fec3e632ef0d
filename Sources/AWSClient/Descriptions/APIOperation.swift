/// A thing that a service can be asked to do.
struct APIOperation: Sendable {
  let name: String
  /// The HTTP method.
  let method: String
  /// The path with labels, and fixed query parameters.
  let uri: String
  let input: Member?
  let output: Member?
  /// The element around a result in the Query protocol.
  let resultWrapper: String?
  let errors: [Member]
  /// What stands before the host's name, with labels.
  let hostPrefix: String?
  /// Whether the request must carry a checksum of its body.
  let needsChecksum: Bool
  /// Whether the operation changes nothing.
  let isReadOnly: Bool
  /// Whether the description itself says that doing it twice is doing it once.
  let isMarkedIdempotent: Bool
}

/// How an operation hands out its result in pages.
struct Paginator: Sendable {
  /// The members of the input that take the tokens.
  let inputTokens: [String]
  /// Where in the output the tokens stand.
  let outputTokens: [String]
  /// The member of the output that says whether there is more.
  let moreResults: String?
}
