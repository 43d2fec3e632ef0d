internal import CurlTransport
internal import Foundation

/// The text of an HTTP request, read leniently: a signature suite has spaces in its paths.
enum RawHTTPRequest {
  /// The request that a text is; lines end in `\n` or `\r\n`.
  static func read(_ text: String) throws(WireFault) -> SigV4.Message {
    // Split by bytes: to `String`, "\r\n" is one character.
    var rest = Array(text.utf8)[...]
    let requestLine = line(&rest)
    let words = requestLine.replacing(/\ HTTP\/[0-9.]+$/, with: "")
      .split(separator: " ", maxSplits: 1)
    guard words.count == 2 else { throw WireFault(message: "the request line is broken") }
    let target = words[1]
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var headers: [HTTPHeader] = []
    while !rest.isEmpty {
      let text = line(&rest)
      if text.isEmpty { break }
      if text.first?.isWhitespace == true, let last = headers.indices.last {
        // RFC 7230: a folded line goes on with the field before it.
        headers[last].value += " " + text.trimmingCharacters(in: .whitespaces)
        continue
      }
      let field = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard field.count == 2, !field[0].isEmpty else {
        throw WireFault(message: "a header line is broken")
      }
      headers.append(HTTPHeader(name: String(field[0]), value: String(field[1])))
    }
    return SigV4.Message(
      method: String(words[0]), path: String(parts[0]),
      query: parts.count > 1 ? String(parts[1]) : "", headers: headers, body: Data(rest))
  }

  /// Takes the next line off, without its end.
  private static func line(_ rest: inout ArraySlice<UInt8>) -> String {
    let line = rest.prefix { $0 != UInt8(ascii: "\n") }
    rest = rest.dropFirst(line.count + 1)
    let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    return String(decoding: text, as: UTF8.self)
  }
}
