internal import CurlTransport
internal import Foundation

/// One try of a call that failed, and what can be done about it.
struct FailedTry: Error {
  var error: AWSError
  /// Why another try may help, or nil where it cannot.
  var reason: RetryReason?
  /// How long the server asks to wait, in seconds.
  var retryAfter: Double?
  /// The server's clock, where the failure is about time.
  var serverTime: Date?
}

extension FailedTry {
  /// How long a response asks to wait: `x-amz-retry-after` in milliseconds, `Retry-After` in
  /// seconds or as a time, which is one of the server's clock (RFC 9110, 10.2.3).
  static func retryAfter(_ response: HTTPResponse) -> Double? {
    let milliseconds = response.header("x-amz-retry-after").flatMap(Double.init)
    let asked = response.header("retry-after")
    let seconds =
      milliseconds.map { $0 / 1000 } ?? asked.flatMap(Double.init)
      ?? asked.flatMap { Timestamp.date($0) }.flatMap { end in
        response.header("date").flatMap { Timestamp.date($0) }.map(end.timeIntervalSince)
      }
    return seconds.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }

  /// The same, where the cause is one that only the whole failure shows.
  func withCause(_ transport: TransportError? = nil) -> FailedTry {
    var failed = self
    if case .timedOut = transport?.code, reason == .transient { failed.reason = .timeout }
    // Application Auto Scaling reads alarms for DescribeScalingPolicies, and is throttled then.
    if ErrorCodes.secondHand.contains(error.code), error.message.contains("Rate exceeded") {
      failed.error.kind = .throttled
      failed.reason = .throttle
    }
    return failed
  }

  /// What it tells about the rate.
  var outcome: RateLine.Outcome {
    if error.kind == .throttled { return .throttled }
    return error.status == nil ? .unknown : .answered
  }
}
