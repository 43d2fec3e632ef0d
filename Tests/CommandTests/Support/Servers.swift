import Foundation
import Synchronization

/// The servers that the tests started; each is ended by its process number when the tests end.
enum Servers {
  private static let running = Mutex<[ProgramRun]>([])

  /// Ends `run` with this process.
  static func keep(_ run: ProgramRun) {
    let isFirst = running.withLock { runs in
      runs.append(run)
      return runs.count == 1
    }
    if isFirst { atexit { Servers.end() } }
  }

  private static func end() {
    for run in running.withLock({ $0 }) { run.send(SIGTERM) }
  }
}
