import Model
import TestSupport
import Testing

@testable import Engine

/// An apply that dies at any step, and is then finished or undone.
@Suite struct RecoverTests {
  /// An apply that died at a step, and whether it left something to recover.
  private func interrupted(at number: Int, _ moment: Moment) async throws -> (
    bench: Bench, isPending: Bool
  ) {
    let bench = Scenario.bench
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    bench.steps.revive()
    bench.steps.die(moment, at: number)
    _ = try? await bench.apply(plan, vault: vault)
    bench.steps.revive()
    return (bench, try await bench.store.load().pending != nil)
  }

  /// The environment is as after the apply, or as before it, and the records say so.
  private func expectEnd(_ recovery: Bench.Recovery, _ bench: Bench, _ comment: Comment)
    async throws
  {
    let stored = try await bench.store.load()
    #expect(stored.pending == nil, comment)
    let nobody = State(lineage: "", environment: Bench.environment)
    switch recovery {
    case .finish:
      #expect(await bench.cloud.resources == Scenario.after, comment)
      await Scenario.expectTrue(stored.state, prior: nobody, cloud: bench.cloud, comment)
      let next = try await bench.plan(Scenario.desired)
      #expect(next.isEmpty && next.refreshed.isEmpty && next.drift.isEmpty, comment)
      try await bench.apply([])
      #expect(await bench.cloud.resources == FailureTests.restored, comment)
    case .undo:
      #expect(await bench.cloud.resources == Scenario.before, comment)
      #expect(stored.state?.resources == Scenario.state.resources, comment)
      try await bench.apply(Scenario.desired)
      #expect(await bench.cloud.resources == Scenario.after, comment)
    }
  }

  @Test(arguments: Moment.allCases, Bench.Recovery.allCases)
  func leadsToTheEndOrToTheBeginningWhereverItDied(moment: Moment, recovery: Bench.Recovery)
    async throws
  {
    var recovered = 0
    for number in 1...(try await Scenario.stepCount()) {
      let (bench, isPending) = try await interrupted(at: number, moment)
      let comment: Comment = "\(recovery) \(moment) step \(number)"
      guard isPending else { continue }
      recovered += 1
      let report = try await bench.recover(recovery, alsoKnown: Scenario.desired)
      #expect(report?.result == .applied, comment)
      #expect(report?.serial == 4, comment)
      #expect(await bench.store.history(limit: nil).map(\.serial) == [4], comment)
      try await expectEnd(recovery, bench, comment)
    }
    #expect(recovered > 18)
  }

  @Test(arguments: Bench.Recovery.allCases, Bench.Recovery.allCases)
  func survivesItsOwnDeath(first: Bench.Recovery, second: Bench.Recovery) async throws {
    let count = try await Scenario.stepCount()
    for number in stride(from: 3, through: count, by: 6) {
      for again in stride(from: 1, through: count, by: 2) {
        let (bench, isPending) = try await interrupted(at: number, .after)
        guard isPending else { continue }
        guard
          let (plan, vault, mode) = try await bench.planRecovery(
            first, alsoKnown: Scenario.desired)
        else { continue }
        bench.steps.revive()
        bench.steps.die(.after, at: again)
        _ = try? await bench.apply(plan, vault: vault, mode: mode)
        let isOver = !bench.steps.isDead
        bench.steps.revive()
        guard try await bench.store.load().pending != nil else {
          if isOver { break }
          continue
        }
        let comment: Comment = "\(first) died at \(again), \(second), apply died at \(number)"
        let report = try await bench.recover(second, alsoKnown: Scenario.desired)
        #expect(report?.result == .applied, comment)
        try await expectEnd(second, bench, comment)
      }
    }
  }

