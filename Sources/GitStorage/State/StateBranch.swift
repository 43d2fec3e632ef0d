public import Foundation
public import Model

/// The state of one environment on its own branch, `weir/ENV`: the branch is lock, journal, state
/// and audit log, and is only ever moved by compare-and-swap.
public struct StateBranch: StateStore {
  /// The branch, without `refs/heads/`.
  public let branch: String
  let repository: GitRepository
  /// The Git remote that shares the branch; nil where it stays on this machine.
  let remote: String?
  let now: @Sendable () -> Date
  private let reportText: @Sendable (StoredReport) -> String
  /// Is told what a person should know besides the result.
  let onNotice: @Sendable (StateNotice) -> Void
  /// Tells this run's commits from those of any other.
  private let run = UUID().uuidString.lowercased()

  /// The state branch of `environment`.
  ///
  /// - Parameters:
  ///   - remote: the Git remote that shares the branch; nil where it stays on this machine.
  ///   - now: the time of commits.
  ///   - reportText: the Markdown of `reports/SERIAL.md`.
  ///   - onNotice: is told what a person should know besides the result.
  public init(
    _ repository: GitRepository, environment: String, remote: String? = nil,
    now: @escaping @Sendable () -> Date, reportText: @escaping @Sendable (StoredReport) -> String,
    onNotice: @escaping @Sendable (StateNotice) -> Void = { _ in }
  ) {
    self.repository = repository
    branch = "weir/\(environment)"
    self.remote = remote
    self.now = now
    self.reportText = reportText
    self.onNotice = onNotice
  }

  /// Reads the state at the tip of the branch.
  ///
  /// - Throws: `GitError`, `StateError`.
  public func load() async throws -> StoredState {
    guard let tip = try await repository.tip(of: branch) else {
      return StoredState(state: nil, pending: nil, version: nil)
    }
    let reader = reader(at: tip)
    let stored = StoredState(
      state: try await reader.state(), pending: try await reader.pending(),
      sealed: try await reader.sealed(), version: tip.hex)
    // What can be read need not be what was applied.
    _ = try trailers(of: try await repository.info(of: tip))
    return stored
  }

  /// Writes the begin commit: `pending.json`, the snapshot, and `sealed.json` where it changes.
  ///
  /// - Throws: `GitError` with `.modified` where the branch has moved.
  public func begin(
    _ pending: PendingApply, snapshot: Snapshot, sealed: SealedSecrets? = nil,
    expecting version: String?
  ) async throws -> String {
    var change = TreeChange(writes: [
      StatePaths.pending: try CanonicalJSON.encode(PendingDocument(pending)),
      StatePaths.snapshot(pending.serial): try CanonicalJSON.encode(SnapshotDocument(snapshot)),
    ])
    if let sealed {
      change.writes[StatePaths.sealed] = try CanonicalJSON.encode(SealedDocument(sealed))
    }
    let message = StateCommitMessage(
      .begin, serial: pending.serial, plan: pending.plan, planDigest: nil,
      actor: pending.lease.holder, summary: "begin")
    return try await commit(change, message, expecting: version)
  }

  /// Writes a commit with the longer lease.
  ///
  /// - Throws: `GitError` with `.modified` where the branch has moved.
  public func renew(_ pending: PendingApply, expecting version: String) async throws -> String {
    let change = TreeChange(writes: [
      StatePaths.pending: try CanonicalJSON.encode(PendingDocument(pending))
    ])
    let message = StateCommitMessage(
      .renew, serial: pending.serial, plan: pending.plan, planDigest: nil,
      actor: pending.lease.holder, summary: "lease renewed")
    return try await commit(change, message, expecting: version)
  }

  /// Writes the end commit: the new state and report, and `sealed.json` where it changes, without
  /// `pending.json`.
  ///
  /// - Throws: `GitError` with `.modified` where the branch has moved.
  public func end(_ record: ApplyRecord, expecting version: String) async throws -> String {
    var change = TreeChange(removals: [StatePaths.pending])
    let serial = record.isAborted ? record.plan.state.serial + 1 : record.state.serial
    if record.isAborted {
      change.removals.insert(StatePaths.snapshot(serial))
    } else {
      try await add(record, to: &change, version: version)
    }
    let message = StateCommitMessage(
      record.isAborted ? .abort : .end, serial: serial, plan: record.plan,
      planDigest: record.state.planDigest, actor: record.actor, summary: record.summary)
    return try await commit(change, message, expecting: version)
  }

