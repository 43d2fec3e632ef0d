internal import Foundation

/// What is noted of a call while it runs.
struct CallRecord {
  private let call: PreparedCall
  private let start: Date
  var status: Int?
  var requestID: String?
  var tries = 0
  var throttles = 0
  var bytes = 0

  /// A call that begins.
  init(_ call: PreparedCall, start: Date) {
    self.call = call
    self.start = start
  }

  /// What is told of the call at its end.
  func trace(errorCode: String?, end: Date) -> CallTrace {
    CallTrace(
      service: call.service, operation: call.operation.name, region: call.region, status: status,
      errorCode: errorCode, requestID: requestID, tries: tries, throttles: throttles, bytes: bytes,
      seconds: max(0, end.timeIntervalSince(start)))
  }
}
