import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// An account in which actions of the type `free/action` set `min` of a target each day at an hour.
struct ScheduledBench {
  static let target = thing("target")
  static let manifest = "day"
  var bench: Bench
  private var seen: Date

  init() {
    bench = Bench([Self.target: held(["min": 9, "f": 1])])
    var action = FakeResourceType("free/action", in: bench.cloud)
    action.movement = { name, attributes, time in
      let hour = (attributes["hour"]?.number as NSDecimalNumber?)?.doubleValue
      let days = ((time.timeIntervalSince1970 - (hour ?? 0) * 3600) / 86_400).rounded(.down)
      return Movement(
        Self.target, attributes: ["min"], values: attributes.filter { $0.key == "min" },
        isReturn: name.hasSuffix(Movement.returnSuffix),
        last: hour.map { Date(timeIntervalSince1970: days * 86_400 + $0 * 3600) }, isOver: false)
    }
    bench.types["free/action"] = action
    seen = bench.clock.now
  }

  /// What a policy says: a bound, and the one of a window from 8 to 20 o'clock.
  struct Policy: Hashable, Sendable {
    let base: Int
    let window: Int?
  }

  /// The hour of the day.
  var hour: Double {
    bench.clock.now.timeIntervalSince1970.truncatingRemainder(dividingBy: 86_400) / 3600
  }

  func desired(_ policy: Policy) -> [DesiredResource] {
    let isOpen = (8..<20).contains(hour)
    var target = wanted(
      Self.target, ["min": Value(isOpen ? policy.window ?? policy.base : policy.base)])
    target.lasting = ["min": Value(policy.base)]
    guard let window = policy.window else { return [target] }
    func action(_ name: String, _ hour: Int, _ value: Int) -> DesiredResource {
      wanted(
        thing(name, "free/action"), ["hour": Value(hour), "min": Value(value)],
        dependsOn: [Self.target])
    }
    return [target, action("day-start", 8, window), action("day-end", 20, policy.base)]
  }

  /// Lets time pass until this hour, and the actions in the account run.
  mutating func wait(until hour: Double, isLate: Bool = false) async {
    let hours = (hour - self.hour + 24).truncatingRemainder(dividingBy: 24)
    bench.clock.advance(by: (hours < 0.01 ? 24 : hours) * 3600)
    let (now, since, type) = (bench.clock.now, seen, bench.types["free/action"])
    seen = now
    if isLate { return }
    await bench.cloud.change { resources in
      let runs = resources.compactMap { address, live in
        type?.movement(by: address.name, attributes: live.attributes, until: now)
      }
      let ran = runs.filter { $0.last.map { $0 > since } ?? false }
      guard let last = ran.max(by: { ($0.last ?? since) < ($1.last ?? since) }) else { return }
      resources[Self.target]?.attributes.merge(last.values) { $1 }
    }
  }

  var minimum: Value? { get async { await bench.cloud.resources[Self.target]?.attributes["min"] } }

  /// Nothing is left to do for a policy, now.
  func expectReached(_ policy: Policy, _ comment: Comment) async throws {
    let plan = try await bench.plan(desired(policy))
    #expect(plan.changes == [] && plan.drift == [] && plan.refreshed == [], comment)
  }
}

/// The ways back meet schedules at work.
@Suite struct ScheduleTests {
  typealias Policy = ScheduledBench.Policy

  private static let pairs: [(Policy, Policy)] = [
    (Policy(base: 1, window: 3), Policy(base: 2, window: 3)),
    (Policy(base: 1, window: nil), Policy(base: 1, window: 3)),
    (Policy(base: 1, window: 3), Policy(base: 1, window: 5)),
    (Policy(base: 1, window: 3), Policy(base: 1, window: nil)),
    (Policy(base: 1, window: 3), Policy(base: 2, window: 5)),
  ]
  /// Outside, inside, outside again.
  private static let hours = [2.0, 12, 22]

  @Test func driftInAWindowIsToldByWhatTheWindowSays() async throws {
    var scene = ScheduledBench()
    await scene.wait(until: 2)
    let policy = Policy(base: 20, window: 1)
    try await scene.bench.apply(scene.desired(policy))
    await scene.wait(until: 12)
    await scene.bench.cloud.change { $0[ScheduledBench.target]?.attributes["min"] = 9 }
    let inside = try await scene.bench.plan(scene.desired(policy)).drift
    #expect(inside.first?.fields.first?.before == 1)
    #expect(inside.first?.windowed == ["min"])
    await scene.wait(until: 22)
    await scene.bench.cloud.change { $0[ScheduledBench.target]?.attributes["min"] = 9 }
    let outside = try await scene.bench.plan(scene.desired(policy)).drift
    #expect(outside.first?.fields.first?.before == 20)
    #expect(outside.first?.windowed == nil)
  }

