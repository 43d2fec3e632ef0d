import Model
import TestSupport
import Testing

@testable import Engine

/// What a plan does about drift, by what the manifest says.
@Suite struct OnDriftTests {
  private let address = thing("one")

  private func wish(_ attributes: [String: Value], _ policy: DriftPolicy) -> DesiredResource {
    var resource = wanted(address, attributes)
    resource.onDrift = policy
    return resource
  }

  /// An account in which `x` and `y` are applied as 1, and somebody has changed `x` to 9.
  private func drifted(_ policy: DriftPolicy) async throws -> Bench {
    let bench = Bench()
    try await bench.apply([wish(["x": 1, "y": 1], policy)])
    await bench.cloud.change { $0[thing("one")]?.attributes["x"] = 9 }
    return bench
  }

  @Test func isPutBackByDefault() async throws {
    let bench = try await drifted(.revert)
    let plan = try await bench.plan([wish(["x": 1, "y": 1], .revert)])
    #expect(plan.changes.map(\.set) == [["x": 1]])
    #expect(plan.drift.map(\.isReverted) == [true])
    #expect(plan.drift.map(\.onDrift) == [nil])
    #expect(plan.problems == [])
  }

  @Test func isKeptAndNeitherChangedNorRecorded() async throws {
    let bench = try await drifted(.keep)
    let before = try await bench.store.load().state
    let plan = try await bench.plan([wish(["x": 1, "y": 1], .keep)])
    #expect(plan.changes == [])
    #expect(plan.refreshed == [])
    #expect(plan.drift.map(\.isKept) == [true])
    #expect(plan.problems == [])
    // Another attribute is changed; the kept one stays in AWS and in the state.
    let report = try await bench.apply([wish(["x": 1, "y": 2], .keep)])
    #expect(report.result == .applied)
    #expect(await bench.cloud.resources[address]?.attributes == ["x": 9, "y": 2])
    let after = try await bench.store.load().state
    #expect(after?.resources[address]?.attributes == ["x": 1, "y": 2])
    #expect(before?.resources[address]?.attributes == ["x": 1, "y": 1])
    #expect(try await bench.plan([wish(["x": 1, "y": 2], .keep)]).drift.map(\.isKept) == [true])
  }

  @Test func isChangedWhereThePolicyAsksForSomethingNew() async throws {
    let bench = try await drifted(.keep)
    let plan = try await bench.plan([wish(["x": 2, "y": 1], .keep)])
    #expect(plan.changes.map(\.set) == [["x": 2]])
    #expect(plan.drift.map(\.isKept) == [false])
  }

  @Test func isNoDriftOnceThePolicyTakesItOver() async throws {
    for policy in DriftPolicy.allCases {
      let bench = try await drifted(policy)
      let plan = try await bench.plan([wish(["x": 9, "y": 1], policy)])
      #expect(plan.changes == [])
      #expect(plan.drift == [])
      #expect(plan.problems == [])
    }
  }

  @Test func keepsWhatWasDeleted() async throws {
    let bench = Bench()
    try await bench.apply([wish(["x": 1], .keep)])
    await bench.cloud.change { $0[thing("one")] = nil }
    let plan = try await bench.plan([wish(["x": 1], .keep)])
    #expect(plan.changes == [])
    #expect(plan.drift.map(\.isMissing) == [true])
    #expect(plan.drift.map(\.isKept) == [true])
    #expect(plan.problems == [])
    let new = try await bench.plan([wish(["x": 2], .keep)])
    #expect(new.changes.map(\.action) == [.create])
  }

  @Test func refusesUntilItIsSettled() async throws {
    let bench = try await drifted(.refuse)
    let plan = try await bench.plan([wish(["x": 1, "y": 1], .refuse)])
    #expect(plan.problems.map(\.code) == [.drift])
    #expect(plan.problems.allSatisfy { $0.isError && $0.isRule && $0.address == address })
    #expect(plan.problems[0].message.contains("Somebody else changed x since serial 1"))
    #expect(plan.changes.map(\.set) == [["x": 1]])
    await bench.cloud.change { $0[thing("one")]?.attributes["x"] = 1 }
    #expect(try await bench.plan([wish(["x": 1, "y": 1], .refuse)]).problems == [])
  }

  @Test func doesNotBarTheWayBack() async throws {
    let bench = try await drifted(.refuse)
    #expect(try await bench.planRollback(to: 0).plan.problems == [])
  }

  @Test func isRecordedWithThePlan() async throws {
    let bench = try await drifted(.keep)
    let plan = try await bench.plan([wish(["x": 1, "y": 1], .keep)])
    let read = try CanonicalJSON.decode(Plan.self, from: CanonicalJSON.encode(plan))
    #expect(read == plan)
    #expect(read.drift.first?.onDrift == .keep)
  }

  @Test func theKeptRestOfAPlanIsStableAfterAnApply() async throws {
    let bench = try await drifted(.keep)
    await bench.cloud.change { $0[thing("one")]?.attributes["y"] = nil }
    let plan = try await bench.plan([wish(["x": 1, "y": 1], .keep)])
    #expect(plan.changes == [])
    #expect(plan.drift.first?.fields.map(\.path) == ["x", "y"])
  }
}
