internal import CurlTransport
internal import Foundation
internal import Model

/// A call that has ended: with what, and what was noted of it.
struct EndedCall: Sendable {
  let result: Result<Value, any Error>
  let record: CallRecord

  /// What it failed with.
  var error: (any Error)? {
    if case .failure(let error) = result { error } else { nil }
  }
}

extension AWSClient {
  /// Tries a call until it succeeds, cannot be tried again, or its time is over.
  func end(of call: PreparedCall) async -> EndedCall {
    guard configuration.callTimeout != nil || configuration.deadline != nil else {
      return await tries(of: call, deadline: nil)
    }
    return await CallDeadline.during(deadlines, until: configuration.deadline) { deadline in
      await self.tries(of: call, deadline: deadline)
    }
  }

  private func tries(of call: PreparedCall, deadline: CallDeadline?) async -> EndedCall {
    var record = CallRecord(call, start: configuration.now())
    record.isElsewhere = call.region != configuration.region
    do {
      if let end = configuration.deadline, end <= record.start {
        throw record.deadlineError(end: record.start)
      }
      let output = try await run(call, &record, deadline: deadline)
      return EndedCall(result: .success(output), record: record)
    } catch {
      let isLate = error is CancellationError && deadline?.isOver == true
      let shown = isLate ? record.deadlineError(end: configuration.now()) : error
      return EndedCall(result: .failure(shown), record: record)
    }
  }

  private func run(
    _ call: PreparedCall, _ record: inout CallRecord, deadline: CallDeadline?
  ) async throws -> Value {
    let line = rates.line(
      service: call.service, operation: call.operation.name, region: call.endpoint.signingRegion)
    var machine = RetryMachine(
      settings: configuration.retry, quota: quota, isIdempotent: call.isIdempotent)
    while true {
      let permit = try await enter(line, &record, deadline: deadline)
      let keys: Credentials
      let time: Date
      let result: Result<Value, FailedTry>
      do {
        keys = try await currentCredentials(for: call)
        time = configuration.now().addingTimeInterval(clockSkew.withLock { $0 })
        result = try await send(call, keys, at: time, &record)
      } catch {
        line.leave(permit, .unknown)
        throw error
      }
      let failed: FailedTry
      switch result {
      case .success(let output):
        line.leave(permit, .answered)
        quota.giveBack(machine.paid)
        return output
      case .failure(let failure):
        line.leave(permit, failure.outcome)
        record.note(failure)
        failed = failure
      }
      switch machine.step(after: failed, random: configuration.random(), now: time) {
      case .fail(let error): throw error
      case .wait(let seconds): try await configuration.sleep(seconds)
      case .renewCredentials: await credentials.discard(keys)
      case .correctClock(let time):
        let skew = time.timeIntervalSince(configuration.now())
        clockSkew.withLock { $0 = skew }
      }
    }
  }

  private func enter(
    _ line: RateLine, _ record: inout CallRecord, deadline: CallDeadline?
  ) async throws -> RateLine.Permit {
    let arrival = configuration.now()
    let permit = try await line.enter(isRetry: record.tries > 0)
    let turn = configuration.now()
    record.waited += max(0, turn.timeIntervalSince(arrival))
    if record.tries == 0, let timeout = configuration.callTimeout {
      deadline?.add(turn.addingTimeInterval(timeout))
    }
    return permit
  }

  private func send(
    _ call: PreparedCall, _ keys: Credentials, at time: Date, _ record: inout CallRecord
  ) async throws -> Result<Value, FailedTry> {
    var request = call.signed(by: keys, at: time)
    request.isRepeatable = call.isIdempotent
    let authorization = request.headers.first { $0.isNamed("Authorization") }?.value
    let reading = ResponseReading(
      call: call, redaction: Redaction(keys, authorization: authorization))
    record.begin(request)
    do {
      let response = try await transport.send(request)
      record.end(response)
      return reading.read(response).mapError { $0.withCause() }
    } catch let error as TransportError {
      record.end(nil)
      return .failure(reading.read(error).withCause(error))
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      record.end(nil)
      let unknown = TransportError(
        code: .connectionLost, operation: call.request.method, message: "\(type(of: error))")
      return .failure(reading.read(unknown))
    }
  }

  private func currentCredentials(for call: PreparedCall) async throws -> Credentials {
    do {
      return try await credentials.credentials(
        CredentialContext(configuration: configuration, transport: transport))
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
