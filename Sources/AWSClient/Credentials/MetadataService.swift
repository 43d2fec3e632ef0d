internal import CurlTransport
internal import Foundation

/// Short requests to a service beside the program: of the container, or of the instance.
struct MetadataService {
  /// What it is called where its requests are told of: nothing of their paths is, which may be secret.
  let name: String
  /// Where the service is: scheme, host and port, without a slash behind.
  let base: String
  /// How long each try may take.
  let timeout: Duration
  /// How often a request is tried.
  let attempts: Int
  let context: CredentialContext

  /// The response to a request for `operation`, whatever its status. What fails at once, and 429 and
  /// 5xx, is tried again; what has used up its time is not, for it would again.
  func send(
    _ operation: String, _ path: String, method: String = "GET", headers: [HTTPHeader]
  ) async throws -> HTTPResponse {
    let request = HTTPRequest(
      method: method, url: base + path, headers: headers, connectTimeout: timeout,
      totalTimeout: timeout)
    let start = context.configuration.now()
    var tries = 0
    do {
      let response = try await send(request, &tries)
      tell(operation, tries, since: start, response, errorCode: nil)
      return response
    } catch {
      let code = error is TransportError ? "Unreachable" : "Cancelled"
      tell(operation, tries, since: start, nil, errorCode: code)
      throw error
    }
  }

  private func tell(
    _ operation: String, _ tries: Int, since start: Date, _ response: HTTPResponse?,
    errorCode: String?
  ) {
    let configuration = context.configuration
    configuration.onCall?(
      CallTrace(
        service: name, operation: operation, region: configuration.region, isElsewhere: false,
        status: response?.status, errorCode: errorCode, requestID: nil, tries: tries,
        throttles: 0, bytes: response?.body.count ?? 0, waited: 0,
        seconds: max(0, configuration.now().timeIntervalSince(start))))
  }

  private func send(_ request: HTTPRequest, _ tries: inout Int) async throws -> HTTPResponse {
    while true {
      tries += 1
      let isLast = tries >= attempts
      do {
        let response = try await context.transport.send(request)
        guard !isLast, response.status == 429 || response.status >= 500 else { return response }
      } catch let error as TransportError {
        if isLast || !error.mayPass { throw error }
      }
      try await context.configuration.sleep(context.configuration.random() * 0.5)
    }
  }
}

extension TransportError {
  /// Whether the time was up.
  var isTimeout: Bool { if case .timedOut = code { true } else { false } }

  /// What it is in few words; libcurl's own name the URL, and a URL may be secret.
  var briefly: String {
    switch code {
    case .couldNotResolve: "its name does not resolve"
    case .couldNotConnect: "the connection is refused"
    case .tls: "TLS fails"
    case .timedOut: "no answer in time"
    case .connectionLost: "the connection breaks"
    case .bodyTooLarge: "the answer is too large"
    case .shutDown: "the program is ending"
    case .badURL: "the URL is broken"
    case .other(let number): "curl error \(number)"
    }
  }

  /// Whether another try may fare better.
  fileprivate var mayPass: Bool {
    switch code {
    case .connectionLost, .other: true
    default: false
    }
  }
}
