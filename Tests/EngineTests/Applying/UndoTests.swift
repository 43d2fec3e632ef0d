import Model
import TestSupport
import Testing

@testable import Engine

/// An apply that undoes what it did where something fails.
@Suite struct UndoTests {
  private func apply(_ bench: Bench) async throws -> ApplyReport {
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    bench.steps.revive()
    return try await bench.apply(plan, vault: vault, onFailure: .undo)
  }

  @Test func changesNothingWhereNothingFails() async throws {
    let bench = Scenario.bench
    let report = try await apply(bench)
    #expect(report.result == .applied && report.undo == nil)
    #expect(await bench.cloud.resources == Scenario.after)
  }

  // `e` has one attribute: a write of it that breaks off after the first is whole.
  @Test(
    arguments: ["u", "c", "e", "w", "g", "d"].map { ($0, false) }
      + ["u", "c", "w", "g", "d"].map { ($0, true) })
  func leavesEverythingAsItWas(failing: String, isTorn: Bool) async throws {
    let bench = Scenario.bench
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    if isTorn {
      await bench.cloud.tear(thing(failing))
    } else {
      bench.steps.fail(.before) {
        if case .write(_, thing(failing)) = $0 { true } else { false }
      }
    }
    let report = try await bench.apply(plan, vault: vault, onFailure: .undo)
    #expect(report.result == .undone)
    #expect(report.serial == 4)
    #expect(report.undo?.failures.contains { $0.address == thing(failing) } == true)
    #expect(report.undo?.obstacle == nil)
    #expect(await bench.cloud.resources == Scenario.before)
    let stored = try await bench.store.load()
    #expect(stored.pending == nil)
    #expect(stored.state?.resources == Scenario.state.resources)
    #expect(stored.state?.policyCommit == "earlier")
    let entry = try #require(await bench.store.history(limit: nil).first)
    #expect(entry.serial == 4)
    #expect(entry.summary.hasPrefix("undone, because free/thing \(failing) failed: "))
    let record = try #require(await bench.store.records.first)
    #expect(record.plan.problems.contains { $0.address == thing(failing) && $0.code == .remark })
    // The same apply can be tried again, and be rolled back.
    #expect(try await bench.apply(Scenario.desired).result == .applied)
    #expect(await bench.cloud.resources == Scenario.after)
    try await bench.rollback(to: 4)
    #expect(await bench.cloud.resources == Scenario.before)
  }

