import Model
import Synchronization
import TestSupport
import Testing

@testable import Engine

@Suite struct ApplierTests {
  @Test func appliesEveryActionAndRecordsIt() async throws {
    let bench = Scenario.bench
    let report = try await bench.apply(Scenario.desired)
    #expect(report.result == .applied)
    #expect(report.serial == 4)
    #expect(await bench.cloud.resources == Scenario.after)
    #expect(await bench.journal.entries() == [])
    let stored = try await bench.store.load()
    #expect(stored.pending == nil)
    #expect(stored.version == report.version)
    let state = try #require(stored.state)
    #expect(state.policyCommit == bench.commit)
    #expect(Set(state.resources.keys) == Set(["u", "c", "e", "w", "a"].map { thing($0) }))
    #expect(state.resources[thing("c")]?.wasCreated == true)
    #expect(state.resources[thing("a")]?.found == ["x": 9])
    #expect(state.resources[thing("w")]?.found == ["x": 0])
    await Scenario.expectTrue(state, prior: Scenario.state, cloud: bench.cloud, "after all")
    #expect(
      await bench.store.history(limit: nil).map(\.summary) == [
        "2 created, 3 changed, 1 deleted, 1 adopted, 1 forgotten"
      ])
  }

  @Test func doesNothingTheSecondTime() async throws {
    let bench = Scenario.bench
    try await bench.apply(Scenario.desired)
    bench.steps.revive()
    let report = try await bench.apply(Scenario.desired)
    #expect(report.result == .nothingToDo)
    #expect(!bench.steps.taken.contains(.begin))
    #expect(await bench.store.history(limit: nil).count == 1)
  }

  @Test func recordsWhatThePolicySaysOfAResourceThatStaysAsItIs() async throws {
    let bench = Scenario.bench
    try await bench.apply(Scenario.desired)
    var desired = Scenario.desired
    desired[0].onRemove = .keep
    desired[0].isProtected = true
    bench.steps.revive()
    let report = try await bench.apply(desired)
    #expect(report.result == .applied)
    #expect(!bench.steps.taken.contains { $0.isWrite })
    let state = try await bench.store.load().state
    #expect(state?.resources[thing("u")]?.onRemove == .keep)
    #expect(state?.resources[thing("u")]?.isProtected == true)
    #expect(try await bench.apply(desired).result == .nothingToDo)
  }

  @Test func deletesWhatIsNoLongerProtected() async throws {
    let bench = Bench()
    try await bench.apply([wanted(thing("p"), ["x": 1], isProtected: true)])
    #expect(try await bench.plan([]).problems.map(\.code) == [.protected])
    try await bench.apply([wanted(thing("p"), ["x": 1], isProtected: false)])
    #expect(try await bench.apply([]).result == .applied)
    #expect(await bench.cloud.resources == [:])
  }

  @Test(arguments: [1, 3, 5]) func runsAsManyWritesAtOnceAsAllowed(parallelism: Int) async throws {
    var bench = Bench()
    bench.parallelism = parallelism
    await bench.cloud.gather(parallelism)
    let desired = (0..<(parallelism * 4)).map { wanted(thing("\($0)"), ["x": 1]) }
    try await bench.apply(desired)
    #expect(await bench.cloud.peak == parallelism)
    #expect(await bench.cloud.resources.count == desired.count)
  }

  @Test(arguments: Shape.allCases) func writesInTheOrderOfDependencies(shape: Shape) async throws {
    var bench = Bench()
    bench.parallelism = 3
    try await bench.apply(shape.desired)
    let created = await bench.cloud.effects.map(\.name)
    for (place, name) in created.enumerated() {
      #expect(Set(shape.after[name] ?? []).isSubset(of: created[..<place]))
    }
    try await bench.apply([])
    let deleted = await bench.cloud.effects.dropFirst(created.count).map(\.name)
    #expect(deleted.sorted() == shape.names)
    for (place, name) in deleted.enumerated() {
      #expect(Set(shape.after[name] ?? []).isDisjoint(with: deleted[..<place]))
    }
  }

  @Test(arguments: [
    (thing("u"), "x", "free/thing u: x has changed since the plan was made"),
    (thing("a"), "x", "free/thing a: x has changed since the plan was made"),
    (thing("d"), "y", "free/thing d: y has changed since the plan was made"),
  ]) func writesNothingWhereAWSHasMoved(address: Address, name: String, reason: String)
    async throws
  {
    let bench = Scenario.bench
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    await bench.cloud.change { $0[address]?.attributes[name] = 99 }
    let report = try await bench.apply(plan, vault: vault)
    #expect(report.result == .stale)
    #expect(report.staleReasons == [reason])
    try await expectGivenBack(bench, report)
  }

  @Test func writesNothingWhereAResourceHasGoneOrCome() async throws {
    let bench = Scenario.bench
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    await bench.cloud.change {
      $0[thing("u")] = nil
      $0[thing("c")] = held(["x": 1])
    }
    let report = try await bench.apply(plan, vault: vault)
    #expect(report.result == .stale)
    #expect(
      report.staleReasons == [
        "free/thing c has been created by somebody else", "free/thing u is no longer there",
      ])
    try await expectGivenBack(bench, report)
  }

  @Test func letsOthersChangeWhatIsNotOwned() async throws {
    let bench = Scenario.bench
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    await bench.cloud.change { $0[thing("u")]?.attributes["f"] = 8 }
    #expect(try await bench.apply(plan, vault: vault).result == .applied)
    #expect(await bench.cloud.resources[thing("u")]?.attributes["f"] == 8)
  }

  /// The lease is free, the state as it was, the serial not used up.
  private func expectGivenBack(_ bench: Bench, _ report: ApplyReport) async throws {
    #expect(!bench.steps.taken.contains { $0.isWrite })
    let stored = try await bench.store.load()
    #expect(stored.pending == nil)
    #expect(stored.state == Scenario.state)
    #expect(stored.version == report.version)
    #expect(report.serial == 3)
    #expect(await bench.store.history(limit: nil).isEmpty)
    #expect(await bench.store.snapshot(beforeSerial: 4) == nil)
  }

  @Test func refusesAPlanOfAnotherState() async throws {
    let bench = Scenario.bench
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    try await bench.apply(plan, vault: vault)
    let report = try await bench.apply(plan, vault: vault)
    #expect(report.result == .stale)
    #expect(report.staleReasons.count == 1)
    let other = Bench(
      Scenario.before, state: State(lineage: "other", environment: Bench.environment))
    #expect(try await other.apply(plan, vault: vault).result == .stale)
    #expect(await other.cloud.effects == [])
  }

  @Test func isLockedWhileAnotherApplyIsUnfinished() async throws {
    let bench = Scenario.bench
    bench.steps.fail(.before, isDeath: true) { $0.isWrite }
    await #expect(throws: (any Error).self) { try await bench.apply(Scenario.desired) }
    bench.steps.revive()
    let pending = try #require(try await bench.store.load().pending)
    await #expect(throws: ApplyError.locked(pending)) { try await bench.apply(Scenario.desired) }
    #expect(await bench.cloud.resources == Scenario.before)
  }

  @Test func onlyOneOfTwoBegins() async throws {
    let bench = Scenario.bench
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    async let first = Result { try await bench.apply(plan, vault: vault).result }
    async let second = Result { try await bench.apply(plan, vault: vault).result }
    let results = await [first, second].map { try? $0.get() }
    #expect(results.count { $0 == .applied } == 1)
    #expect(await bench.cloud.resources == Scenario.after)
    #expect(await bench.store.history(limit: nil).count == 1)
  }

  @Test func beginsNothingMoreOnceInterrupted() async throws {
    let bench = Scenario.bench
    let begun = Mutex(0)
    let context = bench.context(
      isStopping: { begun.withLock { $0 >= 2 } },
      onEvent: { if case .started = $0 { begun.withLock { $0 += 1 } } })
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    let report = try await bench.apply(plan, vault: vault, in: context)
    #expect(report.result == .appliedInPart)
    #expect(await bench.cloud.effects.count == 2)
    #expect(report.outcomes.count { $0.result == .skipped("interrupted") } == 4)
    #expect(try await bench.apply(Scenario.desired).result == .applied)
    #expect(await bench.cloud.resources == Scenario.after)
  }

  @Test func renewsTheLeaseWhileItRuns() async throws {
    let bench = Scenario.bench
    let context = bench.context(onEvent: {
      if case .finished = $0 { bench.clock.advance(by: 500) }
    })
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    #expect(try await bench.apply(plan, vault: vault, in: context).result == .applied)
    #expect(bench.steps.taken.count { $0 == .renew } >= 4)
  }

  @Test func readsBackUntilAWriteShows() async throws {
    var bench = Bench()
    bench.types["free/thing"]?.verification = Verification(tries: 4, interval: 10)
    await bench.cloud.showLate(after: 3)
    let report = try await bench.apply([wanted(thing("slow"), ["x": 1])])
    #expect(report.result == .applied)
    #expect(bench.clock.slept == [10, 10, 10])
  }

  @Test func saysWhatNeverShows() async throws {
    let bench = Bench([thing("u"): held(["x": 1])])
    await bench.cloud.showLate(after: .max)
    let report = try await bench.apply([wanted(thing("u"), ["x": 2]), wanted(thing("c"), ["x": 1])])
    #expect(report.result == .appliedInPart)
    #expect(
      report.outcomes.map(\.result) == [
        .failed("accepted, but not seen when read back: it is not there"),
        .failed("accepted, but not seen when read back: x"),
      ])
    #expect(try await bench.store.load().state?.resources == [:])
    #expect(bench.clock.slept.count == 2)
  }

  @Test func writesTheJournalAroundEachWrite() async throws {
    let bench = Scenario.bench
    try await bench.apply(Scenario.desired)
    for case (let place, .write(_, let address)) in bench.steps.taken.enumerated() {
      #expect(bench.steps.taken[place - 1] == .record(.started, address))
      #expect(bench.steps.taken[place + 1] == .record(.finished, address))
    }
  }
}

extension Result where Failure == any Error, Success: Sendable {
  /// What an asynchronous body returns or throws.
  fileprivate init(_ body: () async throws -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
