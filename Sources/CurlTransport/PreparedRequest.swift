internal import CCurl
internal import Foundation

/// A request that has been checked and put in the form that libcurl takes.
struct PreparedRequest: Sendable {
  /// The method.
  let method: String
  /// The URL.
  let url: String
  /// Whether the URL is `https`.
  let isSecure: Bool
  /// The port that it goes to.
  let port: Int
  /// Whether it may be sent again after it may have had an effect.
  let isRepeatable: Bool
  /// The header lines in libcurl's notation: `Name: value`, `Name;` for an empty value, and `Name:`
  /// to leave out what libcurl would add.
  let headerLines: [String]
  /// The body.
  let body: Data
  /// Whether a body is sent, be it an empty one.
  let sendsBody: Bool
  /// The request's own limit for connecting.
  let connectTimeout: Duration?
  /// The request's own limit for everything.
  let totalTimeout: Duration?
  private let authority: String

  /// Checks a request, so that nothing in it can end a line early or stop libcurl.
  init(_ request: HTTPRequest, servers: KnownServers) throws(TransportError) {
    guard isToken(request.method) else {
      throw malformed("the method is not a token", operation: "HTTP request")
    }
    guard let parts = servers.parts(of: request.url) else {
      throw TransportError(
        code: .badURL, operation: request.method, message: "not an absolute http or https URL")
    }
    authority = parts.authority
    method = request.method
    if request.method == "HEAD", !request.body.isEmpty {
      throw malformed("HEAD has no body", operation: describe(method, authority))
    }
    for header in request.headers {
      guard isToken(header.name), isLine(header.value) else {
        throw malformed(
          "a header's name or value has forbidden characters",
          operation: describe(method, authority))
      }
    }
    url = request.url
    isSecure = parts.isSecure
    port = parts.port
    isRepeatable = request.isRepeatable ?? ["GET", "HEAD"].contains(request.method)
    body = request.body
    sendsBody = !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method)
    headerLines = lines(request.headers, sendsBody: sendsBody)
    connectTimeout = request.connectTimeout
    totalTimeout = request.totalTimeout
  }

  /// Method and host, for errors.
  var operation: String {
    describe(method, authority)
  }

  /// The response with its body decompressed, if it is compressed as we have offered to take it.
  func decompressed(_ response: HTTPResponse, limit: Int) throws(TransportError) -> HTTPResponse {
    let encoding = response.header("Content-Encoding")?.lowercased()
    guard encoding == "gzip" || encoding == "x-gzip", !response.body.isEmpty else {
      return response
    }
    do {
      var response = response
      response.body = try Gzip.decompress(response.body, limit: limit)
      return response
    } catch {
      throw TransportError(
        code: error == .tooLarge ? .bodyTooLarge : .other(Int(CURLE_BAD_CONTENT_ENCODING.rawValue)),
        operation: operation, message: error.message)
    }
  }

  /// The error of a request that the transport's end cuts off.
  func shutDownError(hadNoEffect: Bool) -> TransportError {
    TransportError(
      code: .shutDown, operation: operation, message: "the transport was shut down",
      hadNoEffect: hadNoEffect)
  }
}

private func describe(_ method: String, _ authority: String) -> String {
  "\(method) \(authority)"
}

private func malformed(_ message: String, operation: String) -> TransportError {
  TransportError(
    code: .other(Int(CURLE_BAD_FUNCTION_ARGUMENT.rawValue)), operation: operation,
    message: message, hadNoEffect: true)
}

private func lines(_ headers: [HTTPHeader], sendsBody: Bool) -> [String] {
  var lines: [String] = []
  lines.reserveCapacity(headers.count + 3)
  for header in headers where !header.isNamed("Content-Length") {
    let isBlank = header.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    lines.append(isBlank ? header.name + ";" : "\(header.name): \(header.value)")
  }
  // A line, not libcurl's option, which would also decompress: without a limit.
  if !headers.contains(where: { $0.isNamed("Accept-Encoding") }) {
    lines.append("Accept-Encoding: gzip")
  }
  if !headers.contains(where: { $0.isNamed("Expect") }) { lines.append("Expect:") }
  if sendsBody, !headers.contains(where: { $0.isNamed("Content-Type") }) {
    lines.append("Content-Type:")
  }
  return lines
}

/// Whether the text is a token of RFC 9110, as methods and header names are.
private func isToken(_ text: String) -> Bool {
  !text.isEmpty
    && text.utf8.span.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
        true
      default: "!#$%&'*+.^_`|~".utf8.contains(byte)
      }
    }
}

/// Whether nothing in the text ends a line.
private func isLine(_ text: String) -> Bool {
  text.utf8.span.allSatisfy { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
}

extension Span<UInt8> {
  /// Whether all bytes are as they should be. Each byte of each request comes by here, and going
  /// through strings takes five times as long.
  func allSatisfy(_ isFine: (UInt8) -> Bool) -> Bool {
    for index in indices where !isFine(self[index]) { return false }
    return true
  }
}
