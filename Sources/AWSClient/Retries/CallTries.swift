internal import CurlTransport
internal import Foundation
internal import Model

/// The tries of one call of a client, one after another.
struct CallTries: Sendable {
  /// What comes after a try.
  enum Step: Sendable {
    /// The call has ended.
    case end(Result<Value, any Error>)
    /// So many seconds, then another try.
    case pause(Double)
  }

  /// What is noted of the call.
  private(set) var record: CallRecord
  /// When the call's time is over, counted from its first turn in the line.
  private(set) var end: Date?

  private let client: AWSClient
  private let call: PreparedCall
  private let line: RateLine
  private var machine: RetryMachine
  private var settings: AWSConfiguration { client.configuration }

  /// The tries of a call, before the first.
  init(of call: PreparedCall, by client: AWSClient) {
    self.client = client
    self.call = call
    line = client.rates.line(
      service: call.service, operation: call.operation.name, region: call.endpoint.signingRegion)
    machine = RetryMachine(
      settings: client.configuration.retry, quota: client.quota, isIdempotent: call.isIdempotent)
    record = CallRecord(call, start: client.configuration.now())
    record.isElsewhere = call.region != client.configuration.region
  }

  /// Waits for its turn, and tries once.
  mutating func next() async -> Step {
    do {
      let permit = try await enter()
      let keys: Credentials
      let time: Date
      let result: Result<Value, FailedTry>
      do {
        keys = try await client.currentCredentials(for: call)
        time = settings.now().addingTimeInterval(client.clockSkew.withLock { $0 })
        result = try await send(signedBy: keys, at: time)
      } catch {
        line.leave(permit, .unknown)
        throw error
      }
      switch result {
      case .success(let output):
        line.leave(permit, .answered)
        client.quota.giveBack(machine.paid)
        return .end(.success(output))
      case .failure(let failed):
        line.leave(permit, failed.outcome)
        record.note(failed)
        return await step(after: failed, signedBy: keys, at: time)
      }
    } catch {
      return .end(.failure(error))
    }
  }

  private mutating func step(
    after failed: FailedTry, signedBy keys: Credentials, at time: Date
  ) async -> Step {
    switch machine.step(after: failed, random: settings.random(), now: time) {
    case .fail(let error):
      let now = settings.now()
      let isLate = failed.reason == .timeout && end.map { $0 <= now } == true
      return .end(.failure(isLate ? record.deadlineError(end: now) : error))
    case .wait(let seconds): return .pause(seconds)
    case .renewCredentials: await client.credentials.discard(keys)
    case .correctClock(let time):
      let skew = time.timeIntervalSince(settings.now())
      client.clockSkew.withLock { $0 = skew }
      // The clock may have jumped since the call's time began to count: it counts anew, this once.
      end = settings.callTimeout.map(settings.now().addingTimeInterval)
    }
    return .pause(0)
  }

  private mutating func enter() async throws -> RateLine.Permit {
    let arrival = settings.now()
    let permit = try await line.enter(isRetry: record.tries > 0)
    let turn = settings.now()
    record.waited += max(0, turn.timeIntervalSince(arrival))
    if end == nil { end = settings.callTimeout.map(turn.addingTimeInterval) }
    return permit
  }

  private mutating func send(
    signedBy keys: Credentials, at time: Date
  ) async throws -> Result<Value, FailedTry> {
    var request = call.signed(by: keys, at: time, keys: client.signingKeys)
    request.isRepeatable = call.isIdempotent
    // The first try is not watched, but the transport keeps the time.
    if let timeout = settings.callTimeout, .seconds(timeout) < Self.usualTimeout {
      request.totalTimeout = .seconds(timeout)
    }
    let authorization = request.headers.first { $0.isNamed("Authorization") }?.value
    let reading = ResponseReading(
      call: call, redaction: Redaction(keys, authorization: authorization))
    record.begin(request)
    do {
      let response = try await client.transport.send(request)
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

  private static let usualTimeout = CurlConfiguration().totalTimeout
}
