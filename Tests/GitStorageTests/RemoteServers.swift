import Foundation
import Synchronization
import TestSupport

/// Listens on 127.0.0.1, reads one request from each connection, and answers all alike or not at all.
final class LoopbackListener: Sendable {
  /// The host and port it listens on.
  let address: String
  private let listener: Int32
  private let heard: Heard

  /// - Parameter answer: nil keeps the connection open and says nothing.
  init(answer: String?) {
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
      close(listener)
    }
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  private final class Heard: Sendable {
    let requests = Mutex<[String]>([])
  }

  /// What was asked, as text.
  var requests: [String] { heard.requests.withLock { $0 } }

  /// A port on which nobody listens: bound until the process ends, so that no other server gets it.
  static func unusedPort() -> UInt16 { LoopbackSocket.bound().port }

  /// A port that a server may take.
  static func freePort() -> UInt16 {
    let (descriptor, port) = LoopbackSocket.bound()
    close(descriptor)
    return port
  }
}

/// `git daemon` on 127.0.0.1 for the repositories below a directory; ends with this value.
final class GitDaemon {
  private let port = LoopbackListener.freePort()
  private let process = Process()

  init(serving directory: String, allowsPush: Bool = true) throws {
    // Not through `git daemon`, which would be a second process to end.
    let programs = try TemporaryDirectory().git("--exec-path")
    process.executableURL = URL(fileURLWithPath: programs + "/git-daemon")
    process.arguments =
      [
        "--listen=127.0.0.1", "--port=\(port)", "--base-path=\(directory)",
        "--export-all", "--reuseaddr", "--verbose",
      ] + (allowsPush ? ["--enable=receive-pack"] : []) + [directory]
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": directory,
      "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
    ]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    // It says "Ready to rumble" when it listens.
    _ = errors.fileHandleForReading.availableData
    errors.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
  }

  // Foundation starts it with the signals blocked that our thread blocks, so it hears no other.
  deinit { kill(process.processIdentifier, SIGKILL) }

  func url(_ path: String) -> String { "git://127.0.0.1:\(port)/\(path)" }
}
