public import Foundation

/// One HTTP request, complete: what is here is what is sent.
///
/// The transport adds `Host`, `Accept`, `Accept-Encoding`, `User-Agent` and `Content-Length` where
/// they are missing; a `Content-Length` of the caller's is dropped, because it is the body's size.
public struct HTTPRequest: Sendable {
  /// The method, sent as it is written.
  public var method: String
  /// The absolute `http` or `https` URL, already percent-encoded; its path is sent as it is.
  public var url: String
  /// The header fields in order.
  public var headers: [HTTPHeader]
  /// The body; empty means none, with `Content-Length: 0` for POST, PUT and PATCH.
  public var body: Data
  /// Whether it is harmless if the server gets the request twice; nil where the method tells, which
  /// makes GET and HEAD repeatable. The connection of a request that is not repeatable may be lost
  /// when its server closes it at the wrong moment; a repeatable one is sent again on another.
  public var isRepeatable: Bool?
  /// How long connecting may take, where it differs from the transport's configuration.
  public var connectTimeout: Duration?
  /// How long the whole exchange may take, where that is less than the transport's limit.
  public var totalTimeout: Duration?

  /// A request.
  public init(
    method: String = "GET", url: String, headers: [HTTPHeader] = [], body: Data = Data(),
    isRepeatable: Bool? = nil, connectTimeout: Duration? = nil, totalTimeout: Duration? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.isRepeatable = isRepeatable
    self.connectTimeout = connectTimeout
    self.totalTimeout = totalTimeout
  }
}
