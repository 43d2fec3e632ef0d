import Foundation
import Synchronization

/// The servers that the tests started; each is ended by its process number when the tests end.
enum Servers {
  private static let running = Mutex<[(run: ProgramRun, folder: URL)]>([])

  /// Ends `run` with this process, and removes its folder.
  static func keep(_ run: ProgramRun, folder: URL) {
    let isFirst = running.withLock { servers in
      servers.append((run, folder))
      return servers.count == 1
    }
    if isFirst { atexit { Servers.end() } }
  }

  private static func end() {
    for server in running.withLock({ $0 }) {
      server.run.send(SIGTERM)
      server.run.removeFiles()
      try? FileManager.default.removeItem(at: server.folder)
    }
  }
}
