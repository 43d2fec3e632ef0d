internal import CurlTransport

/// The header fields that a signature covers, in the form it covers them.
struct CanonicalHeaders {
  /// One line a field, sorted, each ending in a newline.
  private(set) var lines: [UInt8] = []
  /// The fields' names, between semicolons.
  private(set) var names: [UInt8] = []

  /// Proxies and clients change these on the way.
  private static let unsigned = [
    "authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id",
  ]

  /// Brings header fields into canonical form: lower case, single spaces, repeated ones in one.
  init(_ headers: [HTTPHeader]) {
    var fields: [(name: String, place: Int)] = []
    fields.reserveCapacity(headers.count)
    for (place, header) in headers.enumerated() {
      let name = header.name.lowercased()
      if !Self.unsigned.contains(name) { fields.append((name, place)) }
    }
    fields.sort { $0 < $1 }
    lines.reserveCapacity(512)
    names.reserveCapacity(128)
    var last: String?
    for (name, place) in fields {
      if name == last {
        lines[lines.count - 1] = UInt8(ascii: ",")
      } else {
        if last != nil { names.append(UInt8(ascii: ";")) }
        names.append(contentsOf: name.utf8)
        lines.append(contentsOf: name.utf8)
        lines.append(UInt8(ascii: ":"))
        last = name
      }
      lines.append(contentsOf: Self.trimmed(headers[place].value).utf8)
      lines.append(UInt8(ascii: "\n"))
    }
  }

  /// A value without space around it, and with single spaces inside. Only ASCII's spaces count:
  /// others are text like any other.
  private static func trimmed(_ value: String) -> String {
    // Most values are as they should be.
    guard !isTrim(value.utf8.span) else { return value }
    let words = value.utf8.split(whereSeparator: isSpace)
    return words.map { String(Substring($0)) }.joined(separator: " ")
  }

  private static func isTrim(_ bytes: Span<UInt8>) -> Bool {
    var isInside = true
    for index in bytes.indices {
      let isSpace = isSpace(bytes[index])
      if isSpace, isInside || bytes[index] != UInt8(ascii: " ") { return false }
      isInside = isSpace
    }
    return !isInside || bytes.isEmpty
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
  }
}
