import Foundation
import GitStorage
import Model
import TestSupport
import Testing

/// What the check of a whole branch finds, and what it takes for sound.
@Suite struct StateVerificationTests {
  private func problems(_ repository: StateRepository) async throws -> [String] {
    try await repository.branch.verify().problems.map { "\($0.path ?? "-"): \($0.message)" }
  }

  @Test func whatWeirWroteIsSound() async throws {
    let repository = try StateRepository()
    #expect(try await repository.branch.verify().version == nil)
    try await repository.apply(1, [resource("a")])
    // A begin, a renewal and an apply that was given up: its serial is used again.
    let plan = statePlan(after: 1)
    var pending = pendingApply(plan)
    var version = try await repository.branch.begin(
      pending, snapshot: Snapshot(serial: 2, resources: [:]),
      expecting: try await repository.branch.load().version)
    #expect(try await repository.branch.verify().unfinished == 2)
    pending.lease.until += 900
    version = try await repository.branch.renew(pending, expecting: version)
    _ = try await repository.branch.end(
      record(plan, state(1, [resource("a")]), isAborted: true), expecting: version)
    try await repository.apply(2, [resource("a"), resource("b")])
    let found = try await repository.branch.verify()
    #expect(found.problems == [])
    #expect(found.commits == 7)
    #expect(found.serials == [1, 2])
    #expect(found.resources == 2)
    #expect(found.lineage == "9d1e")
    #expect(found.unfinished == nil)
  }

  @Test func aGapIsFound() async throws {
    let repository = try StateRepository()
    try await repository.apply(1, [resource("a")])
    try await repository.apply(3, [resource("a")])
    #expect(try await problems(repository) == ["-: it begins serial 3, where 2 comes next"])
  }

  @Test func anotherLineOfStatesIsFound() async throws {
    let repository = try StateRepository()
    try await repository.apply(1, [resource("a")])
    let plan = statePlan(after: 1)
    let begun = try await repository.branch.begin(
      pendingApply(plan), snapshot: Snapshot(serial: 2, resources: [:]),
      expecting: try await repository.branch.load().version)
    let other = State(
      lineage: "other", serial: 2, environment: plan.environment,
      policyCommit: plan.policy.commit, planDigest: "sha256:2")
    _ = try await repository.branch.end(record(plan, other), expecting: begun)
    #expect(try await problems(repository) == ["state.json: it is of another line of states"])
  }

  @Test func aRestoredStateGoesOnWithTheNextSerial() async throws {
    let repository = try StateRepository()
    try await repository.apply(1, [resource("a")])
    try await repository.apply(2, [resource("b")])
    let export = try #require(try await repository.branch.export(serial: 1))
    let restoration = try await repository.branch.restoration(
      of: try StateExport(reading: try export.encoded()),
      to: statePlan(after: 0).environment, after: 6, at: stateTime)
    _ = try await repository.branch.restore(restoration, actor: "Ada")
    let loaded = try await repository.branch.load().state
    #expect(loaded?.serial == 7)
    #expect(loaded?.resources.keys.map(\.name) == ["a"])
    #expect(try await repository.branch.history(limit: nil).map(\.serial) == [7, 2, 1])
    try await repository.apply(8, [resource("c")])
    #expect(try await problems(repository) == [])
    // Who moved the branch in between wins.
    await #expect(throws: GitError.self) {
      try await repository.branch.restore(restoration, actor: "Ada")
    }
  }

  /// Begins and ends an apply that seals `texts`.
  private func seal(_ digests: [String], at serial: Int, in repository: StateRepository)
    async throws
  {
    let plan = statePlan(after: serial - 1)
    let stored = try await repository.branch.load()
    var sealed = stored.sealed
    for digest in digests {
      sealed.entries[digest] = .init(key: "k\(serial)", sealed: Data(repeating: 7, count: 40))
    }
    let begun = try await repository.branch.begin(
      pendingApply(plan), snapshot: Snapshot(serial: serial, resources: [:]), sealed: sealed,
      expecting: stored.version)
    _ = try await repository.branch.end(
      record(plan, state(serial, [resource("a")])), expecting: begun)
  }

  /// Somebody replaces `sealed.json`.
  private func byHand(_ text: String, in repository: StateRepository) async throws {
    let tip = try await repository.repository.tip(of: "weir/prod")
    try await repository.repository.commit(
      writing(["sealed.json": text]), message: "by hand", author: author, on: "weir/prod",
      expecting: tip)
  }

  private func restore(_ serial: Int, in repository: StateRepository) async throws {
    let export = try #require(try await repository.branch.export(serial: serial))
    let restoration = try await repository.branch.restoration(
      of: try StateExport(reading: try export.encoded()),
      to: statePlan(after: 0).environment, at: stateTime)
    _ = try await repository.branch.restore(restoration, actor: "Ada")
  }

  @Test func restoringAnOlderStateKeepsWhatWasSealedLater() async throws {
    let repository = try StateRepository()
    try await seal(["one"], at: 1, in: repository)
    try await seal(["one", "two"], at: 2, in: repository)
    try await restore(1, in: repository)
    let sealed = try await repository.branch.load().sealed
    #expect(sealed.entries.mapValues(\.key) == ["one": "k2", "two": "k2"])
    #expect(try await problems(repository) == [])
  }

  @Test func restoringOverADamagedSealKeepsWhatCanBeRead() async throws {
    let repository = try StateRepository()
    try await repository.apply(1, [resource("a")])
    try await seal(["two"], at: 2, in: repository)
    let export = try #require(try await repository.branch.export(serial: 1))
    try await byHand("cut", in: repository)
    let restoration = try await repository.branch.restoration(
      of: export, to: statePlan(after: 0).environment, at: stateTime)
    #expect(restoration.damage?.path == "sealed.json")
    _ = try await repository.branch.restore(restoration, actor: "Ada")
    #expect(try await repository.branch.load().sealed.entries.keys.sorted() == ["two"])
  }

  @Test(arguments: [
    (#"{"formatVersion":"1.0"}"#, "sealed.json: it is not the JSON that Weir writes"),
    (
      #"{"formatVersion":"2.0","secrets":{}}"#,
      "sealed.json: it has format 2.0; this version of Weir reads 1.0"
    ),
    (
      #"{"formatVersion":"1.0","secrets":{},"wrappedKeys":{}}"#,
      "sealed.json: it lacks 1 sealed value that the commit before has"
    ),
    (
      #"{"formatVersion":"1.0","secrets":{"one":{"key":"k","sealed":"AAAA"}},"wrappedKeys":{}}"#,
      "sealed.json: 1 of its values are cut short"
    ),
  ]) func aDamagedSealIsFound(text: String, problem: String) async throws {
    let repository = try StateRepository()
    try await seal(["one"], at: 1, in: repository)
    try await byHand(text, in: repository)
    #expect(try await problems(repository).contains(problem))
  }
}
