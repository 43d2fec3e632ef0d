public import Foundation
public import Model

/// What stands against restoring a state from a document.
public enum StateRestoreError: Error, Hashable, Sendable {
  /// The document is of another environment.
  case otherEnvironment(found: String)
  /// The document is of another line of states than the branch.
  case otherLineage(found: String, expected: String)
  /// An apply has begun and not ended, and the state can be read: it is to be recovered.
  case unfinished(PendingApply)
}

extension StateBranch {
  /// What restoring a document would do, checked as far as it can be without writing.
  public struct Restoration: Sendable {
    /// The state as it will be.
    public let state: State
    /// The serial of the document.
    public let source: Int
    /// The last serial of the branch; nil where it will be made anew.
    public let replaced: Int?
    /// What cannot be read at present, which is why; nil where all can.
    public let damage: StateError?
    /// The version that the branch stands at.
    let version: CommitID?
    let change: TreeChange
  }

  /// Checks a document, and makes ready what restoring it would write.
  ///
  /// - Parameters:
  ///   - used: the last serial that is known elsewhere, as in a backup: the new one comes after it.
  ///   - time: a lease is judged at it.
  /// - Throws: `StateRestoreError`; `StateError` where a file in the document cannot be read;
  ///   `GitError`.
  public func restoration(
    of export: StateExport, to environment: EnvironmentReference, after used: Int? = nil,
    at time: Date
  ) async throws -> Restoration {
    let files = export.files.mapValues { Data($0.utf8) }
    let tip = try await repository.tip(of: branch)
    var state = try await checkedState(export, files)
    guard state.environment == environment, export.environment == environment.name else {
      throw StateRestoreError.otherEnvironment(
        found: "\(state.environment.name), account \(state.environment.account), "
          + state.environment.region)
    }
    var change = TreeChange(removals: [StatePaths.pending], removedPrefixes: [StatePaths.resources])
    var (last, damage): (Int?, StateError?) = (nil, nil)
    if let tip {
      damage = try await damageAllowingRestoration(at: time)
      // To write over what a newer version wrote would lose it; that version can read it.
      if let damage, damage.code == .newerFormat { throw damage }
      let log = try await repository.log(of: tip)
      last = log.compactMap { StateCommitTrailers($0)?.serial }.max() ?? 0
      if let lineage = try await lineage(in: log), lineage != state.lineage {
        throw StateRestoreError.otherLineage(found: state.lineage, expected: lineage)
      }
      for path in try await repository.files(at: tip).keys where StatePaths.isCurrent(path) {
        change.removals.insert(path)
      }
    }
    state.serial = max(export.serial, last ?? 0, used ?? 0) + 1
    change.writes = files
    if let sealed = try await sealedWithLater(files, export, before: tip) {
      change.writes[StatePaths.sealed] = try CanonicalJSON.encode(SealedDocument(sealed))
    }
    change.removals.subtract(change.writes.keys)
    change.writes[StatePaths.state] = try CanonicalJSON.encode(StateDocument(state))
    // Nothing in AWS is touched, so that there is nothing to go back to.
    change.writes[StatePaths.snapshot(state.serial)] = try CanonicalJSON.encode(
      SnapshotDocument(Snapshot(serial: state.serial, resources: [:])))
    return Restoration(
      state: state, source: export.serial, replaced: last, damage: damage, version: tip,
      change: change)
  }

  /// Writes the commit that restores a state: on top of the branch, or as its first.
  ///
  /// - Throws: `GitError` with `.modified` where the branch has moved since.
  /// - Returns: the new version.
  public func restore(_ restoration: Restoration, actor: String) async throws -> String {
    try await commit(
      restoration.change,
      StateCommitMessage(
        restoring: restoration.state, actor: actor,
        summary: "restored from serial \(restoration.source)"),
      expecting: restoration.version?.hex)
  }

  /// The state in a document, all of whose files can be read.
  private func checkedState(_ export: StateExport, _ files: [String: Data]) async throws -> State {
    guard let commit = CommitID(export.commit) else {
      preconditionFailure("an export that was read names a commit")
    }
    let reader = StateReader(repository: repository, branch: branch, commit: commit, files: files)
    _ = try await (
      reader.snapshot(export.serial), reader.report(export.serial), reader.sealed()
    )
    guard let state = try await reader.state(), state.serial == export.serial,
      state.lineage == export.lineage
    else {
      throw StateError(
        .corrupt, branch: branch, path: StatePaths.state, commit: commit,
        message: "it is not the state that the document says")
    }
    return state
  }

  /// The sealed secrets of a document together with those of the branch: snapshots that stay in its
  /// history refer to them. nil where there are none.
  private func sealedWithLater(
    _ files: [String: Data], _ export: StateExport, before tip: CommitID?
  ) async throws -> SealedSecrets? {
    guard let commit = CommitID(export.commit) else { return nil }
    let reader = StateReader(repository: repository, branch: branch, commit: commit, files: files)
    var sealed = try await reader.sealed()
    if let tip, let later = try await lastSealed(upTo: tip) {
      // What was sealed last is sealed with the key that is used now.
      sealed.entries.merge(later.entries) { $1 }
      sealed.wrappedKeys.merge(later.wrappedKeys) { $1 }
    }
    return sealed == SealedSecrets() ? nil : sealed
  }

  /// The newest sealed secrets that can be read. Entries are never taken away, so that those before
  /// are among them.
  private func lastSealed(upTo tip: CommitID) async throws -> SealedSecrets? {
    for commit in try await repository.log(of: tip) {
      if let sealed = try? await self.reader(at: commit.id).sealed() { return sealed }
    }
    return nil
  }

  /// What cannot be read of the branch, so that it may be restored though an apply is unfinished.
  private func damageAllowingRestoration(at time: Date) async throws -> StateError? {
    guard let tip = try await repository.tip(of: branch) else { return nil }
    var damage: StateError?
    do {
      _ = try await (reader(at: tip).state(), reader(at: tip).sealed())
    } catch let error as StateError {
      damage = error
    }
    do {
      guard let pending = try await reader(at: tip).pending() else { return damage }
      if damage == nil || pending.lease.until > time {
        throw StateRestoreError.unfinished(pending)
      }
    } catch let error as StateError {
      damage = damage ?? error
    }
    return damage
  }

  /// The line of states that the branch last belonged to; nil where no commit of it tells.
  private func lineage(in log: [CommitInfo]) async throws -> String? {
    for commit in log {
      if let state = try? await reader(at: commit.id).state() { return state.lineage }
    }
    return nil
  }
}
