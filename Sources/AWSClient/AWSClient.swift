public import CurlTransport
internal import Foundation
public import Model

/// Calls AWS's services: an operation is data from API descriptions, an input and an output a `Value`.
///
/// Numbers are exact, times are seconds since 1970, bytes are `.bytes`. Members that a description
/// does not know are kept in outputs and sent in inputs, so that what is read can be changed and
/// written back whole. Every failure is an `AWSError`, or `CancellationError`.
public final class AWSClient: Sendable {
  private let configuration: AWSConfiguration
  private let transport: any HTTPTransport
  private let catalog = ServiceCatalog()
  private let credentials: CredentialCache
  private let quota = RetryQuota()
  /// How far the server's clock is ahead of ours, in seconds.
  private let clockSkew = Locked(0.0)
  private let counted = Locked(RequestStatistics())

  /// A client; nothing is read or sent before the first call.
  public init(configuration: AWSConfiguration, transport: any HTTPTransport) {
    self.configuration = configuration
    self.transport = transport
    credentials = CredentialCache(configuration.credentials)
  }

  /// What has been sent so far.
  public var statistics: RequestStatistics { counted.withLock { $0 } }

  /// Calls an operation of a service; `service` is botocore's name, such as `ecs`.
  public func call(
    _ service: String, _ operation: String, _ input: Value = [:], region: String? = nil
  ) async throws -> Value {
    try Task.checkCancellation()
    let call = try PreparedCall(
      service: service, operation: operation, input: input,
      region: region ?? configuration.region, catalog: catalog, configuration: configuration)
    var record = CallRecord(call, start: configuration.now())
    do {
      let output = try await run(call, &record)
      finish(record, errorCode: nil)
      return output
    } catch {
      finish(record, errorCode: (error as? AWSError)?.code ?? "Cancelled")
      throw error
    }
  }

  /// Calls an operation for every page, and gives the elements of the output's `items` of all pages;
  /// `items` may be a path: `DistributionList.Items`.
  public func all(
    _ service: String, _ operation: String, _ input: Value = [:], items: String,
    region: String? = nil
  ) async throws -> [Value] {
    var walk = PageWalk(
      service: service, operation: operation, in: catalog.description(of: service))
    var found: [Value] = []
    var next: Value? = input
    while let page = next {
      let output = try await call(service, operation, page, region: region)
      found += OutputPath(items).value(in: output)?.list ?? []
      next = try walk.input(after: output, of: page)
    }
    return found
  }

  /// Who AWS says is calling.
  public func callerIdentity() async throws -> (account: String, arn: String) {
    let identity = try await call("sts", "GetCallerIdentity")
    guard let account = identity["Account"]?.string, let arn = identity["Arn"]?.string else {
      throw AWSError(
        service: "sts", operation: "GetCallerIdentity", code: "GarbledResponse",
        message: "the response names no account", kind: .garbledResponse)
    }
    return (account, arn)
  }

  private func run(_ call: PreparedCall, _ record: inout CallRecord) async throws -> Value {
    var machine = RetryMachine(
      settings: configuration.retry, quota: quota, isIdempotent: call.isIdempotent)
    while true {
      let keys = try await currentCredentials(for: call)
      let now = configuration.now().addingTimeInterval(clockSkew.withLock { $0 })
      let failed: FailedTry
      switch try await send(call.signed(by: keys, at: now), call, keys, &record) {
      case .success(let output):
        quota.giveBack(machine.paid)
        return output
      case .failure(let failure): failed = failure
      }
      if failed.error.kind == .throttled { record.throttles += 1 }
      switch machine.step(after: failed, random: configuration.random(), now: now) {
      case .fail(let error): throw error
      case .wait(let seconds): try await configuration.sleep(seconds)
      case .renewCredentials: await credentials.discard(keys)
      case .correctClock(let time):
        let skew = time.timeIntervalSince(configuration.now())
        clockSkew.withLock { $0 = skew }
      }
    }
  }

  private func send(
    _ request: HTTPRequest, _ call: PreparedCall, _ keys: Credentials, _ record: inout CallRecord
  ) async throws -> Result<Value, FailedTry> {
    let authorization = request.headers.first { $0.isNamed("Authorization") }?.value
    let reading = ResponseReading(
      call: call, redaction: Redaction(keys, authorization: authorization))
    record.tries += 1
    record.bytes += request.body.count
    do {
      let response = try await transport.send(request)
      record.bytes += response.body.count
      record.status = response.status
      record.requestID = response.requestID
      return reading.read(response)
    } catch let error as TransportError {
      record.status = nil
      return .failure(reading.read(error))
    } catch is CancellationError {
      throw CancellationError()
    } catch {
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

  private func finish(_ record: CallRecord, errorCode: String?) {
    let trace = record.trace(errorCode: errorCode, end: configuration.now())
    counted.withLock { $0.count(trace) }
    configuration.onCall?(trace)
  }
}
