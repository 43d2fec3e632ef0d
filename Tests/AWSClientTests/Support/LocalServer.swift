import Foundation

@testable import AWSClient

/// A server on 127.0.0.1 that plays a service of credentials. Threads, no sleeps.
final class LocalServer: Sendable {
  /// A request as it came.
  struct Request: Sendable {
    let method: String
    /// Path and query.
    let target: String
    let headers: [String: String]
    let body: String
  }

  /// What a request gets.
  enum Answer: Sendable {
    case reply(Int, String = "", date: Date? = nil)
    /// Nothing, until the client goes away.
    case silence
    /// The end of the connection.
    case close

    /// How long who asks may wait: silence needs an end that comes, the others get what they need.
    var patience: Duration { if case .silence = self { .seconds(5) } else { .seconds(300) } }
  }

  /// The port it listens on.
  let port: UInt16
  private let listener: Int32
  private let log = Locked<[Request]>([])

  /// A server that listens now.
  init(_ answer: @escaping @Sendable (Request) -> Answer) {
    (listener, port) = listenOnLoopback()
    let (listener, log) = (listener, log)
    Thread.detachNewThread {
      while case let descriptor = accept(listener, nil, nil), descriptor >= 0 {
        Thread.detachNewThread {
          while let request = receive(descriptor) {
            log.withLock { $0.append(request) }
            guard respond(answer(request), on: descriptor) else { break }
          }
          finish(descriptor)
        }
      }
      finish(listener)
    }
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  /// All requests so far.
  var requests: [Request] { log.withLock { $0 } }

  /// Where it is.
  var url: String { "http://127.0.0.1:\(port)" }

  /// A URL on which nobody listens.
  static func unusedURL() -> String {
    // Bound and not listening until the process ends, so that no other test's server gets the port.
    "http://127.0.0.1:\(bindToLoopback().port)"
  }
}

/// Closes a socket. The end is said first: a program that another test starts meanwhile may hold a copy
/// of the descriptor, which would keep the connection or the port.
private func finish(_ socket: Int32) {
  shutdown(socket, Int32(SHUT_RDWR))
  _ = close(socket)
}

private func listenOnLoopback() -> (descriptor: Int32, port: UInt16) {
  let (descriptor, port) = bindToLoopback()
  precondition(listen(descriptor, 128) == 0, "no loopback port")
  return (descriptor, port)
}

private func bindToLoopback() -> (descriptor: Int32, port: UInt16) {
  let descriptor = socket(
    AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  unsafe address.sin_addr.s_addr = inet_addr("127.0.0.1")
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  unsafe withUnsafeMutablePointer(to: &address) { pointer in
    let address = unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sockaddr.self)
    let isBound = unsafe bind(descriptor, address, size) == 0
    precondition(isBound, "no loopback port")
    unsafe getsockname(descriptor, address, &size)
  }
  return (descriptor, UInt16(bigEndian: address.sin_port))
}

private func receive(_ descriptor: Int32) -> LocalServer.Request? {
  var bytes = Data()
  while true {
    guard let end = bytes.range(of: Data("\r\n\r\n".utf8)) else {
      guard let more = read(descriptor) else { return nil }
      bytes += more
      continue
    }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].drop { $0 == " " } + "" : ""
    }
    var body = Data(bytes[end.upperBound...])
    while body.count < Int(headers["content-length"] ?? "0") ?? 0 {
      guard let more = read(descriptor) else { return nil }
      body += more
    }
    let words = lines[0].split(separator: " ")
    return LocalServer.Request(
      method: String(words[0]), target: String(words[1]), headers: headers,
      body: String(decoding: body, as: UTF8.self))
  }
}

/// Answers; false where the connection is to end.
private func respond(_ answer: LocalServer.Answer, on descriptor: Int32) -> Bool {
  switch answer {
  case .reply(let status, let body, let date):
    let clock = date.map { "Date: \(Timestamp.httpDate(Decimal($0.timeIntervalSince1970)))\r\n" }
    let text =
      "HTTP/1.1 \(status) X\r\n\(clock ?? "")Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    var rest = Data(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  case .silence:
    while read(descriptor) != nil {}
    return false
  case .close: return false
  }
}

private func read(_ descriptor: Int32) -> Data? {
  var buffer = [UInt8](repeating: 0, count: 65_536)
  let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
  return count > 0 ? Data(buffer[..<count]) : nil
}
