import Foundation
import TestSupport

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
    (listener, port) = LoopbackSocket.listening()
    let (listener, log) = (listener, log)
    Thread.detachNewThread {
      while case let descriptor = accept(listener, nil, nil), descriptor >= 0 {
        Thread.detachNewThread {
          while let request = receive(descriptor) {
            log.withLock { $0.append(request) }
            guard respond(answer(request), on: descriptor) else { break }
          }
          LoopbackSocket.finish(descriptor)
        }
      }
      LoopbackSocket.finish(listener)
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
    "http://127.0.0.1:\(LoopbackSocket.bound().port)"
  }
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
