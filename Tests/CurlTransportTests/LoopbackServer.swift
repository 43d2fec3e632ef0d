import Foundation
import TestSupport

@testable import CurlTransport

/// A server on 127.0.0.1; each exchange is what the test's closure does. Threads, no sleeps.
final class LoopbackServer: Sendable {
  /// What the closure gets: one request, whole, and the connection to answer on.
  typealias Exchange = @Sendable (ReceivedRequest, Connection) -> Void

  /// The port it listens on.
  let port: UInt16
  private let listener: Int32
  private let accepted = Locked(0)

  /// A server that listens now, and sends the greeting on each new connection.
  init(greeting: String = "", reads: Bool = true, _ exchange: @escaping Exchange = { _, _ in }) {
    (listener, port) = LoopbackSocket.listening()
    let (listener, accepted) = (listener, accepted)
    Thread.detachNewThread {
      while case let descriptor = accept(listener, nil, nil), descriptor >= 0 {
        accepted.withLock { $0 += 1 }
        Thread.detachNewThread {
          let connection = Connection(descriptor: descriptor)
          connection.send(greeting)
          if !reads { return connection.waitForClose() }
          while let request = connection.receive() { exchange(request, connection) }
          LoopbackSocket.finish(descriptor)
        }
      }
      LoopbackSocket.finish(listener)
    }
  }

  /// A server that resets each connection on its second request.
  convenience init(resetsSecondRequest seen: AsyncStream<String>.Continuation) {
    let answered = Locked<Set<Int32>>([])
    self.init { request, connection in
      seen.yield(request.line)
      // The next connection may get the same number.
      let isSecond = answered.withLock { $0.remove(connection.descriptor) != nil }
      if isSecond { return connection.reset() }
      answered.withLock { _ = $0.insert(connection.descriptor) }
      connection.respond()
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
  }

  /// How many connections it has accepted.
  var acceptCount: Int {
    accepted.withLock { $0 }
  }

  /// The URL of a path on this server.
  func url(_ path: String = "/", scheme: String = "http") -> String {
    "\(scheme)://127.0.0.1:\(port)\(path)"
  }

  /// The port of a server that stops listening once it has accepted a connection.
  static func single(_ exchange: @escaping Exchange) -> UInt16 {
    let (listener, port) = LoopbackSocket.listening()
    Thread.detachNewThread {
      let connection = Connection(descriptor: accept(listener, nil, nil))
      LoopbackSocket.finish(listener)
      while let request = connection.receive() { exchange(request, connection) }
      LoopbackSocket.finish(connection.descriptor)
    }
    return port
  }

  /// A port on which nobody listens.
  static func unusedPort() -> UInt16 {
    // Bound and not listening until the process ends, so that no other test's server gets it.
    LoopbackSocket.bound().port
  }
}

extension CurlConfiguration {
  /// Gives up only where a test asks for it, however slow the machine is.
  static let patient = {
    var configuration = CurlConfiguration()
    configuration.connectTimeout = .seconds(300)
    configuration.totalTimeout = .seconds(300)
    configuration.firstByteTimeout = .seconds(300)
    configuration.stallTimeout = .seconds(300)
    return configuration
  }()
}
