internal import CurlTransport
internal import Foundation
internal import Model

/// A call that no credentials sign: it carries its proof in its input.
struct UnsignedCall {
  let service: String
  let operation: String
  let input: [String: Value]
  /// What of the input nobody may see, at most three.
  let secrets: [String]

  /// Sends the call, again where that makes sense, and gives the output.
  ///
  /// - Throws: `AWSError`, with nothing secret in it, or `CancellationError`.
  func output(region: String, _ context: CredentialContext) async throws -> Value {
    let configuration = context.configuration
    let call = try PreparedCall(
      service: service, operation: operation, input: .map(input), region: region,
      catalog: ServiceCatalog(), configuration: configuration)
    var record = CallRecord(call, start: configuration.now())
    do {
      let output = try await run(call, &record, context)
      configuration.onCall?(record.trace(errorCode: nil, end: configuration.now()))
      return output
    } catch {
      let code = (error as? AWSError)?.code ?? "Cancelled"
      configuration.onCall?(record.trace(errorCode: code, end: configuration.now()))
      throw error
    }
  }

  private func run(
    _ call: PreparedCall, _ record: inout CallRecord, _ context: CredentialContext
  ) async throws -> Value {
    let configuration = context.configuration
    var machine = RetryMachine(
      settings: configuration.retry, quota: RetryQuota(), isIdempotent: call.isIdempotent)
    var request = request(call)
    let end = configuration.callTimeout.map(record.start.addingTimeInterval)
    while true {
      if let end {
        request.totalTimeout = .seconds(max(0, end.timeIntervalSince(configuration.now())))
      }
      let failed: FailedTry
      switch try await send(request, call, &record, context) {
      case .success(let output): return output
      case .failure(let failure): failed = failure
      }
      if failed.error.kind == .throttled { record.throttles += 1 }
      switch machine.step(
        after: failed, random: configuration.random(), now: configuration.now())
      {
      case .wait(let seconds)
      where end.map { configuration.now().addingTimeInterval(seconds) < $0 } ?? true:
        try await configuration.sleep(seconds)
      case .wait, .fail, .renewCredentials, .correctClock:
        var error = failed.error
        // What is no AWS error may hold anything, even what was asked for.
        error.body = nil
        throw error
      }
    }
  }

  private func request(_ call: PreparedCall) -> HTTPRequest {
    let query = call.request.encodedQuery
    let url = "\(call.endpoint.scheme)://\(call.host)\(call.path)"
    return HTTPRequest(
      method: call.request.method, url: query.isEmpty ? url : "\(url)?\(query)",
      headers: call.request.headers + [HTTPHeader(name: "Host", value: call.host)],
      body: call.request.body)
  }

  private func send(
    _ request: HTTPRequest, _ call: PreparedCall, _ record: inout CallRecord,
    _ context: CredentialContext
  ) async throws -> Result<Value, FailedTry> {
    let reading = ResponseReading(call: call, redaction: redaction)
    record.tries += 1
    record.bytes += request.body.count
    do {
      let response = try await context.transport.send(request)
      record.bytes += response.body.count
      record.status = response.status
      record.requestID = response.requestID
      return reading.read(response)
    } catch let error as TransportError {
      record.status = nil
      return .failure(reading.read(error))
    }
  }

  private var redaction: Redaction {
    func secret(_ index: Int) -> String { secrets.indices.contains(index) ? secrets[index] : "" }
    return Redaction(
      Credentials(
        accessKeyID: secret(0), secretAccessKey: secret(1), sessionToken: secret(2)),
      authorization: nil)
  }
}
