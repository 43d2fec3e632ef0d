internal import CurlTransport
internal import Foundation
internal import Model

/// A call that has ended: with what, and what was noted of it.
struct EndedCall: Sendable {
  /// What it ended with.
  let result: Result<Value, any Error>
  /// What was noted of it.
  let record: CallRecord

  /// What it failed with.
  var error: (any Error)? {
    if case .failure(let error) = result { error } else { nil }
  }
}

extension AWSClient {
  /// Tries a call until it succeeds, cannot be tried again, or its time is over.
  ///
  /// Only what follows a failure is watched for the call's timeout, because watching costs a task,
  /// which a small call would feel. A command's deadline is watched from the beginning.
  func end(of call: PreparedCall) async -> EndedCall {
    var tries = CallTries(of: call, by: self)
    var step = CallTries.Step.pause(0)
    if let deadline = configuration.deadline {
      guard configuration.now() < deadline else {
        let late = tries.record.deadlineError(end: configuration.now())
        return EndedCall(result: .failure(late), record: tries.record)
      }
    } else {
      step = await tries.next()
    }
    switch step {
    case .end(let result): return EndedCall(result: result, record: tries.record)
    case .pause(let seconds):
      guard let end = tries.end ?? configuration.deadline else {
        return await rest(of: tries, pause: seconds)
      }
      return await CallDeadline.during(deadlines, until: end) { [tries] deadline in
        await self.rest(of: tries, pause: seconds, deadline: deadline)
      }
    }
  }

  private func rest(
    of tries: CallTries, pause: Double, deadline: CallDeadline? = nil
  ) async -> EndedCall {
    var tries = tries
    var step = CallTries.Step.pause(pause)
    do {
      while case .pause(let seconds) = step {
        let now = configuration.now()
        if let end = tries.end, now.addingTimeInterval(seconds) >= end {
          step = .end(.failure(tries.record.deadlineError(end: now)))
          break
        }
        if seconds > 0 { try await configuration.sleep(seconds) }
        let isFirst = tries.end == nil
        step = await tries.next()
        if isFirst, let end = tries.end { deadline?.add(end) }
      }
    } catch {
      step = .end(.failure(error))
    }
    guard case .end(let result) = step else { preconditionFailure("a call ends") }
    if case .failure(let error) = result, error is CancellationError, deadline?.isOver == true {
      let late = tries.record.deadlineError(end: configuration.now())
      return EndedCall(result: .failure(late), record: tries.record)
    }
    return EndedCall(result: result, record: tries.record)
  }

  /// Credentials for a call.
  ///
  /// - Throws: `AWSError`, `CancellationError`.
  func currentCredentials(for call: PreparedCall) async throws -> Credentials {
    do {
      return try await credentials.credentials(credentialContext)
    } catch let error as AWSError {
      throw error
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      let (code, message) =
        switch error {
        case let none as NoCredentials: ("NoCredentials", none.message)
        case let fault as CredentialFault:
          ("InvalidCredentials", "\(fault.provider): \(fault.message)")
        default: ("InvalidCredentials", "credentials cannot be had: \(type(of: error))")
        }
      throw AWSError(
        service: call.service, operation: call.operation.name, code: code, message: message,
        kind: .noCredentials, region: call.region)
    }
  }
}
