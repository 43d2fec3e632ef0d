import Model
import TestSupport
import Testing

@testable import Engine

/// Each resource is read once more just before its own write.
@Suite struct RereadTests {
  /// Changes `name` behind the apply's back just before `step`, once the common reading is over.
  private func apply(
    _ bench: Bench, moving address: Address, _ value: LiveResource?, before step: Step
  ) async throws -> ApplyReport {
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    await bench.cloud.change(before: step) { $0[address] = value }
    return try await bench.apply(plan, vault: vault)
  }

  @Test func writesNothingOverWhatMovedMeanwhile() async throws {
    let bench = Scenario.bench
    // `g` is written first; then somebody else changes `u`, on which `c` and `e` wait.
    let report = try await apply(
      bench, moving: thing("u"), held(["x": 50, "f": 7]), before: .write(.update, thing("g")))
    #expect(report.result == .appliedInPart)
    let results = Dictionary(uniqueKeysWithValues: report.outcomes.map { ($0.address, $0.result) })
    #expect(
      results[thing("u")]
        == .failed("not written: free/thing u: x has changed since the plan was made"))
    for name in ["c", "e"] {
      guard case .skipped? = results[thing(name)] else { Issue.record("\(name)"); continue }
    }
    #expect(results[thing("d")] == .applied && results[thing("w")] == .applied)
    #expect(await bench.cloud.resources[thing("u")] == held(["x": 50, "f": 7]))
    let state = try await bench.store.load().state
    #expect(state?.resources[thing("u")] == Scenario.state.resources[thing("u")])
    #expect(try await bench.apply(Scenario.desired).result == .applied)
    #expect(await bench.cloud.resources == Scenario.after)
  }

  @Test func ownsNothingThatSomebodyElseCreatedMeanwhile() async throws {
    let bench = Scenario.bench
    let report = try await apply(
      bench, moving: thing("c"), held(["x": 1, "y": 1]), before: .write(.update, thing("u")))
    #expect(report.result == .appliedInPart)
    #expect(
      report.outcomes.first { $0.address == thing("c") }?.result
        == .failed("not written: free/thing c has been created by somebody else"))
    let state = try await bench.store.load().state
    #expect(state?.resources[thing("c")] == nil)
    try await bench.apply([])
    #expect(await bench.cloud.resources[thing("c")] == held(["x": 1, "y": 1]))
  }

  @Test func deletesNothingThatMovedMeanwhile() async throws {
    let bench = Scenario.bench
    let report = try await apply(
      bench, moving: thing("d"), held(["x": 4, "y": 5]), before: .write(.update, thing("g")))
    #expect(
      report.outcomes.first { $0.address == thing("d") }?.result
        == .failed("not written: free/thing d: y has changed since the plan was made"))
    #expect(await bench.cloud.resources[thing("d")] == held(["x": 4, "y": 5]))
  }

  @Test func keepsWhatOthersAddBetweenTheReadings() async throws {
    let bench = Scenario.bench
    let report = try await apply(
      bench, moving: thing("u"), held(["x": 1, "f": 99]), before: .write(.update, thing("g")))
    #expect(report.result == .applied)
    #expect(await bench.cloud.resources[thing("u")]?.attributes["f"] == 99)
  }

  @Test func whatCannotBeReadIsNotWritten() async throws {
    let bench = Bench([thing("a"): held(["x": 1])])
    let (plan, vault) = try await bench.plan(.policy([wanted(thing("a"), ["x": 2])]))
    bench.steps.revive()
    bench.steps.fail(.before, nth: 2) { $0.isRead }
    let report = try await bench.apply(plan, vault: vault)
    #expect(report.result == .appliedInPart)
    #expect(!bench.steps.taken.contains { $0.isWrite })
    #expect(await bench.cloud.resources[thing("a")] == held(["x": 1]))
    #expect(await bench.journal.entries() == [])
  }
}