  @Test(arguments: Moment.allCases) func isUndoneOrRecoverableWhereverItFails(moment: Moment)
    async throws
  {
    var undone = 0
    for number in 1...(try await Scenario.stepCount()) {
      let bench = Scenario.bench
      let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
      bench.steps.revive()
      bench.steps.fail(moment, nth: number) { _ in true }
      let report = try? await bench.apply(plan, vault: vault, onFailure: .undo)
      let comment: Comment = "\(moment) step \(number), \(report?.result as Any)"
      bench.steps.revive()
      if try await bench.store.load().pending != nil {
        #expect(report == nil, comment)
        #expect(
          try await bench.recover(.undo, alsoKnown: Scenario.desired)?.result == .applied, comment)
        #expect(await bench.cloud.resources == Scenario.before, comment)
      } else if let report {
        #expect([.undone, .applied].contains(report.result), comment)
        if report.result == .undone { undone += 1 }
        let expected = report.result == .undone ? Scenario.before : Scenario.after
        #expect(await bench.cloud.resources == expected, comment)
      }
      let state = try await bench.store.load().state
      await Scenario.expectTrue(state, prior: Scenario.state, cloud: bench.cloud, comment)
    }
    #expect(undone > 10)
  }

  @Test(arguments: Moment.allCases) func isRecoverableWhereverTheUndoDies(moment: Moment)
    async throws
  {
    var recovered = 0
    for number in 1...120 {
      let bench = Scenario.bench
      let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
      bench.steps.revive()
      bench.steps.fail(.before, .write(.create, thing("e")))
      bench.steps.die(moment, at: number)
      _ = try? await bench.apply(plan, vault: vault, onFailure: .undo)
      let isOver = !bench.steps.isDead
      bench.steps.revive()
      if isOver { break }
      guard try await bench.store.load().pending != nil else { continue }
      recovered += 1
      let comment: Comment = "\(moment) step \(number)"
      #expect(
        try await bench.recover(.undo, alsoKnown: Scenario.desired)?.result == .applied, comment)
      #expect(await bench.cloud.resources == Scenario.before, comment)
      #expect(
        try await bench.store.load().state?.resources == Scenario.state.resources, comment)
    }
    #expect(recovered > 40)
  }

  @Test(arguments: Shape.positions) func undoesInReverse(shape: Shape, failing: String)
    async throws
  {
    var bench = Bench()
    bench.parallelism = 2
    let (plan, vault) = try await bench.plan(.policy(shape.desired))
    bench.steps.fail(.before, .write(.create, thing(failing)))
    let report = try await bench.apply(plan, vault: vault, onFailure: .undo)
    #expect(report.result == .undone)
    #expect(await bench.cloud.resources == [:])
    #expect(try await bench.store.load().state?.resources == [:])
    let effects = await bench.cloud.effects.map(\.name)
    for name in Set(effects) {
      let deleted = try #require(effects.lastIndex(of: name))
      for needed in shape.after[name] ?? [] where effects.contains(needed) {
        #expect(deleted < (effects.lastIndex(of: needed) ?? -1))
      }
    }
  }

  @Test func saysWhatIsLeftWhereTheUndoFails() async throws {
    let bench = Scenario.bench
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    bench.steps.fail(.before, .write(.create, thing("e")))
    bench.steps.fail(.before, .write(.delete, thing("c")))
    let report = try await bench.apply(plan, vault: vault, onFailure: .undo)
    #expect(report.result == .appliedInPart)
    #expect(report.undo?.failures.map(\.address) == [thing("e")])
    let left = report.outcomes.filter { $0.result != .applied }.map(\.address)
    #expect(left.contains(thing("c")))
    let stored = try await bench.store.load()
    #expect(stored.pending == nil)
    #expect(stored.state?.resources[thing("c")]?.wasCreated == true)
    await Scenario.expectTrue(
      stored.state, prior: Scenario.state, cloud: bench.cloud, "left by the undo")
    // What is left belongs to Weir, and the next apply or removal takes it up.
    try await bench.apply(Scenario.desired)
    #expect(await bench.cloud.resources == Scenario.after)
  }

  @Test func undoesNothingThatItCouldNot() async throws {
    // What was created cannot be deleted again.
    let bench = Bench()
    let desired = [
      wanted(thing("k", "kept/thing"), ["x": 1]),
      wanted(thing("z"), ["x": 1], dependsOn: [thing("k", "kept/thing")]),
    ]
    let (plan, vault) = try await bench.plan(.policy(desired))
    bench.steps.fail(.before, .write(.create, thing("z")))
    let report = try await bench.apply(plan, vault: vault, onFailure: .undo)
    #expect(report.result == .appliedInPart)
    #expect(report.undo?.obstacle?.hasPrefix("kept/thing k: ") == true)
    let stored = try await bench.store.load()
    #expect(stored.pending == nil)
    #expect(stored.state?.resources.keys.map { $0 } == [thing("k", "kept/thing")])
  }

  @Test func undoesNothingUnaskedThatIsIrreversible() async throws {
    var bench = Bench()
    bench.types["free/thing"]?.irreversible = { _, action in action == .delete ? "Gone." : nil }
    let desired = [
      wanted(thing("a"), ["x": 1]), wanted(thing("z"), ["x": 1], dependsOn: [thing("a")]),
    ]
    let (plan, vault) = try await bench.plan(.policy(desired))
    bench.steps.fail(.before, .write(.create, thing("z")))
    let report = try await bench.apply(plan, vault: vault, onFailure: .undo)
    #expect(report.result == .appliedInPart)
    #expect(report.undo?.obstacle == "free/thing a: to undo it is itself irreversible: Gone.")
    #expect(await bench.cloud.resources == [thing("a"): held(["x": 1])])
  }

  @Test func plansTheWayBackAnewWhereAWSMoves() async throws {
    let bench = Scenario.bench
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    bench.steps.fail(.before, .write(.create, thing("e")))
    // The second reading of the way back is the one that finds it stale.
    let moving = bench
    let context = bench.context(onEvent: { event in
      if case .began(_, let changes) = event, changes < plan.changes.count {
        moving.clock.advance(by: 1)
      }
    })
    let report = try await bench.apply(plan, vault: vault, onFailure: .undo, in: context)
    #expect(report.result == .undone)
    #expect(await bench.cloud.resources == Scenario.before)
  }

  @Test func isLeftToRecoverWhereSomebodyElseTookItUp() async throws {
    let bench = Scenario.bench
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    bench.steps.revive()
    bench.steps.fail(.before, .write(.create, thing("e")))
    // Loaded at the start, then for the undo.
    bench.steps.fail(.before, nth: 2) { $0 == .load }
    await #expect(throws: ApplyError.self) {
      try await bench.apply(plan, vault: vault, onFailure: .undo)
    }
    bench.steps.revive()
    #expect(try await bench.recover(.undo)?.result == .applied)
    #expect(await bench.cloud.resources == Scenario.before)
  }
}
