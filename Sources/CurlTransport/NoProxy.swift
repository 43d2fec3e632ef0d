/// The hosts that are reached without a proxy, as people write them in `NO_PROXY`.
///
/// libcurl knows names (which stand for what is below them too, with or without a leading dot),
/// addresses and CIDR blocks. It knows `*` only where it stands alone, and takes a prefix of no bits
/// for a whole address. Ports, `*.` and brackets are understood here, too.
enum NoProxy {
  /// The list for libcurl, of the entries that hold for a port.
  static func list(_ text: String, port: Int) -> String {
    guard !text.isEmpty else { return text }
    let hosts = text.split { $0 == "," || $0.isWhitespace }.compactMap { host(in: $0, port: port) }
    if hosts.contains("*") { return "*" }
    return hosts.map { $0 == "0.0.0.0/0" ? "0.0.0.0/1,128.0.0.0/1" : $0 }.joined(separator: ",")
  }

  /// The host of an entry; nil where the entry is about another port.
  private static func host(in entry: Substring, port: Int) -> Substring? {
    var host = entry
    if let colon = entry.lastIndex(of: ":"), let number = Int(entry[entry.index(after: colon)...]),
      entry[..<colon].last == "]" || !entry[..<colon].contains(":")
    {
      guard number == port else { return nil }
      host = entry[..<colon]
    }
    if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
    return host.hasPrefix("*.") ? host.dropFirst() : host
  }
}
