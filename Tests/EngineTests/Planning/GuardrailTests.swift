import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// What a project's limits say to a plan.
@Suite struct GuardrailTests {
  /// Eight things of `free/thing` and three of `kept/thing`, all managed.
  private static let managed =
    (1...8).map { wanted(thing("f\($0)"), ["x": 1]) }
    + (1...3).map { wanted(thing("k\($0)", "kept/thing"), ["x": 1]) }

  /// A plan that raises `changed` of the free things, deletes the last `deleted` ones, and creates
  /// `created` more.
  private func plan(
    changed: Int = 0, deleted: Int = 0, created: Int = 0, kept: Int = 0, by amount: Int = 10,
    _ guardrails: Guardrails
  ) async throws -> Plan {
    let bench = Bench()
    try await bench.apply(Self.managed)
    let free = (1...8).dropLast(deleted).map {
      wanted(thing("f\($0)"), ["x": Value($0 <= changed ? 1 + amount : 1)])
    }
    let others = (1...3).map {
      wanted(thing("k\($0)", "kept/thing"), ["x": Value($0 <= kept ? 2 : 1)])
    }
    let new = (0..<created).map { wanted(thing("n\($0)"), ["x": 1]) }
    let state = try await bench.store.load().state
    return try await bench.plan(free + others + new).guarded(by: guardrails, state: state)
  }

  private func breaches(_ plan: Plan) -> [GuardrailBreach] {
    plan.problems.filter(\.isError).compactMap(\.breach)
  }

  @Test func refusesNothingWithinTheLimits() async throws {
    let all = Guardrails(
      maxChanges: 5, maxDeletes: 1, maxIncrease: 21, maxPercentOfFleet: 37.5, allowsDeletes: true)
    let plan = try await plan(changed: 2, deleted: 1, created: 1, kept: 1, all)
    #expect(plan.changes.count == 5)
    #expect(plan.problems == [])
    #expect(plan.permissions == [])
  }

  @Test(arguments: [
    (Guardrails(maxChanges: 4), GuardrailBreach(.maxChanges, figure: 5, limit: 4)),
    (Guardrails(maxChanges: 0), GuardrailBreach(.maxChanges, figure: 5, limit: 0)),
    (Guardrails(maxDeletes: 0), GuardrailBreach(.maxDeletes, figure: 1, limit: 0)),
    (Guardrails(maxIncrease: 20), GuardrailBreach(.maxIncrease, figure: 21, limit: 20)),
    (
      Guardrails(maxPercentOfFleet: 25),
      GuardrailBreach(.maxPercentOfFleet, figure: 37.5, limit: 25, type: "free/thing")
    ),
  ]) func tellsTheFigureAndTheLimit(guardrails: Guardrails, expected: GuardrailBreach)
    async throws
  {
    let plan = try await plan(changed: 2, deleted: 1, created: 1, kept: 1, guardrails)
    #expect(breaches(plan) == [expected])
    let problem = try #require(plan.problems.first)
    #expect(problem.code == .guardrail && problem.isRule && problem.address == nil)
    #expect(problem.subject == "guardrail \(expected.guardrail.rawValue)")
    #expect(problem.message.contains("--override-guardrail \(expected.guardrail.rawValue)"))
    #expect(problem.message.contains("\(expected.limit)"))
    let read = try CanonicalJSON.decode(Plan.self, from: CanonicalJSON.encode(plan))
    #expect(read == plan)
  }

  @Test func smallFleetsAreNoFleets() async throws {
    let plan = try await plan(changed: 0, kept: 3, Guardrails(maxPercentOfFleet: 1))
    #expect(plan.changes.count == 3)
    #expect(breaches(plan) == [])
  }

  @Test func creationsAreNotOfTheFleet() async throws {
    #expect(breaches(try await plan(created: 50, Guardrails(maxPercentOfFleet: 1))) == [])
  }

  @Test func savingsAreNoIncrease() async throws {
    let plan = try await plan(changed: 8, by: -1, Guardrails(maxIncrease: 0))
    #expect(plan.cost.delta == -8)
    #expect(breaches(plan) == [])
  }

