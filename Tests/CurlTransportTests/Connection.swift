import Foundation

/// A request as it came over the wire.
struct ReceivedRequest: Sendable {
  /// The request line.
  let line: String
  /// The header lines, as they were sent.
  let headerLines: [String]
  /// The body.
  let body: Data

  /// The lines of one header, as they were sent.
  func lines(of name: String) -> [String] {
    headerLines.filter { $0.lowercased().hasPrefix(name.lowercased() + ":") }
  }
}

/// The server's end of one connection; used by one thread.
struct Connection: Sendable {
  /// The socket.
  let descriptor: Int32

  /// Reads one request; nil where the connection ends first.
  func receive() -> ReceivedRequest? {
    var bytes = Data()
    let blank = Data("\r\n\r\n".utf8)
    while true {
      guard let end = bytes.range(of: blank) else {
        guard let more = read() else { return nil }
        bytes += more
        continue
      }
      let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
      let lines = head.components(separatedBy: "\r\n")
      let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
        .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
      var body = Data(bytes[end.upperBound...])
      while body.count < length ?? 0 {
        guard let more = read() else { return nil }
        body += more
      }
      return ReceivedRequest(
        line: lines[0], headerLines: Array(lines.dropFirst()), body: body)
    }
  }

  /// Sends bytes as they are.
  func send(_ text: String) {
    send(Data(text.utf8))
  }

  /// Sends bytes as they are.
  func send(_ data: Data) {
    var rest = data[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Sends a complete response.
  func respond(_ status: String = "200 OK", headers: [String] = [], body: Data = Data()) {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
    send(Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
  }

  /// Ends the connection in an orderly way.
  func end() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Ends the connection with a TCP reset.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    let size = socklen_t(MemoryLayout<linger>.size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, size)
    // Closing would free the number under the reading thread; connecting to nowhere resets as well.
    var nowhere = sockaddr()
    nowhere.sa_family = sa_family_t(AF_UNSPEC)
    unsafe connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
  }

  /// Waits until the client has closed the connection, dropping what it sends.
  func waitForEnd() {
    while read() != nil {}
  }

  /// Waits until the client has closed the connection, reading nothing of what it sends.
  func waitForClose() {
    // POLLRDHUP, which Foundation does not export.
    var poll = pollfd(fd: descriptor, events: 0x2000, revents: 0)
    _ = unsafe Foundation.poll(&poll, 1, -1)
  }

  private func read() -> Data? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
    return count > 0 ? Data(buffer[..<count]) : nil
  }
}
