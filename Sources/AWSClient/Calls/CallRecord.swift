internal import CurlTransport
internal import Foundation

/// What is noted of a call while it runs.
struct CallRecord {
  private let call: PreparedCall
  /// When the call began.
  let start: Date
  /// How long it has waited for its turn, in seconds.
  var waited = 0.0
  /// How many requests were sent.
  var tries = 0
  /// How many of them were throttled.
  var throttles = 0
  /// Bytes of bodies, sent and received.
  var bytes = 0
  /// The status of the last response; nil where there was none.
  var status: Int?
  /// The service's ID of the last request.
  var requestID: String?
  /// Whether the region is another than the client's own.
  var isElsewhere = false
  /// Whether a request is under way.
  private var isSending = false
  private var lastFailure: AWSError?
  private var mayHaveHadEffect = false

  /// A call that begins.
  init(_ call: PreparedCall, start: Date) {
    self.call = call
    self.start = start
  }

  /// Notes a request that is sent.
  mutating func begin(_ request: HTTPRequest) {
    tries += 1
    bytes += request.body.count
    isSending = true
  }

  /// Notes the response, or that there is none.
  mutating func end(_ response: HTTPResponse?) {
    isSending = false
    bytes += response?.body.count ?? 0
    status = response?.status
    requestID = response?.requestID
  }

  /// Notes what a try failed with.
  mutating func note(_ failed: FailedTry) {
    if failed.error.kind == .throttled { throttles += 1 }
    mayHaveHadEffect = mayHaveHadEffect || failed.error.mayHaveHadEffect
    lastFailure = failed.error
  }

  /// What a call fails with whose time is over.
  func deadlineError(end: Date) -> AWSError {
    let seconds = max(0, end.timeIntervalSince(start))
    let time = seconds < 10 ? (seconds * 10).rounded() / 10 : seconds.rounded()
    let shown = time == time.rounded() ? String(Int(time)) : String(time)
    var message =
      tries == 0
      ? "the time was over before it was sent"
      : "not done within \(shown) s, in \(tries == 1 ? "1 try" : "\(tries) tries")"
    if let lastFailure { message += "; before: \(lastFailure.code): \(lastFailure.message)" }
    // A request that is cut off may arrive nevertheless.
    return AWSError(
      service: call.service, operation: call.operation.name,
      code: tries == 0 ? "DeadlinePassed" : "DeadlineExceeded",
      message: message, kind: lastFailure?.kind ?? .unreachable, region: call.region,
      mayHaveHadEffect: mayHaveHadEffect || isSending && !call.operation.isReadOnly)
  }

  /// What is told of the call at its end.
  func trace(errorCode: String?, end: Date) -> CallTrace {
    CallTrace(
      service: call.service, operation: call.operation.name, region: call.region,
      isElsewhere: isElsewhere, status: status, errorCode: errorCode,
      requestID: requestID, tries: tries, throttles: throttles, bytes: bytes, waited: waited,
      seconds: max(0, end.timeIntervalSince(start)))
  }
}
