internal import Model

/// The way through the pages of an operation: the input of each next page, until there is none.
///
/// A token that comes twice ends the walk with an error: some servers would send it for ever.
struct PageWalk {
  private let service: String
  private let operation: String
  private let paginator: Paginator?
  private var seen: Set<[Value]> = []

  /// The pages of an operation; without page data, tokens that input and output share are used.
  init(service: String, operation: String, in description: APIDescription?) {
    self.service = service
    self.operation = operation
    paginator = description.flatMap {
      $0.paginators[operation] ?? Self.derived(operation, in: $0)
    }
  }

  /// The input for the page after this output, or nil after the last.
  mutating func input(after output: Value, of input: Value) throws(AWSError) -> Value? {
    guard let paginator else { return nil }
    if let more = paginator.moreResults, OutputPath(more).value(in: output)?.bool != true {
      return nil
    }
    let tokens = paginator.outputTokens.map { OutputPath($0).value(in: output) ?? .null }
    guard tokens.contains(where: { !$0.isNull && $0 != "" }) else { return nil }
    guard seen.insert(tokens).inserted else {
      throw AWSError(
        service: service, operation: operation, code: "RepeatedPageToken",
        message: "the service sends the same page token again and again; the list has no end",
        kind: .garbledResponse)
    }
    var members = input.map ?? [:]
    for (name, token) in zip(paginator.inputTokens, tokens) {
      members[name] = token.isNull ? nil : token
    }
    return .map(members)
  }

  private static func derived(_ name: String, in description: APIDescription) -> Paginator? {
    guard let operation = description.operations[name],
      let input = description.structure(of: operation.input),
      let output = description.structure(of: operation.output)
    else { return nil }
    let pairs = [
      ("NextToken", "NextToken"), ("nextToken", "nextToken"), ("Marker", "NextMarker"),
      ("Marker", "Marker"), ("NextPageToken", "NextPageToken"),
    ]
    guard let pair = pairs.first(where: { input[$0.0] != nil && output[$0.1] != nil }) else {
      return nil
    }
    return Paginator(inputTokens: [pair.0], outputTokens: [pair.1], moreResults: nil)
  }
}
