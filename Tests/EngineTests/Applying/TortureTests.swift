import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// Random lives of an environment: applies, failures, deaths, recoveries and rollbacks in any order.
@Suite struct TortureTests {
  static let names = ["a", "b", "c", "d", "e"]

  private func randomPolicy(_ random: inout SeededGenerator) -> [DesiredResource] {
    Self.names.enumerated().compactMap { place, name in
      if Int.random(in: 0..<3, using: &random) == 0 { return nil }
      var wishes: [String: DesiredValue] = [:]
      for attribute in ["x", "y", "z"] {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: wishes[attribute] = .absent
        case 1, 2: wishes[attribute] = .exactly(Value(Int.random(in: 0..<3, using: &random)))
        case 3: wishes[attribute] = .within(1...2, initial: 2, owner: thing("a"))
        default: break
        }
      }
      return wanted(
        thing(name), wishes: wishes,
        dependsOn: Self.names[..<place].filter { _ in Bool.random(using: &random) }.map {
          thing($0)
        })
    }
  }

  private func randomAccount(_ random: inout SeededGenerator) -> [Address: LiveResource] {
    var resources: [Address: LiveResource] = [:]
    for name in Self.names where Bool.random(using: &random) {
      resources[thing(name)] = held(["f": 0])
      for attribute in ["x", "y", "z"] where Bool.random(using: &random) {
        resources[thing(name)]?.attributes[attribute] = Value(Int.random(in: 0..<4, using: &random))
      }
    }
    return resources
  }

  /// Something goes wrong, or nothing.
  private func disturb(_ bench: Bench, _ random: inout SeededGenerator) async {
    let moment = Moment.allCases.randomElement(using: &random) ?? .before
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bench.steps.die(moment, at: Int.random(in: 1..<25, using: &random))
    case 1:
      bench.steps.fail(moment, nth: Int.random(in: 1..<5, using: &random)) { $0.isWrite }
    case 2: bench.steps.fail(moment, nth: Int.random(in: 1..<25, using: &random)) { _ in true }
    case 3:
      if let name = Self.names.randomElement(using: &random) {
        await bench.cloud.tear(thing(name))
      }
    default: break
    }
  }

  private func step(_ bench: Bench, _ random: inout SeededGenerator) async throws {
    let stored = try await bench.store.load()
    let (plan, vault, mode): (Plan, SecretVault, Applier.Mode)
    if stored.pending != nil {
      let recovery = Bench.Recovery.allCases.randomElement(using: &random) ?? .finish
      guard let planned = try await bench.planRecovery(recovery) else { return }
      (plan, vault, mode) = planned
    } else if let serial = stored.state?.serial, Int.random(in: 0..<4, using: &random) == 0 {
      let target = Int.random(in: 0..<serial + 1, using: &random)
      mode = .new
      (plan, vault) = try await bench.planRollback(to: min(target, max(0, serial - 1)))
    } else {
      mode = .new
      (plan, vault) = try await bench.plan(.policy(randomPolicy(&random)))
    }
    // What the journal says is about no resource.
    #expect(plan.problems.filter { $0.address != nil } == [])
    bench.steps.revive()
    await disturb(bench, &random)
    _ = try? await bench.apply(plan, vault: vault, mode: mode)
    bench.steps.revive()
  }

  @Test(arguments: 1...60) func givesBackEverythingWhateverHappened(seed: Int) async throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let start = randomAccount(&random)
    var bench = Bench(start)
    bench.parallelism = seed % 3 + 1
    for _ in 0..<12 { try await step(bench, &random) }
    while try await bench.store.load().pending != nil { try await bench.recover(.finish) }
    // What a torn write left behind is part of the next plan.
    for _ in 0..<2 { try await bench.apply([]) }
    #expect(await bench.cloud.resources == start, "seed \(seed)")
    #expect(try await bench.store.load().state?.resources ?? [:] == [:], "seed \(seed)")
  }
}
