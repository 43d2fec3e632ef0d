internal import Foundation
public import Model

extension StateBranch {
  /// Checks every commit of the branch, and whether the remote has the same. Nothing is moved.
  ///
  /// - Throws: `GitError` where the repository itself cannot be read.
  public func verify() async throws -> StateVerification {
    let ours = try await repository.tip(of: branch)
    var result = StateVerification(branch: branch)
    var start = ours
    (result.remote, start) = try await standing(of: ours)
    result.version = start?.hex
    if let start {
      var check = StateCheck(result)
      let log = try await repository.log(of: start)
      for commit in log.reversed() {
        let serial = StateCommitTrailers(commit)?.serial
        let files = try await repository.files(at: commit.id) { path in
          StatePaths.isCurrent(path) || path == StatePaths.pending
            || serial.map { StatePaths.isRecord(path, of: $0) } == true
        }
        let reader = StateReader(
          repository: repository, branch: branch, commit: commit.id, files: files)
        await check.add(commit, reader)
      }
      result = await check.ended(at: reader(at: start))
    }
    result.problems += remoteProblems(result.remote)
    return result
  }

  /// How the branch stands to the remote, and the tip that is to be checked.
  private func standing(of ours: CommitID?) async throws -> (
    StateVerification.RemoteStanding, CommitID?
  ) {
    guard let remote else { return (.none, ours) }
    let theirs: CommitID?
    do {
      theirs = try await repository.fetch(branch, from: remote)
    } catch {
      guard error.isUnreachable else { throw error }
      return (.unreachable, ours)
    }
    if ours == theirs { return (.same, ours) }
    guard let ours else { return (.behind, theirs) }
    guard let theirs else { return (.ahead, ours) }
    if try await repository.isAncestor(ours, of: theirs) { return (.behind, theirs) }
    let isAhead = try await repository.isAncestor(theirs, of: ours)
    return (isAhead ? .ahead : .diverged, ours)
  }

  private func remoteProblems(_ standing: StateVerification.RemoteStanding)
    -> [StateVerification.Problem]
  {
    let place = remote ?? ""
    return switch standing {
    case .none, .same, .behind: []
    case .ahead:
      [.init(at: place, "it lacks commits of \(branch) that wait on this machine", remedy: .push)]
    case .diverged:
      [
        .init(
          at: place, "\(branch) there and here have commits that the other lacks", remedy: .compare)
      ]
    case .unreachable:
      [
        .init(
          at: place, "it did not answer, so that only what is on this machine was checked",
          remedy: .push)
      ]
    }
  }
}

/// The checks of a state branch, commit by commit from its first.
struct StateCheck {
  private var result: StateVerification
  /// The last state that could be read.
  private var state: State?
  private var environment: EnvironmentReference?
  private var isFirst = true
  /// The applies that left a snapshot and a report.
  private var applies: [Int] = []

  init(_ result: StateVerification) { self.result = result }

  /// What was found, once the tip also holds what all applies left behind.
  func ended(at tip: StateReader) async -> StateVerification {
    var ended = result
    ended.resources = state?.resources.count ?? 0
    for serial in applies {
      let records: [(path: String, isThere: () async throws -> Bool)] = [
        (StatePaths.snapshot(serial), { try await tip.snapshot(serial) != nil }),
        (StatePaths.reportData(serial), { try await tip.report(serial) != nil }),
      ]
      for record in records where (try? await record.isThere()) != true {
        ended.problems.append(
          .init(
            at: tip.commit.short, path: record.path,
            "it is missing or cannot be read any more, and no rollback past it is possible",
            remedy: .restore))
      }
    }
    return ended
  }

  /// Checks the next commit.
  mutating func add(_ commit: CommitInfo, _ reader: StateReader) async {
    result.commits += 1
    defer { isFirst = false }
    if isFirst, !commit.parents.isEmpty { result.isShallow = true }
    if commit.parents.count > 1 { note(commit, "it has more than one parent") }
    guard let trailers = StateCommitTrailers(commit) else {
      note(commit, "its trailers are not those of a commit that Weir writes")
      return await collecting(commit) { _ in
        _ = try await (reader.state(), reader.pending())
      }
    }
    if trailers.event == .restore {
      result.mended += result.problems
      result.problems = []
    }
    checkSerial(trailers, commit)
    await collecting(commit) { check in
      switch trailers.event {
      case .begin, .renew: try await check.checkPending(trailers, commit, reader)
      case .abort: try await check.checkNoPending(commit, reader)
      case .end, .restore:
        try await check.checkNoPending(commit, reader)
        try await check.checkState(trailers, commit, reader)
      }
    }
  }

  /// Does checks that end where something cannot be read, and notes that.
  private mutating func collecting(
    _ commit: CommitInfo, _ checks: (inout StateCheck) async throws -> Void
  ) async {
    do {
      try await checks(&self)
    } catch let error as StateError {
      result.problems.append(
        .init(
          at: commit.id.short, path: error.path, error.message,
          remedy: error.code == .newerFormat ? .upgrade : .restore))
    } catch {
      note(commit, "it cannot be read: \(error)")
    }
  }

