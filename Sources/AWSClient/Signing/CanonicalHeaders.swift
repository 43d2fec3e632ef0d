internal import CurlTransport

/// The header fields that a signature covers, in the form it covers them.
struct CanonicalHeaders {
  /// One line a field, sorted, each ending in a newline.
  let lines: String
  /// The fields' names, between semicolons.
  let names: String

  /// Proxies and clients change these on the way.
  private static let unsigned: Set<String> = [
    "authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id",
  ]

  /// Brings header fields into canonical form: lower case, single spaces, repeated ones in one.
  init(_ headers: [HTTPHeader]) {
    var values: [String: [String]] = [:]
    for header in headers {
      let name = header.name.lowercased()
      guard !Self.unsigned.contains(name) else { continue }
      values[name, default: []].append(Self.trimmed(header.value))
    }
    let sorted = values.sorted { $0.key < $1.key }
    lines = sorted.map { "\($0.key):\($0.value.joined(separator: ","))\n" }.joined()
    names = sorted.map(\.key).joined(separator: ";")
  }

  /// A value without space around it, and with single spaces inside. Only ASCII's spaces count:
  /// others are text like any other.
  private static func trimmed(_ value: String) -> String {
    // Most values are as they should be.
    var isInside = true
    let isTrim = value.utf8.allSatisfy { byte in
      let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
      defer { isInside = isSpace }
      return byte == 0x20 ? !isInside : !isSpace
    }
    if isTrim, value.utf8.last != 0x20 { return value }
    let words = value.utf8.split { byte in byte == 0x20 || (0x09...0x0D).contains(byte) }
    return words.map { String(Substring($0)) }.joined(separator: " ")
  }
}
