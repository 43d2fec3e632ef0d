internal import Foundation
internal import Model

/// The checks of a state branch, commit by commit from its first.
struct StateCheck {
  private var result: StateVerification
  /// The last state that could be read.
  private var state: State?
  private var environment: EnvironmentReference?
  /// The last sealed secrets that could be read.
  private var sealed = SealedSecrets()
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
      return await collecting(commit) { check in
        _ = try await (reader.state(), reader.pending())
        try await check.checkSealed(commit, reader)
      }
    }
    if trailers.event == .restore {
      result.mended += result.problems
      result.problems = []
    }
    checkSerial(trailers, commit)
    await collecting(commit) { try await $0.checkSealed(commit, reader) }
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

  /// Sealed secrets are added and sealed anew, and never taken away.
  private mutating func checkSealed(_ commit: CommitInfo, _ reader: StateReader) async throws {
    let found = try await reader.sealed()
    let lost = sealed.entries.keys.count { found.entries[$0] == nil }
    if lost > 0 {
      note(
        commit, path: StatePaths.sealed,
        "it lacks \(lost) sealed \(lost == 1 ? "value" : "values") that the commit before has")
    }
    let keyless = found.entries.values.count { $0.sealed.count < SealedSecrets.Entry.leastSize }
    if keyless > 0 {
      note(commit, path: StatePaths.sealed, "\(keyless) of its values are cut short")
    }
    sealed = found
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