  @Test func remarksOnUnknownCosts() async throws {
    let unknown = CostChange(before: .zero, after: .unknown("depends on the traffic"))
    var plan = try await plan(changed: 1, Guardrails())
    let change = try #require(plan.changes.first)
    plan.changes = [
      Change(
        address: change.address, action: .update, reason: change.reason, before: change.before,
        set: change.set, unset: [], recorded: [:], fields: [], cost: unknown, after: [],
        outcome: nil, notes: [])
    ]
    let limited = plan.guarded(by: Guardrails(maxIncrease: 0), state: nil)
    #expect(limited.problems.map(\.code) == [.remark])
    #expect(plan.guarded(by: Guardrails(maxChanges: 9), state: nil).problems == [])
  }

  @Test func letsPassWhatIsNamed() async throws {
    let all = Guardrails(maxChanges: 1, maxDeletes: 0)
    let refused = try await plan(changed: 2, deleted: 1, all)
    #expect(breaches(refused).map(\.guardrail) == [.maxChanges, .maxDeletes])
    let one = refused.overriding([.maxDeletes, .maxIncrease])
    #expect(breaches(one).map(\.guardrail) == [.maxChanges])
    #expect(one.overriddenGuardrails == [.maxDeletes])
    let both = refused.overriding([.maxDeletes, .maxChanges])
    #expect(!both.problems.contains { $0.isError })
    #expect(both.problems.compactMap(\.breach) == refused.problems.compactMap(\.breach))
    #expect(refused.overriddenGuardrails == [])
  }

  @Test func whatWasLetPassIsRecorded() async throws {
    let bench = Bench()
    let plan = try await bench.plan([wanted(thing("a"), ["x": 1])])
      .guarded(by: Guardrails(maxChanges: 0), state: nil).overriding([.maxChanges])
    #expect(try await bench.apply(plan).result == .applied)
    #expect(await bench.store.records.map(\.plan.overriddenGuardrails) == [[.maxChanges]])
  }

  @Test func limitsThePartThatIsSelected() async throws {
    let bench = Bench()
    let plan = try await bench.plan([wanted(thing("a"), ["x": 1]), wanted(thing("b"), ["x": 1])])
    let limits = Guardrails(maxChanges: 1)
    #expect(breaches(plan.guarded(by: limits, state: nil)).count == 1)
    #expect(breaches(plan.selecting(["a"]).guarded(by: limits, state: nil)) == [])
  }

  @Test func deletionsAndWhatIsIrreversibleTakeAPermission() async throws {
    var bench = Bench()
    bench.types["free/thing"]?.irreversible = { write, action in
      action == .update && write.set["x"] == 0 ? "What it held is lost." : nil
    }
    try await bench.apply([wanted(thing("a"), ["x": 1]), wanted(thing("b"), ["x": 1])])
    let state = try await bench.store.load().state
    let desired = [wanted(thing("a"), ["x": 0])]
    let plan = try await bench.plan(desired).guarded(by: Guardrails(), state: state)
    #expect(plan.changes.map(\.irreversible) == ["What it held is lost.", nil])
    #expect(plan.permissions == [.delete, .irreversible])
    #expect(plan.missing([]) == [.delete, .irreversible])
    #expect(plan.missing([.delete]) == [.irreversible])
    #expect(plan.missing([.delete, .irreversible]) == [])
    let allowed = try await bench.plan(desired)
      .guarded(by: Guardrails(allowsDeletes: true), state: state)
    #expect(allowed.permissions == [.irreversible])
    #expect(try CanonicalJSON.decode(Plan.self, from: CanonicalJSON.encode(plan)) == plan)
    let read = try CanonicalJSON.decode(Plan.self, from: CanonicalJSON.encode(allowed))
    #expect(try read.digest() != plan.digest())
  }

  @Test func theWayBackIsBarredByNothingButWhatIsIrreversible() async throws {
    var bench = Bench()
    try await bench.apply([wanted(thing("a"), ["x": 1])])
    let tight = Guardrails(maxChanges: 0, maxDeletes: 0, maxIncrease: 0, maxPercentOfFleet: 0)
    let state = try await bench.store.load().state
    let back = try await bench.planRollback(to: 0).plan.guarded(by: tight, state: state)
    #expect(back.changes.map(\.action) == [.delete])
    #expect(back.problems == [] && back.permissions == [])
    bench.types["free/thing"]?.irreversible = { _, action in action == .delete ? "Gone." : nil }
    let lost = try await bench.planRollback(to: 0).plan.guarded(by: tight, state: state)
    #expect(lost.permissions == [.irreversible])
  }
}
