/// The scheme and host of a URL that leads to a service of credentials.
///
/// Read strictly: what two readers of URLs could read differently is refused, so that the host that
/// is checked here is the host that the transport connects to.
struct ServicePlace: Hashable {
  let isSecure: Bool
  /// In lower case; without brackets where it is an IPv6 address.
  let host: String

  /// Reads a URL; nil where it is none, or names a user.
  init?(_ url: String) {
    guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !url.contains("\\"),
      let match = url.wholeMatch(
        of: /(?i)(https?):\/\/(\[([0-9a-f:.]+)\]|[a-z0-9._\-]+)(:[0-9]{1,5})?([\/?].*)?/)
    else { return nil }
    isSecure = match.1.lowercased() == "https"
    host = (match.3 ?? match.2).lowercased()
  }

  /// Whether this is our own machine, or a service that AWS puts beside containers.
  var isNear: Bool { isLoopback || Self.containerHosts.contains(host) }

  private var isLoopback: Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { part in
        // Some readers take a leading zero for octal.
        UInt8(part) != nil && (part.count == 1 || part.first != "0") && part.first != "+"
      }
  }

  private static let containerHosts: Set = [
    "169.254.170.2", "169.254.170.23", "fd00:ec2::23",
  ]
}
