import Foundation
import TestSupport

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
