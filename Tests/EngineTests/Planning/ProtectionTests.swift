import Model
import TestSupport
import Testing

@testable import Engine

/// What is protected stays so, whatever becomes of the manifest.
@Suite struct ProtectionTests {
  private func planAgain(
    _ bench: Bench, _ desired: [DesiredResource], isProtected: Bool
  ) async throws -> Plan {
    let state = try await bench.store.load().state
    return makePlan(
      PlanInput(
        intent: .policy(desired), environment: Bench.environment,
        policy: PolicyReference(commit: nil, hasUncommittedChanges: false, directory: ""),
        state: state, lineage: Bench.lineage, live: await bench.cloud.resources,
        schemas: bench.types, isProtected: isProtected, time: bench.clock.now))
  }

  @Test func theMarkOutlivesTheManifest() async throws {
    let bench = Bench()
    try await bench.apply([wanted(thing("p"), ["x": 1], isProtected: true)])
    for _ in 0..<2 {
      let plan = try await bench.plan([])
      #expect(plan.changes.map(\.action) == [.delete])
      #expect(plan.problems.map(\.code) == [.protected])
    }
    // Another apply in between does not wash it off, nor does a failure.
    try await bench.apply([
      wanted(thing("p"), ["x": 1], isProtected: true), wanted(thing("q"), ["x": 1]),
    ])
    await bench.cloud.tear(thing("p"))
    try await bench.apply([
      wanted(thing("p"), ["x": 2, "y": 2], isProtected: true), wanted(thing("q"), ["x": 1]),
    ])
    #expect(try await bench.plan([]).problems.map(\.address) == [thing("p")])
    // Giving a rollback's values back keeps it, too.
    try await bench.rollback(to: 1)
    #expect(try await bench.store.load().state?.resources[thing("p")]?.isProtected == true)
  }

  @Test func theMarkIsTakenAwayByAnApplyOnly() async throws {
    let bench = Bench()
    try await bench.apply([wanted(thing("p"), ["x": 1], isProtected: true)])
    try await bench.apply([wanted(thing("p"), ["x": 1])])
    #expect(try await bench.plan([]).problems == [])
  }

  @Test func anEnvironmentIsProtectedFromTheMomentThatThePolicySaysSo() async throws {
    let bench = Bench()
    try await bench.apply([wanted(thing("p"), ["x": 1]), wanted(thing("q"), ["x": 1])])
    let desired = [wanted(thing("q"), ["x": 5], isProtected: true)]
    let plan = try await planAgain(bench, desired, isProtected: true)
    #expect(plan.problems.map(\.code) == [.protected])
    #expect(plan.problems.map(\.address) == [thing("p")])
    #expect(try await planAgain(bench, desired, isProtected: false).problems == [])
  }

  @Test func aRollbackDeletesItWithPermissionOnly() async throws {
    let bench = Bench()
    try await bench.apply([wanted(thing("p"), ["x": 1], isProtected: true)])
    let plan = try await bench.planRollback(to: 0).plan
    #expect(plan.problems.map(\.code) == [.remark])
    #expect(plan.problems[0].message.contains("`--allow-delete`"))
    let state = try await bench.store.load().state
    #expect(plan.guarded(by: Guardrails(), state: state).permissions == [.delete])
    try await bench.apply([wanted(thing("p"), ["x": 1])])
    let unprotected = try await bench.store.load().state
    let back = try await bench.planRollback(to: 0).plan
    #expect(back.guarded(by: Guardrails(), state: unprotected).permissions == [])
  }

  @Test func whatWasAdoptedIsGivenBackAllTheSame() async throws {
    let bench = Bench([thing("p"): held(["x": 7])])
    try await bench.apply([wanted(thing("p"), ["x": 1], isProtected: true)])
    let plan = try await planAgain(bench, [], isProtected: true)
    #expect(plan.problems == [])
    #expect(plan.changes.map(\.set) == [["x": 7]])
  }
}
