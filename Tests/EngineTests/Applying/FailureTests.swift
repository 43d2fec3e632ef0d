import Model
import TestSupport
import Testing

@testable import Engine

/// One failure at every step of an apply.
@Suite struct FailureTests {
  @Test(arguments: Moment.allCases) func leavesTheTruthAndTheRestWhereverItFails(moment: Moment)
    async throws
  {
    for number in 1...(try await Scenario.stepCount()) {
      let bench = Scenario.bench
      let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
      bench.steps.revive()
      bench.steps.fail(moment, nth: number) { _ in true }
      let result = try? await bench.apply(plan, vault: vault)
      let comment: Comment = "\(moment) step \(number), \(bench.steps.taken.last as Any)"
      Scenario.expectLeaseFirst(bench.steps, comment)
      bench.steps.revive()
      var stored = try await bench.store.load()
      await Scenario.expectTrue(stored.state, prior: Scenario.state, cloud: bench.cloud, comment)
      if stored.pending != nil {
        #expect(result == nil, comment)
        #expect(stored.state == Scenario.state, comment)
        let report = try await bench.recover(.finish, alsoKnown: Scenario.desired)
        #expect(report?.result == .applied, comment)
      } else if let result, result.result == .appliedInPart {
        let rest = try await bench.plan(Scenario.desired)
        let applied = result.outcomes.filter { $0.result == .applied }.map(\.address)
        #expect(Set(rest.changes.map(\.address)).isDisjoint(with: applied), comment)
        try await bench.apply(Scenario.desired)
      } else {
        try await bench.apply(Scenario.desired)
      }
      #expect(await bench.cloud.resources == Scenario.after, comment)
      stored = try await bench.store.load()
      #expect(stored.pending == nil, comment)
      await Scenario.expectTrue(
        stored.state, prior: State(lineage: "", environment: Bench.environment),
        cloud: bench.cloud, comment)
      #expect(try await bench.plan(Scenario.desired).isEmpty, comment)
      // Removing everything gives back everything, whatever failed on the way.
      try await bench.apply([])
      #expect(await bench.cloud.resources == Self.restored, comment)
    }
  }

  /// What AWS holds once the policy has gone: created things have gone, the rest is as found.
  static let restored: [Address: LiveResource] = [
    thing("u"): held(["x": 0, "f": 7]), thing("g"): held(["x": 5, "f": 7]),
    thing("k"): held(["x": 8]), thing("w"): held(["v": 1, "x": 0]),
    thing("a"): held(["x": 9, "f": 7]), thing("foreign"): held(["x": 1]),
  ]

  @Test(arguments: [
    ("c", ["x", "y"]), ("e", ["x"]), ("u", ["s", "x"]), ("w", ["w", "x"]), ("g", ["x", "y"]),
    ("d", ["x", "y"]),
  ]) func recordsWhatAWriteDidBeforeItBroke(name: String, found: [String]) async throws {
    let bench = Scenario.bench
    await bench.cloud.tear(thing(name))
    let report = try await bench.apply(Scenario.desired)
    // `e` has one attribute: what broke off after it is whole, and is seen so when read back.
    #expect(report.result == (name == "e" ? .applied : .appliedInPart))
    let state = try await bench.store.load().state
    await Scenario.expectTrue(state, prior: Scenario.state, cloud: bench.cloud, "\(name)")
    #expect(state?.resources[thing(name)]?.wasCreated == ["c", "d", "e"].contains(name))
    #expect(state?.resources[thing(name)]?.found.keys.sorted() == found)
    #expect(try await bench.apply(Scenario.desired).result != .appliedInPart)
    #expect(await bench.cloud.resources == Scenario.after)
    try await bench.apply([])
    #expect(await bench.cloud.resources == Self.restored)
  }

  @Test(arguments: Shape.positions, Moment.allCases) func finishesWhatDoesNotWaitForAFailure(
    position: (Shape, String), moment: Moment
  ) async throws {
    let (shape, failing) = position
    var bench = Bench()
    bench.parallelism = 2
    bench.steps.fail(moment, .write(.create, thing(failing)))
    let report = try await bench.apply(shape.desired)
    let skipped = shape.dependents(of: failing)
    for outcome in report.outcomes {
      switch outcome.result {
      case .applied: #expect(!skipped.contains(outcome.address.name))
      case .failed: #expect(outcome.address.name == failing)
      case .skipped: #expect(skipped.contains(outcome.address.name))
      }
    }
    let there = Set(await bench.cloud.resources.keys.map(\.name))
    let expected = Set(shape.names).subtracting(skipped)
    #expect(there == (moment == .before ? expected.subtracting([failing]) : expected))
    let state = try await bench.store.load().state
    #expect(Set(state?.resources.keys.map(\.name) ?? []) == there)
    bench.steps.revive()
    #expect(try await bench.apply(shape.desired).result != .appliedInPart)
    #expect(await bench.cloud.resources.count == shape.names.count)
    try await bench.apply([])
    #expect(await bench.cloud.resources == [:])
  }

  @Test(arguments: Shape.positions) func keepsWhatADeletionThatFailsDependsOn(
    shape: Shape, failing: String
  ) async throws {
    let bench = Bench()
    try await bench.apply(shape.desired)
    bench.steps.fail(.before, .write(.delete, thing(failing)))
    let report = try await bench.apply([])
    #expect(report.result == .appliedInPart)
    let there = await bench.cloud.resources
    let state = try await bench.store.load().state
    #expect(Set(state?.resources.keys.map { $0 } ?? []) == Set(there.keys))
    for name in shape.names where there[thing(name)] != nil {
      for needed in shape.after[name] ?? [] { #expect(there[thing(needed)] != nil) }
    }
    try await bench.apply([])
    #expect(await bench.cloud.resources == [:])
  }

  @Test func lostLeaseAwaitsWhatRunsAndIsLeftToRecover() async throws {
    var bench = Bench()
    bench.parallelism = 2
    let running = bench
    bench.steps.fail(.before, .renew)
    let context = bench.context(onEvent: {
      if case .finished = $0 { running.clock.advance(by: 800) }
    })
    let plan = try await bench.plan(Shape.funnel.desired)
    let error = await #expect(throws: ApplyError.self) {
      try await bench.apply(plan, in: context)
    }
    if case .unfinished(let serial, _)? = error {
      #expect(serial == 1)
    } else {
      Issue.record("\(error as Any)")
    }
    #expect(try await bench.recover(.finish)?.result == .applied)
    #expect(try await bench.plan(Shape.funnel.desired).isEmpty)
    #expect(await bench.cloud.resources.count == 5)
  }

  @Test func isUnfinishedWhereTheWaitForAWriteIsBroken() async throws {
    let bench = Bench()
    await bench.cloud.showLate(after: 2)
    var context = bench.context()
    context.sleep = { _ in throw CancellationError() }
    let plan = try await bench.plan([wanted(thing("c"), ["x": 1])])
    await #expect(throws: ApplyError.self) { try await bench.apply(plan, in: context) }
    #expect(try await bench.store.load().pending != nil)
  }
}
