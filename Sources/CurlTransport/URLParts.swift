internal import CCurl

/// What errors and options need to know of a URL, as libcurl itself parses it.
struct URLParts: Equatable {
  /// Host, in brackets where it is an IPv6 address, with the port where the URL names one; no user.
  let authority: String
  /// Whether the scheme is `https`.
  let isSecure: Bool
  /// The port, be it the scheme's own.
  let port: Int

  /// The parts of an absolute `http` or `https` URL; nil for anything else.
  init?(_ url: String) {
    guard isPlain(url), let parser = unsafe curl_url() else { return nil }
    defer { unsafe curl_url_cleanup(parser) }
    guard unsafe curl_url_set(parser, CURLUPART_URL, url, 0) == CURLUE_OK,
      let scheme = unsafe part(CURLUPART_SCHEME, of: parser),
      let host = unsafe part(CURLUPART_HOST, of: parser), !host.isEmpty,
      scheme == "http" || scheme == "https"
    else { return nil }
    isSecure = scheme == "https"
    port =
      unsafe part(CURLUPART_PORT, of: parser).flatMap { Int($0) } ?? (isSecure ? 443 : 80)
    authority = unsafe part(CURLUPART_PORT, of: parser).map { "\(host):\($0)" } ?? host
  }
}

/// The parts of URLs that were asked for before. Most go to few servers, and to parse one costs as
/// much as to read a small response.
final class KnownServers: Sendable {
  /// More are not kept; then all are parsed anew.
  private static let capacity = 256

  private let known = Locked<[Substring: URLParts]>([:])

  /// The parts of an absolute `http` or `https` URL; nil for anything else.
  func parts(of url: String) -> URLParts? {
    guard let server = Self.server(of: url), isPlain(url) else { return URLParts(url) }
    if let parts = known.withLock({ $0[server] }) { return parts }
    guard let parts = URLParts(url) else { return nil }
    known.withLock { known in
      if known.count >= Self.capacity { known = [:] }
      known[server] = parts
    }
    return parts
  }

  /// What stands before a URL's path; nil where there is no path.
  private static func server(of url: String) -> Substring? {
    var slashes = 0
    let end = url.utf8.firstIndex { byte in
      if byte == UInt8(ascii: "/") { slashes += 1 }
      return slashes == 3 || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }
    guard let end, slashes == 3 else { return nil }
    return url[..<end]
  }
}

/// Whether a URL has neither spaces nor control characters.
private func isPlain(_ url: String) -> Bool {
  url.utf8.span.allSatisfy { $0 > 0x20 && $0 != 0x7F }
}

private func part(_ part: CURLUPart, of parser: OpaquePointer) -> String? {
  var text: UnsafeMutablePointer<CChar>?
  guard unsafe curl_url_get(parser, part, &text, 0) == CURLUE_OK, let text = unsafe text else {
    return nil
  }
  defer { unsafe curl_free(text) }
  return unsafe String(cString: text)
}