  @Test(arguments: pairs, [0, 1])
  func rollbackLeadsToWhatThePolicyOfThenWantsNow(_ pair: (Policy, Policy), to kind: Int)
    async throws
  {
    for first in Self.hours {
      for second in Self.hours {
        for third in Self.hours {
          var scene = ScheduledBench()
          let comment: Comment = "\(pair) applied at \(first), \(second), back at \(third)"
          await scene.wait(until: first)
          try await scene.bench.apply(scene.desired(pair.0))
          await scene.wait(until: second)
          try await scene.bench.apply(scene.desired(pair.1))
          if kind == 1 { try await scene.bench.apply(scene.desired(Policy(base: 7, window: nil))) }
          await scene.wait(until: third)
          try await scene.bench.rollback(to: 1)
          try await scene.expectReached(pair.0, comment)
          await scene.wait(until: 12)
          try await scene.expectReached(pair.0, comment)
          try await scene.bench.rollback(to: 0)
          #expect(await scene.minimum == 9, comment)
        }
      }
    }
  }

  @Test(arguments: [(2.0, 2.0), (2, 12), (12, 2), (12, 12)], Bench.Recovery.allCases)
  func recoversToWhatIsWantedNow(_ hours: (Double, Double), recovery: Bench.Recovery) async throws {
    let (first, second) = hours
    let (old, new) = (Policy(base: 1, window: 3), Policy(base: 2, window: 4))
    var scene = ScheduledBench()
    await scene.wait(until: first)
    try await scene.bench.apply(scene.desired(old))
    scene.bench.steps.revive()
    scene.bench.steps.fail(.before, isDeath: true) {
      $0 == .record(.finished, thing("day-start", "free/action"))
    }
    _ = try? await scene.bench.apply(scene.desired(new))
    scene.bench.steps.revive()
    await scene.wait(until: second)
    #expect(try await scene.bench.recover(recovery)?.result == .applied)
    try await scene.expectReached(recovery == .finish ? new : old, "\(first), \(second)")
  }

  @Test func showsNoDriftWhereAWindowIsAtWork() async throws {
    var scene = ScheduledBench()
    await scene.wait(until: 2)
    try await scene.bench.apply(scene.desired(Policy(base: 1, window: 3)))
    try await scene.bench.apply(
      scene.desired(Policy(base: 1, window: 3)) + [wanted(thing("other"), ["x": 1])])
    await scene.wait(until: 12)
    let plan = try await scene.bench.planRollback(to: 1).plan
    #expect(plan.drift == [])
    #expect(plan.changes.map(\.address) == [thing("other")])
    // Neither where the policy gives the target up.
    #expect(try await scene.bench.plan([]).drift == [])
    // What somebody else did is.
    await scene.bench.cloud.change { $0[ScheduledBench.target]?.attributes["min"] = 6 }
    #expect(try await scene.bench.planRollback(to: 1).plan.drift.count == 1)
  }

  @Test(arguments: [
    (7.0, false), (7.995, true), (8.05, true), (8.1, false), (20.05, true), (20.1, false),
  ])
  func acceptsBothSidesAtTheEdges(hour: Double, isAccepted: Bool) async throws {
    var scene = ScheduledBench()
    await scene.wait(until: hour < 12 ? 2 : 12)
    try await scene.bench.apply(scene.desired(Policy(base: 1, window: 3)))
    try await scene.bench.apply(scene.desired(Policy(base: 2, window: 4)))
    await scene.wait(until: hour, isLate: true)
    let late: Value = hour < 12 ? 1 : 3
    await scene.bench.cloud.change { $0[ScheduledBench.target]?.attributes["min"] = late }
    let plan = try await scene.bench.planRollback(to: 1).plan
    let change = plan.changes.first { $0.address == ScheduledBench.target }
    let isRight = hour < 8
    #expect((change == nil) == (isAccepted || isRight))
  }

  @Test func tellsOfTheWindow() async throws {
    var scene = ScheduledBench()
    await scene.wait(until: 2)
    try await scene.bench.apply(scene.desired(Policy(base: 1, window: 3)))
    try await scene.bench.apply(scene.desired(Policy(base: 2, window: 5)))
    await scene.wait(until: 12)
    let plan = try await scene.bench.planRollback(to: 1).plan
    let change = try #require(plan.changes.first { $0.address == ScheduledBench.target })
    #expect(change.set == ["min": 3])
    #expect(change.outcome?.attributes == ["min": 1])
    #expect(
      change.notes == ["a window is in force, begun by free/action day-start; after it min 1"])
  }
}