  private func add(_ record: ApplyRecord, to change: inout TreeChange, version: String) async throws
  {
    let state = record.state
    change.writes[StatePaths.state] = try CanonicalJSON.encode(StateDocument(state))
    let prior = try await reader(at: commitID(version)).state()
    for (address, resource) in state.resources where prior?.resources[address] != resource {
      change.writes[StatePaths.resource(address)] = try CanonicalJSON.encode(resource)
    }
    for address in prior?.resources.keys.map({ $0 }) ?? [] where state.resources[address] == nil {
      change.removals.insert(StatePaths.resource(address))
    }
    if let sealed = record.sealed {
      change.writes[StatePaths.sealed] = try CanonicalJSON.encode(SealedDocument(sealed))
    }
    let report = StoredReport(
      serial: state.serial, plan: record.plan, outcomes: record.outcomes, actor: record.actor,
      time: record.time, summary: record.summary)
    change.writes[StatePaths.reportData(state.serial)] =
      try CanonicalJSON.encode(ReportDocument(report))
    change.writes[StatePaths.reportText(state.serial)] = Data(reportText(report).utf8)
  }

  func commit(_ change: TreeChange, _ message: StateCommitMessage, expecting: String?)
    async throws -> String
  {
    let author = try await author()
    let parent = expecting.map { commitID($0) }
    guard let remote else {
      return try await repository.commit(
        change, message: message.text(run: run), author: author, on: branch, expecting: parent
      ).hex
    }
    let commit = try await repository.write(
      change, message: message.text(run: run), author: author, parent: parent)
    do {
      // The push is the lock: the local branch follows only what the remote has accepted.
      try await share(commit, to: remote, expecting: parent)
    } catch let error as GitError where message.isEnd && error.code != .modified {
      // What was written to AWS is recorded at least here, whatever keeps the remote from taking it; the
      // next command pushes it. Where the branch moved, somebody else has taken the apply up.
      onNotice(.waiting(branch: branch, remote: remote, reason: error.message))
    }
    try await repository.moveBranch(
      branch, from: parent, to: commit, by: author, reason: message.subject)
    return commit.hex
  }

  /// Who writes commits of the state.
  func author() async throws -> Signature {
    try await repository.defaultSignature(at: now())
      ?? Signature(name: "weir", email: "weir@localhost", time: now())
  }
}

extension StateBranch {
  /// The end commits, the newest first, and the commits that restored a state. What cannot be read
  /// is left out where it lies before such a commit: that has mended it.
  ///
  /// - Throws: `GitError`; `StateError` where a commit is not one that Weir wrote.
  public func history(limit: Int?) async throws -> [HistoryEntry] {
    guard let tip = try await repository.tip(of: branch) else { return [] }
    var entries: [HistoryEntry] = []
    var isMended = false
    for commit in try await repository.log(of: tip) where entries.count < limit ?? .max {
      if isMended, StateCommitTrailers(commit) == nil { continue }
      let trailers = try trailers(of: commit)
      isMended = isMended || trailers.event == .restore
      if trailers.leavesState { entries.append(HistoryEntry(commit, serial: trailers.serial)) }
    }
    return entries
  }

  /// What the trailers of a commit say.
  ///
  /// - Throws: `StateError` where Weir did not write the commit.
  private func trailers(of commit: CommitInfo) throws -> StateCommitTrailers {
    if let trailers = StateCommitTrailers(commit) { return trailers }
    throw StateError(
      .corrupt, branch: branch, path: "the message", commit: commit.id,
      message: "its trailers are not those of a commit that Weir writes")
  }

  /// The state at the end commit of apply `serial`.
  ///
  /// - Throws: `GitError`, `StateError`.
  public func state(atSerial serial: Int) async throws -> State? {
    guard
      let entry = try await history(limit: nil).first(where: { $0.serial == serial }),
      let commit = CommitID(entry.version)
    else { return nil }
    return try await reader(at: commit).state()
  }

  /// The snapshot in the begin commit of apply `serial`.
  ///
  /// - Throws: `GitError`, `StateError`.
  public func snapshot(beforeSerial serial: Int) async throws -> Snapshot? {
    guard let tip = try await repository.tip(of: branch) else { return nil }
    return try await reader(at: tip).snapshot(serial)
  }

  /// The report of apply `serial`; nil where there was no such apply.
  ///
  /// - Throws: `GitError`, `StateError`.
  public func report(ofSerial serial: Int) async throws -> StoredReport? {
    guard let tip = try await repository.tip(of: branch) else { return nil }
    return try await reader(at: tip).report(serial)
  }

  func reader(at commit: CommitID) -> StateReader {
    StateReader(repository: repository, branch: branch, commit: commit)
  }

  private func commitID(_ version: String) -> CommitID {
    guard let commit = CommitID(version) else {
      preconditionFailure("a version of the state is a commit's identifier")
    }
    return commit
  }
}
