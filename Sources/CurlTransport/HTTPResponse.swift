public import Foundation

/// One complete HTTP response, whatever its status.
public struct HTTPResponse: Sendable {
  /// The status code of the final response (never 1xx).
  public var status: Int
  /// The header fields of the final response in order.
  public var headers: [HTTPHeader]
  /// The body, decompressed; `Content-Encoding` and `Content-Length` still tell of the wire.
  public var body: Data
  /// The protocol that was spoken: `HTTP/1.1`, `HTTP/2`.
  public var httpVersion: String

  /// A response; fakes make their own.
  public init(
    status: Int, headers: [HTTPHeader] = [], body: Data = Data(), httpVersion: String = "HTTP/1.1"
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.httpVersion = httpVersion
  }

  /// The value of the first header with this name, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.isNamed(name) }?.value
  }
}
