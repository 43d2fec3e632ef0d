internal import Foundation
internal import Synchronization

/// Listens on 127.0.0.1, reads one request from each connection, and answers all alike or not at all.
public final class LoopbackListener: Sendable {
  /// The host and port it listens on.
  public let address: String
  private let listener: Int32
  private let heard: Heard

  /// A server that listens now.
  ///
  /// - Parameter answer: nil keeps the connection open and says nothing.
  public init(answer: String?) {
    let (listener, port) = LoopbackSocket.listening()
    let heard = Heard()
    (self.listener, self.heard) = (listener, heard)
    address = "127.0.0.1:\(port)"
    Thread.detachNewThread {
      while case let descriptor = accept(listener, nil, nil), descriptor >= 0 {
        Thread.detachNewThread {
          let connection = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
          let request = connection.availableData
          heard.requests.withLock { $0.append(String(decoding: request, as: UTF8.self)) }
          if let answer {
            connection.write(Data(answer.utf8))
          } else {
            while !connection.availableData.isEmpty {}
          }
          // Closing is not enough: a program that another test starts may hold a copy.
          shutdown(descriptor, Int32(SHUT_RDWR))
        }
      }
      LoopbackSocket.finish(listener)
    }
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  private final class Heard: Sendable {
    let requests = Mutex<[String]>([])
  }

  /// What was asked, as text.
  public var requests: [String] { heard.requests.withLock { $0 } }

  /// A port on which nobody listens: bound until the process ends, so that no other server gets it.
  public static func unusedPort() -> UInt16 { LoopbackSocket.bound().port }

  /// A port that a server may take.
  public static func freePort() -> UInt16 {
    let (descriptor, port) = LoopbackSocket.bound()
    LoopbackSocket.finish(descriptor)
    return port
  }
}
