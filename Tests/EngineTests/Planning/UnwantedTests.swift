import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// What the policy asks to be deleted.
@Suite struct UnwantedTests {
  private let old = thing("old", "lost/thing")
  private let older = thing("older", "lost/thing")
  private let other = thing("other", "lost/thing")

  private func unwanted(
    _ address: Address, supersedes: Address? = nil, isProtected: Bool = false
  ) -> DesiredResource {
    var resource = wanted(address, [:], isProtected: isProtected)
    resource.isUnwanted = true
    resource.supersedes = supersedes
    return resource
  }

  private var bench: Bench {
    Bench([
      old: held(["size": 8, "usedBy": "nothing"]), older: held(["size": 4, "usedBy": "nothing"]),
      other: held(["size": 2]), thing("t"): held(["x": 3]),
    ])
  }

  private func delete(_ bench: Bench) async throws -> ApplyReport {
    try await bench.apply([unwanted(old), unwanted(older), wanted(thing("t"), ["x": 1])])
  }

  @Test func isDeletedAndLeavesNothingInTheState() async throws {
    let bench = bench
    let plan = try await bench.plan([unwanted(old), unwanted(thing("gone", "lost/thing"))])
    #expect(plan.changes.map(\.address) == [old])
    #expect(plan.changes.map(\.irreversible) == ["It is lost."])
    #expect(plan.changes[0].fields.map(\.path) == ["size", "usedBy"])
    #expect(plan.cost.delta == -8)
    #expect(plan.resourceCount == 0)
    #expect(try await delete(bench).result == .applied)
    #expect(Set(await bench.cloud.resources.keys) == [other, thing("t")])
    #expect(try await bench.store.load().state?.resources.keys.map { $0 } == [thing("t")])
    #expect(try await bench.plan([unwanted(old), wanted(thing("t"), ["x": 1])]).changes == [])
  }

  @Test func noRollbackBringsItBackAndNoneIsBarredByIt() async throws {
    let bench = bench
    _ = try await delete(bench)
    let back = try await bench.planRollback(to: 0).plan
    #expect(back.changes.map(\.address) == [thing("t")])
    #expect(back.problems.map(\.address) == [old, older])
    #expect(back.problems.allSatisfy { $0.code == .remark })
    #expect(back.problems[0].message.contains("cannot be brought back"))
    try await bench.rollback(to: 0)
    #expect(await bench.cloud.resources[thing("t")] == held(["x": 3]))
  }

  @Test(arguments: Bench.Recovery.allCases)
  func aCrashInTheMiddleIsTakenUp(recovery: Bench.Recovery) async throws {
    let bench = bench
    bench.steps.fail(.before, isDeath: true) { $0 == .write(.delete, older) }
    await #expect(throws: (any Error).self) { try await delete(bench) }
    bench.steps.revive()
    _ = try await bench.recover(recovery)
    let left = await bench.cloud.resources
    #expect(left[old] == nil)
    #expect((left[older] == nil) == (recovery == .finish))
    #expect(left[thing("t")] == held(["x": recovery == .finish ? 1 : 3]))
    #expect(try await bench.store.load().state?.resources[old] == nil)
  }

  @Test func aChangeMakesThePlanStale() async throws {
    let bench = bench
    let plan = try await bench.plan([unwanted(old), unwanted(older)])
    await bench.cloud.change { $0[older]?.attributes["usedBy"] = "somebody" }
    let report = try await bench.apply(plan)
    #expect(report.result == .stale)
    #expect(report.staleReasons == ["\(older): usedBy has changed since the plan was made"])
    #expect(await bench.cloud.effects == [])
  }

  @Test func isKeptWhereAnythingProtectsIt() async throws {
    let plan = try await bench.plan([unwanted(old, isProtected: true)])
    #expect(plan.problems.map(\.code) == [.protected])
    #expect(plan.problems[0].message.contains("metadata.environments"))
  }

  @Test func whatAnotherTypeHeldOfItIsForgotten() async throws {
    let bench = bench
    try await bench.apply([wanted(thing("t"), ["x": 1])])
    let plan = try await bench.plan([unwanted(old, supersedes: thing("t"))])
    #expect(plan.changes.map(\.address) == [thing("t"), old])
    #expect(plan.changes.map(\.action) == [.forget, .delete])
    try await bench.apply(plan)
    #expect(await bench.cloud.resources[thing("t")] == held(["x": 1]))
    #expect(try await bench.store.load().state?.resources == [:])
  }

  /// To delete is one permission; where the project gives it for good, it does not reach this.
  @Test(arguments: [
    (Guardrails(), [Permission.delete]), (Guardrails(allowsIrreversible: true), [.delete]),
    (Guardrails(allowsDeletes: true), [.delete]),
    (Guardrails(allowsDeletes: true, allowsIrreversible: true), []),
  ]) func takesThePermissionToDelete(guardrails: Guardrails, expected: [Permission]) async throws {
    let plan = try await bench.plan([unwanted(old)])
    #expect(plan.guarded(by: guardrails, state: nil).permissions == expected)
  }
}
