import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// Random histories of one environment, and the way back to every point in them.
@Suite struct RollbackTests {
  static let names = ["a", "b", "c", "d"]
  static let attributes = ["x", "y", "z"]

  /// What the account holds, without what is nobody's: `f` is changed by others all the time.
  private func owned(_ resources: [Address: LiveResource]) -> [Address: LiveResource] {
    resources.mapValues { LiveResource(attributes: $0.attributes.filter { $0.key != "f" }) }
  }

  private func randomPolicy(_ random: inout SeededGenerator) -> [DesiredResource] {
    Self.names.enumerated().compactMap { place, name in
      if Int.random(in: 0..<3, using: &random) == 0 { return nil }
      var wishes: [String: DesiredValue] = [:]
      for attribute in Self.attributes {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: wishes[attribute] = .absent
        case 1, 2: wishes[attribute] = .exactly(Value(Int.random(in: 0..<3, using: &random)))
        case 3: wishes[attribute] = .within(1...3, initial: 2, owner: thing("a"))
        default: break
        }
      }
      return wanted(
        thing(name), wishes: wishes,
        dependsOn: Self.names[..<place].filter { _ in Bool.random(using: &random) }.map {
          thing($0)
        }, onRemove: RemovalPolicy.allCases.randomElement(using: &random) ?? .restore)
    }
  }

  private func randomAccount(_ random: inout SeededGenerator) -> [Address: LiveResource] {
    var resources: [Address: LiveResource] = [:]
    for name in Self.names where Bool.random(using: &random) {
      var resource = LiveResource(attributes: ["f": 0])
      for attribute in Self.attributes where Bool.random(using: &random) {
        resource.attributes[attribute] = Value(Int.random(in: 0..<5, using: &random))
      }
      resources[thing(name)] = resource
    }
    return resources
  }

  /// What an account and its state were at the end of each serial; serial 0 is the beginning.
  private struct Past {
    var clouds: [Int: [Address: LiveResource]] = [:]
    var states: [Int: State] = [:]

    mutating func note(_ bench: Bench) async throws {
      let state = try await bench.store.load().state
      clouds[state?.serial ?? 0] = await bench.cloud.resources
      states[state?.serial ?? 0] = state
    }
  }

  private func makeHistory(_ random: inout SeededGenerator, isTorn: Bool) async throws -> (
    Bench, Past
  ) {
    let bench = Bench(randomAccount(&random))
    var past = Past()
    try await past.note(bench)
    for _ in 0..<5 {
      if isTorn, let name = Self.names.randomElement(using: &random) {
        bench.steps.fail(Bool.random(using: &random) ? .before : .after) {
          if case .write(_, let address) = $0 { address == thing(name) } else { false }
        }
      }
      try await bench.apply(randomPolicy(&random))
      bench.steps.revive()
      try await past.note(bench)
      await bench.cloud.change { resources in
        for address in resources.keys { resources[address]?.attributes["f"] = 9 }
      }
    }
    return (bench, past)
  }

  private func expect(_ bench: Bench, isAt serial: Int, of past: Past, _ comment: Comment)
    async throws
  {
    let cloud = owned(await bench.cloud.resources)
    #expect(cloud == owned(past.clouds[serial] ?? [:]), comment)
    let state = try await bench.store.load().state?.resources ?? [:]
    #expect(state == past.states[serial]?.resources ?? [:], comment)
  }

  @Test(arguments: 1...20, [false, true])
  func leadsBackToEveryEarlierApplyAndForwardAgain(seed: Int, isTorn: Bool) async throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let last = try await makeHistory(&random, isTorn: isTorn).1.clouds.keys.max() ?? 0
    for serial in 0..<max(0, last) {
      var random = SeededGenerator(seed: UInt64(seed))
      let (bench, past) = try await makeHistory(&random, isTorn: isTorn)
      let comment: Comment = "seed \(seed), to \(serial) of \(last)"
      let (plan, vault) = try await bench.planRollback(to: serial)
      #expect(plan.problems == [], comment)
      let report = try await bench.apply(plan, vault: vault)
      #expect([.applied, .nothingToDo].contains(report.result), comment)
      try await expect(bench, isAt: serial, of: past, comment)
      #expect(try await bench.planRollback(to: serial).plan.isEmpty, comment)
      guard report.result == .applied else { continue }
      try await bench.rollback(to: last)
      try await expect(bench, isAt: last, of: past, "\(comment), forward")
    }
  }

  @Test(arguments: 1...20) func removingThePolicyGivesBackEverythingElse(seed: Int) async throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let start = randomAccount(&random)
    let bench = Bench(start)
    for _ in 0..<4 {
      try await bench.apply(
        randomPolicy(&random).map { resource in
          var restoring = resource
          restoring.onRemove = .restore
          return restoring
        })
    }
    try await bench.apply([])
    #expect(await bench.cloud.resources == start)
    #expect(try await bench.store.load().state?.resources == [:])
  }

  @Test func restoresWhatSomebodyElseHadSetBeforeTheApply() async throws {
    let bench = Bench([thing("a"): held(["x": 1])])
    try await bench.apply([wanted(thing("a"), ["x": 2])])
    await bench.cloud.change { $0[thing("a")]?.attributes["x"] = 7 }
    try await bench.apply([wanted(thing("a"), ["x": 3])])
    try await bench.rollback(to: 1)
    #expect(await bench.cloud.resources[thing("a")]?.attributes == ["x": 7])
    #expect(try await bench.store.load().state?.resources[thing("a")]?.attributes == ["x": 7])
  }

  @Test func reportsWhatHasGoneAndDoesNotInventIt() async throws {
    let bench = Bench([thing("a"): held(["x": 1, "f": 1])])
    try await bench.apply([wanted(thing("a"), ["x": 2])])
    try await bench.apply([wanted(thing("a"), ["x": 3])])
    await bench.cloud.change { $0[thing("a")] = nil }
    let plan = try await bench.planRollback(to: 1).plan
    #expect(plan.changes == [])
    #expect(plan.drift.map(\.isMissing) == [true])
    try await bench.rollback(to: 0)
    #expect(await bench.cloud.resources == [:])
    #expect(try await bench.store.load().state?.resources == [:])
  }

  @Test func leadsBackAcrossAdoptionAndRelease() async throws {
    let bench = Bench([thing("a"): held(["x": 1]), thing("b"): held(["x": 1])])
    try await bench.apply([wanted(thing("a"), ["x": 1], onRemove: .keep)])
    let adopted = try await bench.store.load().state
    try await bench.apply([wanted(thing("b"), ["x": 1])])
    let plan = try await bench.planRollback(to: 1).plan
    #expect(plan.changes.map(\.action) == [.adopt, .forget])
    try await bench.apply(plan)
    #expect(try await bench.store.load().state?.resources == adopted?.resources)
    try await bench.rollback(to: 0)
    #expect(try await bench.store.load().state?.resources == [:])
    #expect(await bench.cloud.effects == [])
  }

  @Test func refusesToDeleteWhatItCannot() async throws {
    let bench = Bench()
    try await bench.apply([wanted(thing("a", "kept/thing"), ["x": 1])])
    let plan = try await bench.planRollback(to: 0).plan
    #expect(plan.problems.map(\.code) == [.refusedByAWS])
  }
}
