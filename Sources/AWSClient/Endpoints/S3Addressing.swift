/// Where S3 wants a bucket's name: before the host, or first in the path.
enum S3Addressing {
  /// The host and path of a request; a bucket leaves the path where it can stand before the host.
  static func place(
    path: String, bucket: String?, endpoint: Endpoint, usesPathStyle: Bool? = nil
  ) -> (host: String, path: String) {
    guard !(usesPathStyle ?? endpoint.isConfigured), let bucket, isHostLabel(bucket),
      !(endpoint.isConfigured && endpoint.isAddress)
    else {
      return (endpoint.host, path)
    }
    let prefix = "/\(PercentEncoding.encode(bucket))"
    guard path == prefix || path.hasPrefix(prefix + "/") else { return (endpoint.host, path) }
    let rest = path.dropFirst(prefix.count)
    return ("\(bucket).\(endpoint.host)", rest.isEmpty ? "/" : String(rest))
  }

  /// Whether a bucket's name can be one label of a host's name; with a dot in it no certificate
  /// would match.
  private static func isHostLabel(_ bucket: String) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: false
      }
    }
    let bytes = bucket.utf8
    return (3...63).contains(bytes.count) && bytes.first.map(isAlphanumeric) == true
      && bytes.last.map(isAlphanumeric) == true
      && bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }
}
