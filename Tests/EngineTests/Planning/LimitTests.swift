import Model
import TestSupport
import Testing

@testable import Engine

/// Plans about some attributes of some resources: all else stays, in AWS and in the state.
@Suite struct LimitTests {
  private let address = thing("a")

  private func plan(
    _ bench: Bench, _ desired: [DesiredResource], _ limits: [Address: Set<String>]
  ) async throws -> Plan {
    var input = PlanInput(
      intent: .policy(desired), environment: Bench.environment,
      policy: PolicyReference(commit: bench.commit, hasUncommittedChanges: false, directory: ""),
      state: try await bench.store.load().state, lineage: Bench.lineage,
      live: await bench.cloud.resources, schemas: bench.types, time: bench.clock.now)
    input.limits = limits
    return makePlan(input)
  }

  @Test func changesAndRecordsWhatItIsAboutAlone() async throws {
    let bench = Bench([address: held(["x": 5, "y": 5])])
    try await bench.apply([wanted(address, ["x": 1, "y": 1])])
    let next = [wanted(address, ["x": 2, "y": 2, "z": 2]), wanted(thing("b"), ["x": 1])]
    let plan = try await plan(bench, next, [address: ["x"]])
    #expect(plan.changes.map(\.address) == [address])
    #expect(plan.changes[0].set == ["x": 2])
    #expect(plan.changes[0].outcome?.attributes == ["x": 2, "y": 1])
    #expect(plan.changes[0].outcome?.found == ["x": 5, "y": 5])
    #expect(plan.refreshed == [] && plan.problems == [] && plan.drift == [])
  }

  @Test func whatMovedOutsideIsNeitherDriftNorPutBack() async throws {
    let bench = Bench()
    try await bench.apply([wanted(address, ["x": 1, "y": 1])])
    await bench.cloud.change { $0[thing("a")] = held(["x": 9, "y": 9]) }
    let plan = try await plan(bench, [wanted(address, ["x": 1, "y": 1])], [address: ["x"]])
    #expect(plan.changes.map(\.set) == [["x": 1]])
    #expect(plan.drift.flatMap(\.fields).map(\.path) == ["x"])
  }

  @Test func whatIsGivenUpOutsideWaits() async throws {
    let bench = Bench([address: held(["x": 5, "y": 5])])
    try await bench.apply([wanted(address, ["x": 1, "y": 1])])
    let plan = try await plan(bench, [], [address: ["x"]])
    #expect(plan.changes.map(\.set) == [["x": 5]])
    #expect(plan.changes[0].outcome?.attributes == ["y": 1])
    #expect(plan.changes[0].outcome?.found == ["y": 5])
    let whole = try await self.plan(bench, [], [address: ["x", "y"]])
    #expect(whole.changes.map(\.set) == [["x": 5, "y": 5]])
    #expect(whole.changes[0].outcome == nil)
  }

  @Test func nothingComesOrGoes() async throws {
    let bench = Bench()
    let created = try await plan(bench, [wanted(address, ["x": 1, "y": 1])], [address: ["x"]])
    #expect(created.changes == [])
    try await bench.apply([wanted(address, ["x": 1, "y": 1])])
    let deleted = try await plan(bench, [], [address: ["x"]])
    #expect(deleted.changes == [])
  }
}
