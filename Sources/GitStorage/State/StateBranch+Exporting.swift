internal import Foundation
public import Model

extension StateBranch {
  /// The state after apply `serial`, or after the last one, as a document.
  ///
  /// - Throws: `GitError`, `StateError` where what is to be exported cannot be read.
  /// - Returns: nil where there was no such apply.
  public func export(serial: Int? = nil) async throws -> StateExport? {
    let entries = try await history(limit: serial == nil ? 1 : nil)
    guard let entry = entries.first(where: { $0.serial == serial ?? $0.serial }) else { return nil }
    return try await export(entry)
  }

  /// The state that an entry of the history stands for, as a document.
  ///
  /// - Throws: `GitError`, `StateError`.
  public func export(_ entry: HistoryEntry) async throws -> StateExport {
    guard let commit = CommitID(entry.version) else {
      preconditionFailure("a version of the state is a commit's identifier")
    }
    let files = try await repository.files(at: commit).filter {
      StatePaths.isCurrent($0.key) || StatePaths.isRecord($0.key, of: entry.serial)
    }
    let reader = StateReader(
      repository: repository, branch: branch, commit: commit, files: files)
    guard let state = try await reader.state() else {
      throw StateError(
        .corrupt, branch: branch, path: StatePaths.state, commit: commit,
        message: "it is not there")
    }
    _ = try await (reader.snapshot(entry.serial), reader.report(entry.serial), reader.sealed())
    return try StateExport(
      lineage: state.lineage, serial: entry.serial, environment: state.environment.name,
      commit: commit, actor: entry.actor, time: entry.time,
      files: try files.mapValues { data in
        guard let text = String(validating: data, as: UTF8.self) else {
          throw StateError(
            .corrupt, branch: branch, path: "a file", commit: commit, message: "it is not UTF-8")
        }
        return text
      })
  }
}

extension StatePaths {
  /// Whether a file is part of the state as it is, rather than of what led to it.
  static func isCurrent(_ path: String) -> Bool {
    path != pending && !path.hasPrefix("snapshots/") && !path.hasPrefix("reports/")
  }

  /// Whether a file is the snapshot or the report of an apply.
  static func isRecord(_ path: String, of serial: Int) -> Bool {
    [snapshot(serial), reportData(serial), reportText(serial)].contains(path)
  }
}