  /// Serials follow each other: an apply begins, is renewed, and ends or is given up.
  private mutating func checkSerial(_ trailers: StateCommitTrailers, _ commit: CommitInfo) {
    let last = result.serials.last
    let open = result.unfinished
    let serial = trailers.serial
    switch trailers.event {
    case .begin:
      // A recovery takes up the serial that is open.
      let expected = open ?? last.map { $0 + 1 }
      if let expected = expected ?? (result.isShallow ? nil : 1), serial != expected {
        note(commit, "it begins serial \(serial), where \(expected) comes next")
      }
      result.unfinished = serial
    case .renew:
      if let open, serial != open { note(commit, "it is of serial \(serial), and \(open) is open") }
    case .end, .abort:
      if serial != open, !(open == nil && result.isShallow && last == nil) {
        note(commit, "it ends serial \(serial), which had not begun")
      }
      result.unfinished = nil
      if trailers.event == .end {
        result.serials.append(serial)
        applies.append(serial)
      }
    case .restore:
      if let last, serial <= last { note(commit, "it restores to serial \(serial), after \(last)") }
      result.unfinished = nil
      result.serials.append(serial)
    }
  }

  private mutating func checkPending(
    _ trailers: StateCommitTrailers, _ commit: CommitInfo, _ reader: StateReader
  ) async throws {
    guard let pending = try await reader.pending() else {
      return note(commit, path: StatePaths.pending, "it is missing while an apply runs")
    }
    if pending.serial != trailers.serial {
      note(commit, path: StatePaths.pending, "it is of serial \(pending.serial)")
    }
    if try await reader.snapshot(trailers.serial)?.serial != trailers.serial {
      note(
        commit, path: StatePaths.snapshot(trailers.serial), "it is missing, or of another serial")
    }
    try await checkRest(commit, reader)
  }

  private mutating func checkNoPending(_ commit: CommitInfo, _ reader: StateReader) async throws {
    if try await reader.pending() != nil {
      note(commit, path: StatePaths.pending, "it is there though no apply runs")
    }
  }

  /// Between two states no commit changes any of it.
  private mutating func checkRest(_ commit: CommitInfo, _ reader: StateReader) async throws {
    let found = try await reader.state()
    if let state, found != state {
      note(commit, path: StatePaths.state, "the state was changed without an apply")
    }
  }

  private mutating func checkState(
    _ trailers: StateCommitTrailers, _ commit: CommitInfo, _ reader: StateReader
  ) async throws {
    guard let found = try await reader.state() else {
      return note(commit, path: StatePaths.state, "it is missing")
    }
    defer {
      state = found
      result.lineage = result.lineage ?? found.lineage
      environment = environment ?? found.environment
    }
    func compare<T: Equatable>(_ name: String, _ one: T?, _ other: T?) {
      guard one != other else { return }
      note(commit, path: StatePaths.state, "its \(name) is not that of the commit's trailers")
    }
    compare("serial", found.serial, trailers.serial)
    compare(
      "policy commit", found.policyCommit, commit.trailer(StateCommitMessage.policyTrailer))
    compare("plan digest", found.planDigest, commit.trailer(StateCommitMessage.planTrailer))
    if let lineage = result.lineage, found.lineage != lineage {
      note(commit, path: StatePaths.state, "it is of another line of states")
    }
    if let environment, found.environment != environment {
      note(commit, path: StatePaths.state, "it is of another account or region")
    }
    if trailers.event == .end { try await checkReport(found, commit, reader) }
  }

  /// What an apply says that it made is what the state holds.
  private mutating func checkReport(
    _ found: State, _ commit: CommitInfo, _ reader: StateReader
  ) async throws {
    let path = StatePaths.reportData(found.serial)
    guard let report = try await reader.report(found.serial) else {
      return note(commit, path: path, "it is missing")
    }
    if report.serial != found.serial { note(commit, path: path, "it is of another serial") }
    let outcomes = Dictionary(
      report.plan.changes.map { ($0.address, $0.outcome) }, uniquingKeysWith: { first, _ in first })
    for outcome in report.outcomes where outcome.result == .applied {
      guard let expected = outcomes[outcome.address] else {
        note(commit, path: path, "it tells of \(outcome.address), which its plan does not change")
        continue
      }
      if found.resources[outcome.address] != expected {
        note(
          commit, path: StatePaths.resource(outcome.address),
          "it is not what the report of serial \(found.serial) says was applied")
      }
    }
  }

  private mutating func note(_ commit: CommitInfo, path: String? = nil, _ message: String) {
    result.problems.append(.init(at: commit.id.short, path: path, message, remedy: .restore))
  }
}
