/// Carries one request to its server and brings back the response: no redirects, no retries but of
/// a repeatable request whose connection was closed before any answer.
public protocol HTTPTransport: Sendable {
  /// Sends the request and waits for the whole response.
  ///
  /// Throws `TransportError` where there is no response, and `CancellationError` at once when the
  /// calling task is cancelled; a cancelled request may still have had its effect on the server.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