  /// An apply that is killed while a write is on its way, which shows only later.
  @Test(arguments: Bench.Recovery.allCases)
  func awaitsWhatIsOnItsWay(recovery: Bench.Recovery) async throws {
    let bench = Scenario.bench
    await bench.cloud.showLate(after: 2)
    bench.steps.fail(.before, isDeath: true) { $0 == .record(.finished, thing("u")) }
    _ = try? await bench.apply(Scenario.desired)
    bench.steps.revive()
    await bench.cloud.showLate(after: 0)
    let (plan, vault, mode) = try #require(
      try await bench.planRecovery(recovery, alsoKnown: Scenario.desired))
    let remark = try #require(plan.problems.first { $0.address == nil }).message
    #expect(remark.contains("free/thing u was on its way and shows by now"))
    try await bench.apply(plan, vault: vault, mode: mode)
    try await expectEnd(recovery, bench, "\(recovery)")
  }

  @Test func tellsWhatTheJournalSays() async throws {
    let bench = Scenario.bench
    bench.steps.fail(.before, isDeath: true) { $0 == .write(.create, thing("c")) }
    _ = try? await bench.apply(Scenario.desired)
    bench.steps.revive()
    let pending = try #require(try await bench.store.load().pending)
    let remarks = try await settleWritesInFlight(of: pending, in: bench.context())
    #expect(
      remarks.map(\.message) == [
        """
        The journal of apply 4: AWS accepted free/thing d, free/thing g, free/thing u, \
        free/thing w; free/thing c was on its way and does not show as a whole: how far it \
        came is not known; 1 of its changes were not begun. The plan goes by what AWS holds now.
        """
      ])
    // It asked until nothing could be on its way any more.
    #expect(bench.clock.slept == [2, 2, 2, 2])
    try await bench.journal.clear()
    let without = try await settleWritesInFlight(of: pending, in: bench.context())
    #expect(without[0].message.hasPrefix("This machine has no journal of apply 4"))
  }

  @Test func leavesWhatHasGoneMeanwhile() async throws {
    let bench = Scenario.bench
    bench.steps.fail(.before, isDeath: true) { $0 == .write(.update, thing("u")) }
    _ = try? await bench.apply(Scenario.desired)
    bench.steps.revive()
    await bench.cloud.change {
      $0[thing("u")] = nil
      $0[thing("a")] = nil
    }
    let report = try await bench.recover(.finish, alsoKnown: Scenario.desired)
    #expect(report?.result == .applied)
    #expect(await bench.cloud.resources[thing("u")] == nil)
    #expect(await bench.cloud.resources[thing("a")] == nil)
    let next = try await bench.plan(Scenario.desired)
    #expect(next.drift.map(\.address) == [thing("u")])
    #expect(next.drift.map(\.isMissing) == [true])
  }

  @Test func isStaleWhereSomebodyElseTookItUp() async throws {
    let (bench, _) = try await interrupted(at: 6, .after)
    let first = try #require(try await bench.planRecovery(.finish, alsoKnown: Scenario.desired))
    try await bench.recover(.undo)
    let report = try await bench.apply(first.plan, vault: first.vault, mode: first.mode)
    #expect(report.result == .stale)
    #expect(await bench.cloud.resources == Scenario.before)
  }

  @Test func keepsTheLeaseWhereTheWayBackIsStale() async throws {
    let (bench, _) = try await interrupted(at: 5, .after)
    let (plan, vault, mode) = try #require(
      try await bench.planRecovery(.finish, alsoKnown: Scenario.desired))
    let change = try #require(plan.changes.first { $0.action == .update })
    await bench.cloud.change { $0[change.address]?.attributes["x"] = 77 }
    let report = try await bench.apply(plan, vault: vault, mode: mode)
    #expect(report.result == .stale)
    #expect(try await bench.store.load().pending != nil)
    #expect(try await bench.recover(.undo)?.result == .applied)
    #expect(await bench.cloud.resources == Scenario.before)
  }

  @Test func finishingAlsoBringsRecordsUpToDate() async throws {
    let bench = Bench()
    try await bench.apply([wanted(thing("a"), ["x": 1])])
    bench.steps.fail(.before, isDeath: true) { $0.isWrite }
    _ = try? await bench.apply([
      wanted(thing("a"), ["x": 1], onRemove: .keep), wanted(thing("b"), ["x": 1]),
    ])
    bench.steps.revive()
    try await bench.recover(.finish)
    #expect(try await bench.store.load().state?.resources[thing("a")]?.onRemove == .keep)
  }

  @Test(arguments: Bench.Recovery.allCases)
  func recordsWhatItCouldNotBringToAnEnd(recovery: Bench.Recovery) async throws {
    let bench = Bench([thing("a"): held(["x": 0, "y": 0])])
    let desired = [
      wanted(thing("a"), ["x": 1, "y": 1]), wanted(thing("b"), ["x": 1], dependsOn: [thing("a")]),
    ]
    await bench.cloud.tear(thing("a"))
    bench.steps.fail(.after, isDeath: true) { $0 == .record(.failed, thing("a")) }
    _ = try? await bench.apply(desired)
    bench.steps.revive()
    #expect(await bench.cloud.resources == [thing("a"): held(["x": 1, "y": 0])])
    bench.steps.fail(.before) { $0.isWrite }
    #expect(try await bench.recover(recovery)?.result == .appliedInPart)
    // `x` is Weir's although no apply of it ever ended well.
    let record = try await bench.store.load().state?.resources[thing("a")]
    #expect(record?.attributes == ["x": 1])
    #expect(record?.found == ["x": 0, "y": 0])
    try await bench.apply([])
    #expect(await bench.cloud.resources == [thing("a"): held(["x": 0, "y": 0])])
  }
}
