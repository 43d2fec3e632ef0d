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
}
