internal import Foundation

/// A response as it arrives, with its limits.
struct ResponseBuffer {
  /// The limit that was exceeded.
  enum Overflow {
    case headers
    case body
  }

  /// How many bytes all header lines may have, those of 1xx responses included.
  static let headerLimit = 256 << 10

  /// The latest status line's code; zero before there is one.
  private(set) var status = 0
  /// Set where the response is refused for its size.
  private(set) var overflow: Overflow?
  /// Whether the final response's headers have come to their end.
  private(set) var hasAllHeaders = false
  private var headers: [HTTPHeader] = []
  private var headerBytes = 0
  private var body = Data()
  private let bodyLimit: Int

  /// An empty response.
  init(bodyLimit: Int) {
    self.bodyLimit = bodyLimit
  }

  /// Takes a header line; each status line starts anew, for 1xx responses precede the real one.
  /// False where there are too many.
  mutating func append(headerLine bytes: UnsafeRawBufferPointer) -> Bool {
    headerBytes += bytes.count
    guard headerBytes <= Self.headerLimit else {
      overflow = .headers
      return false
    }
    // Bytes, not characters: lines are many, and `\r\n` is one character.
    var line = unsafe String(decoding: bytes, as: UTF8.self).utf8[...]
    while line.last == UInt8(ascii: "\n") || line.last == UInt8(ascii: "\r") { line.removeLast() }
    if line.starts(with: "HTTP/".utf8) {
      status = line.split(separator: UInt8(ascii: " ")).dropFirst().first.flatMap(number) ?? 0
      headers = []
      hasAllHeaders = false
    } else if line.isEmpty {
      hasAllHeaders = status >= 200
    } else if line.first.map(isBlank) == true {
      guard let last = headers.popLast() else { return true }
      headers.append(HTTPHeader(name: last.name, value: "\(last.value) \(trimmed(line))"))
    } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
      let value = trimmed(line[line.index(after: colon)...])
      headers.append(HTTPHeader(name: trimmed(line[..<colon]), value: value))
    }
    return true
  }

  /// Takes some bytes of the body; false where it exceeds the limit.
  mutating func append(body bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= bodyLimit - body.count else {
      overflow = .body
      return false
    }
    unsafe body.append(contentsOf: bytes)
    return true
  }

  /// The response, now that all of it is here.
  func complete(httpVersion: String) -> HTTPResponse {
    HTTPResponse(status: status, headers: headers, body: body, httpVersion: httpVersion)
  }
}

private func number(_ digits: Substring.UTF8View) -> Int? {
  Int(Substring(digits))
}

private func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}

private func trimmed(_ text: Substring.UTF8View) -> String {
  var text = text
  while text.first.map(isBlank) == true { text.removeFirst() }
  while text.last.map(isBlank) == true { text.removeLast() }
  return String(Substring(text))
}
