internal import CurlTransport
internal import Foundation
internal import Model

/// Makes of a response, or of its absence, a result or a failed try.
struct ResponseReading {
  let call: PreparedCall
  let redaction: Redaction

  /// What a response holds.
  func read(_ response: HTTPResponse) -> Result<Value, FailedTry> {
    guard !call.language.isFailure(response) else { return .failure(failure(response)) }
    do {
      return .success(try call.language.output(response, call.operation, in: call.description))
    } catch let fault {
      var failed = error(
        "GarbledResponse", fault.message, .garbledResponse, response, mayHaveHadEffect: isWrite)
      failed.requestID = response.requestID
      return .failure(FailedTry(error: failed, reason: .transient))
    }
  }

  /// What it means that no response came.
  func read(_ error: TransportError) -> FailedTry {
    var failed = self.error(
      "Unreachable", "\(error.operation): \(error.message)", .unreachable, nil,
      mayHaveHadEffect: isWrite && !error.hadNoEffect)
    if case .bodyTooLarge = error.code {
      failed.code = "GarbledResponse"
      failed.kind = .garbledResponse
      return FailedTry(error: failed)
    }
    switch error.code {
    case .badURL, .shutDown: return FailedTry(error: failed)
    default: return FailedTry(error: failed, reason: .transient)
    }
  }

  private var isWrite: Bool { !call.operation.isReadOnly }

  private func failure(_ response: HTTPResponse) -> FailedTry {
    // An error in a response that began well is the service's own.
    let status = response.status < 300 ? 500 : response.status
    let said = call.language.failure(response, call.operation, in: call.description)
    let code = said.code ?? "\(response.status)"
    var failed = error(code, said.message, ErrorCodes.kind(code, status: status), response)
    failed.requestID = said.requestID
    failed.details = redaction.clean(said.members).map ?? [:]
    if said.code == nil {
      failed.body = body(response)
      if failed.message.isEmpty {
        failed.message = "status \(response.status) without an AWS error"
      }
    }
    if let region = said.region, region != call.endpoint.signingRegion,
      [301, 307, 400].contains(response.status)
    {
      failed.message = "the bucket is in region \(region), not in \(call.endpoint.signingRegion)"
      return FailedTry(error: failed)
    }
    let reason = reason(code, status)
    failed.mayHaveHadEffect =
      isWrite && reason != .throttle && Self.isAmbiguous(code, status)
    return FailedTry(
      error: failed, reason: reason, retryAfter: FailedTry.retryAfter(response),
      serverTime: ErrorCodes.clock.contains(code)
        ? response.header("date").flatMap { Timestamp.date($0) } : nil)
  }

  /// Whether such a failure can come after the work was done. 501 and 503 come before it.
  private static func isAmbiguous(_ code: String, _ status: Int) -> Bool {
    ErrorCodes.transient.contains(code) || (status >= 500 && status != 501 && status != 503)
  }

  private func reason(_ code: String, _ status: Int) -> RetryReason? {
    if ErrorCodes.throttling.contains(code) || ErrorCodes.ambiguous.contains(code) {
      return .throttle
    }
    let described = call.operation.errors.lazy
      .compactMap { call.description.shape(of: $0).error }.first { $0.code == code }
    switch described?.retry {
    case .throttling: return .throttle
    case .transient: return .transient
    case nil: break
    }
    if status == 429 { return .throttle }
    let isTransient =
      ErrorCodes.transient.contains(code) || ErrorCodes.transientStatuses.contains(status)
    return isTransient ? .transient : nil
  }

  private func error(
    _ code: String, _ message: String, _ kind: AWSError.Kind, _ response: HTTPResponse?,
    mayHaveHadEffect: Bool = false
  ) -> AWSError {
    AWSError(
      service: call.service, operation: call.operation.name, code: shown(code),
      message: shown(message), kind: kind, status: response?.status, region: call.region,
      mayHaveHadEffect: mayHaveHadEffect)
  }

  private func shown(_ text: String) -> String { String(redaction.clean(text).prefix(2048)) }

  private func body(_ response: HTTPResponse) -> String? {
    guard !response.body.isEmpty else { return nil }
    // Cleaned first: a secret that the cut goes through would not be recognized.
    let clean = redaction.clean(String(decoding: response.body.prefix(1 << 16), as: UTF8.self))
    return String(decoding: clean.utf8.prefix(2048), as: UTF8.self)
  }
}
