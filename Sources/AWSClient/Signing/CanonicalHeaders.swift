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
      let words = header.value.split(whereSeparator: \.isWhitespace)
      values[name, default: []].append(words.joined(separator: " "))
    }
    let sorted = values.sorted { $0.key < $1.key }
    lines = sorted.map { "\($0.key):\($0.value.joined(separator: ","))\n" }.joined()
    names = sorted.map(\.key).joined(separator: ";")
  }
}
