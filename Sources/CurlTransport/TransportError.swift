/// Why a request has no response. It holds no query, no header, no body and no user name.
public struct TransportError: Error, Sendable, Hashable {
  /// How far an exchange had come when its time was up.
  public enum Phase: Sendable, Hashable {
    /// Resolving the name, connecting, or agreeing on TLS.
    case connect
    /// Sending the request, or waiting for the status line.
    case firstByte
    /// Receiving headers and body.
    case body
  }

  /// What went wrong.
  public enum Code: Sendable, Hashable {
    /// The name of the server or proxy does not resolve.
    case couldNotResolve
    /// The server or proxy refuses, is unreachable, or a proxy refuses the tunnel.
    case couldNotConnect
    /// TLS could not be agreed on, or the certificate is not trusted.
    case tls
    /// Too slow: a time limit passed, or nothing moved for the stall timeout.
    case timedOut(Phase)
    /// The connection was reset or closed before the response was complete.
    case connectionLost
    /// The response exceeds the configured body limit, or 256 KiB of headers.
    case bodyTooLarge
    /// The transport was shut down before the response was complete.
    case shutDown
    /// The URL cannot be parsed, or is neither `http` nor `https`.
    case badURL
    /// Anything else: the number is libcurl's `CURLcode`.
    case other(Int)
  }

  /// What went wrong.
  public let code: Code
  /// What we were doing: method and host, with the port where the URL names one.
  public let operation: String
  /// The cause in libcurl's or the system's words.
  public let message: String
  /// Whether surely nothing of the request was sent, so that sending it again is harmless.
  public let hadNoEffect: Bool

  /// An error; without `hadNoEffect` the code alone decides whether anything can have been sent.
  public init(code: Code, operation: String, message: String, hadNoEffect: Bool? = nil) {
    self.code = code
    self.operation = operation
    self.message = message
    self.hadNoEffect = hadNoEffect ?? code.precedesSending
  }
}

extension TransportError.Code {
  /// Whether this can only happen before the first byte of the request is sent.
  var precedesSending: Bool {
    switch self {
    case .couldNotResolve, .couldNotConnect, .tls, .badURL, .timedOut(.connect): true
    case .timedOut, .connectionLost, .bodyTooLarge, .shutDown, .other: false
    }
  }
}
