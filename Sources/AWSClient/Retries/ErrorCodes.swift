/// What the codes of AWS's errors mean.
enum ErrorCodes {
  /// Codes of too many requests, as all official SDKs have them.
  static let throttling: Set<String> = [
    "BandwidthLimitExceeded", "EC2ThrottledException", "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
    "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling",
    "ThrottlingException", "TooManyRequestsException", "TransactionInProgressException",
  ]

  /// A throttle in some services and a full quota in others: tried again, but not called a throttle.
  static let ambiguous: Set<String> = ["LimitExceededException"]

  /// Codes of failures that may pass at once. The work may have been done.
  static let transient: Set<String> = [
    "IDPCommunicationError", "RequestTimeout", "RequestTimeoutException",
  ]

  /// Codes of a service that was refused by another one, which it quotes: it may be a throttle.
  static let secondHand: Set<String> = ["FailedResourceAccessException"]

  /// Statuses of failures that may pass at once.
  static let transientStatuses: Set<Int> = [500, 502, 503, 504]

  /// Codes of a signature whose time does not agree with the server's clock.
  static let clock: Set<String> = [
    "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture",
    "RequestTimeTooSkewed", "SignatureDoesNotMatch",
  ]

  private static let expired: Set<String> = [
    "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired",
  ]

  private static let denied: Set<String> = [
    "AuthFailure", "AuthorizationError", "AuthorizationErrorException", "InvalidAccessKeyId",
    "InvalidClientTokenId", "InvalidSignatureException", "MissingAuthenticationToken",
    "NotAuthorized", "OptInRequired", "RequestExpired", "SignatureDoesNotMatch",
    "UnauthorizedException", "UnauthorizedOperation", "UnrecognizedClientException",
  ]

  private static let invalid: Set<String> = [
    "MalformedInput", "MalformedPolicyDocument", "MalformedQueryString", "MalformedXML",
    "MissingParameter", "SerializationException", "ValidationError", "ValidationException",
  ]

  /// What kind of failure a service's answer is.
  static func kind(_ code: String, status: Int) -> AWSError.Kind {
    if throttling.contains(code) || status == 429 { return .throttled }
    if expired.contains(code) { return .expiredCredentials }
    if denied.contains(code) || code.hasPrefix("AccessDenied") { return .accessDenied }
    if code.contains("NotFound") || code.hasPrefix("NoSuch") { return .notFound }
    if invalid.contains(code) || code.hasPrefix("InvalidParameter") { return .invalidInput }
    switch status {
    case 500...: return .serverFault
    case 404: return .notFound
    case 401, 403: return .accessDenied
    default: return .clientFault
    }
  }
}
