import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// What resources need that Weir does not manage, what the time has made void, and when they act next.
@Suite struct NeedTests {
  private let role = thing("role", "free/role")

  private func bench(_ live: [Address: LiveResource] = [:]) -> Bench {
    var bench = Bench(live)
    bench.types["free/role"] = FakeResourceType("free/role", in: bench.cloud)
    return bench
  }

  @Test func aNeedThatIsNotThereStopsThePlan() async throws {
    var wish = wanted(thing("a"), ["f": 1])
    wish.needs = [role]
    let missing = try await bench().plan([wish])
    #expect(missing.problems.map(\.code) == [.refusedByAWS])
    #expect(missing.problems.first?.message == "It needs free/role role, which is not there.")
    let there = try await bench([role: held(["f": 1])]).plan([wish])
    #expect(there.problems.isEmpty && there.changes.map(\.address) == [wish.address])
  }

  @Test func whatIsSpentNeedsNothing() async throws {
    var wish = wanted(thing("a"), ["f": 1])
    wish.needs = [role]
    wish.isSpent = true
    #expect(try await bench().plan([wish]).problems.isEmpty)
  }

  /// A start that has passed is neither asked for nor given back, however AWS has it.
  @Test func whatHasLapsedIsLeftAlone() async throws {
    let bench = bench()
    let address = thing("a")
    try await bench.apply([wanted(address, ["f": 1, "start": 5])])
    var later = wanted(address, ["f": 1])
    #expect(try await bench.plan([later]).changes.count == 1)
    later.lapsed = ["start"]
    let plan = try await bench.plan([later])
    #expect(plan.isEmpty && plan.drift.isEmpty && plan.refreshed.isEmpty)
    // Another attribute may change meanwhile; the record tells until when the start counted.
    later.attributes["f"] = .exactly(2)
    try await bench.apply([later])
    let state = try await bench.store.load().state
    #expect(state?.resources[address]?.attributes == ["f": 2, "start": 5])
    // AWS may forget it.
    await bench.cloud.change { $0[address] = held(["f": 2]) }
    let forgotten = try await bench.plan([later])
    #expect(forgotten.isEmpty && forgotten.drift.isEmpty)
  }

  @Test func aPlanTellsWhenWhatChangesActsNext() async throws {
    var bench = bench()
    var action = FakeResourceType("free/thing", in: bench.cloud)
    action.firings = { attributes, time in
      let hours = attributes["every"]?.number.map { NSDecimalNumber(decimal: $0).doubleValue }
      return hours.map { [Firing(time + $0 * 3600, in: .gmt)] } ?? []
    }
    bench.types["free/thing"] = action
    let first = [wanted(thing("a"), ["every": 2]), wanted(thing("b"), ["f": 1])]
    let plan = try await bench.plan(first)
    let now = bench.clock.now
    #expect(plan.changes.map(\.firings) == [[Firing(now + 7200, in: .gmt)], nil])
    #expect(try CanonicalJSON.decode(Plan.self, from: try CanonicalJSON.encode(plan)) == plan)
    // When it was made is not what a plan does.
    bench.clock.advance(by: 60)
    let later = try await bench.plan(first)
    #expect(later != plan)
    #expect(try later.digest() == plan.digest())
    try await bench.apply(first)
    #expect(try await bench.plan(first).isEmpty)
    let away = try await bench.plan([wanted(thing("b"), ["f": 1])])
    #expect(away.changes.map(\.firings) == [nil])
  }
}
