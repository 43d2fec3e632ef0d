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
    // Bytes, not strings: lines are many, and `\r\n` is one character. They are read while libcurl
    // lends them.
    append(unsafe Span(_unsafeBytes: bytes))
    return true
  }

  private mutating func append(_ line: Span<UInt8>) {
    var end = line.count
    while end > 0, isLineEnd(line[end - 1]) { end -= 1 }
    if end >= 5, text(line, 0..<5) == "HTTP/" {
      let code = text(line, 5..<end).split(separator: " ", maxSplits: 2).dropFirst().first
      status = code.flatMap { Int($0) } ?? 0
      headers = []
      headers.reserveCapacity(16)
      hasAllHeaders = false
    } else if end == 0 {
      hasAllHeaders = status >= 200
      makeRoom()
    } else if isBlank(line[0]) {
      guard let last = headers.popLast() else { return }
      headers.append(HTTPHeader(name: last.name, value: "\(last.value) \(trimmed(line, 0..<end))"))
    } else if let colon = (0..<end).first(where: { line[$0] == UInt8(ascii: ":") }) {
      headers.append(
        HTTPHeader(name: trimmed(line, 0..<colon), value: trimmed(line, colon + 1..<end)))
    }
  }

  /// Makes room for a body whose length is told, or it would be moved again and again as it grows;
  /// but not for whatever a server may claim.
  private mutating func makeRoom() {
    guard let length = headers.first(where: { $0.isNamed("Content-Length") })?.value,
      let count = Int(length), count > 1 << 10
    else { return }
    body.reserveCapacity(min(count, bodyLimit, 1 << 20))
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

private func isLineEnd(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
}

private func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}

private func text(_ line: Span<UInt8>, _ range: Range<Int>) -> String {
  // The string is a copy.
  unsafe line.extracting(range).withUnsafeBufferPointer {
    unsafe String(decoding: $0, as: UTF8.self)
  }
}

private func trimmed(_ line: Span<UInt8>, _ range: Range<Int>) -> String {
  var (start, end) = (range.lowerBound, range.upperBound)
  while start < end, isBlank(line[start]) { start += 1 }
  while end > start, isBlank(line[end - 1]) { end -= 1 }
  return text(line, start..<end)
}
