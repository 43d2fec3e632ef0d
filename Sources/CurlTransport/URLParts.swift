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
    guard !url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }),
      let parser = unsafe curl_url()
    else { return nil }
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

private func part(_ part: CURLUPart, of parser: OpaquePointer) -> String? {
  var text: UnsafeMutablePointer<CChar>?
  guard unsafe curl_url_get(parser, part, &text, 0) == CURLUE_OK, let text = unsafe text else {
    return nil
  }
  defer { unsafe curl_free(text) }
  return unsafe String(cString: text)
}
