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
    var line = unsafe String(decoding: bytes, as: UTF8.self)[...]
    while line.last?.isNewline == true { line.removeLast() }
    if line.hasPrefix("HTTP/") {
      status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      headers = []
      hasAllHeaders = false
    } else if line.isEmpty {
      hasAllHeaders = status >= 200
    } else if line.first == " " || line.first == "\t" {
      guard let last = headers.popLast() else { return true }
      headers.append(HTTPHeader(name: last.name, value: "\(last.value) \(trimmed(line))"))
    } else if let colon = line.firstIndex(of: ":") {
      let value = trimmed(line[line.index(after: colon)...])
      headers.append(HTTPHeader(name: String(trimmed(line[..<colon])), value: String(value)))
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

private func trimmed(_ text: Substring) -> Substring {
  var text = text
  while text.first == " " || text.first == "\t" { text.removeFirst() }
  while text.last == " " || text.last == "\t" { text.removeLast() }
  return text
}
