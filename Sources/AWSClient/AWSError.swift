public import Model

/// Why a call failed. It holds no key, no token, no signature and nothing of the request's body.
public struct AWSError: Error, Hashable, Sendable {
  /// What a caller can do about it.
  public enum Kind: String, Hashable, Sendable {
    /// The thing is not there.
    case notFound
    /// These credentials may not do this, or AWS does not know them.
    case accessDenied
    /// The credentials have ended.
    case expiredCredentials
    /// There are no credentials.
    case noCredentials
    /// Too many requests, and the tries are used up.
    case throttled
    /// The input breaks the rules, by our own check or by the service's.
    case invalidInput
    /// No response came.
    case unreachable
    /// The service failed.
    case serverFault
    /// The service refuses for a reason of its own.
    case clientFault
    /// The response makes no sense.
    case garbledResponse
  }

  /// The service, by botocore's name.
  public var service: String
  /// The operation that was called.
  public var operation: String
  /// The service's code, such as `ServiceNotFoundException`, or one of ours.
  public var code: String
  /// What the service says, or what we found.
  public var message: String
  /// What a caller can do about it.
  public var kind: Kind
  /// The status of the response, where there is one.
  public var status: Int?
  /// The service's ID of the request.
  public var requestID: String?
  /// The region that was called.
  public var region: String?
  /// Whether the write may have happened all the same: then read back before trying again.
  public var mayHaveHadEffect = false
  /// The beginning of a response that is no AWS error, at most 2 KB of it.
  public var body: String?
  /// What else the service says, by the names of the error's description.
  public var details: [String: Value] = [:]

  /// An error.
  public init(
    service: String, operation: String, code: String, message: String, kind: Kind,
    status: Int? = nil, requestID: String? = nil, region: String? = nil,
    mayHaveHadEffect: Bool = false, body: String? = nil
  ) {
    self.service = service
    self.operation = operation
    self.code = code
    self.message = message
    self.kind = kind
    self.status = status
    self.requestID = requestID
    self.region = region
    self.mayHaveHadEffect = mayHaveHadEffect
    self.body = body
  }
}

extension AWSError: CustomStringConvertible {
  /// All facts in one line, for logs.
  public var description: String {
    var facts = [status.map { "status \($0)" }, region, requestID.map { "request \($0)" }]
    if mayHaveHadEffect { facts.append("may have had effect") }
    let listed = facts.compactMap { $0 }.joined(separator: ", ")
    return "\(service) \(operation): \(code): \(message)\(listed.isEmpty ? "" : " (\(listed))")"
  }
}
