import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct PlanProblemTests {
  @Test func tellsWhatATypeRefusesAndWhatItRemarks() async throws {
    var bench = Bench()
    bench.types["free/thing"]?.refuses = { write in
      write.result["x"] == 13
        ? [
          ResourceProblem("x", "13 is not allowed."),
          ResourceProblem(nil, "Bad luck.", severity: .warning),
        ] : []
    }
    let plan = try await bench.plan([wanted(thing("a"), ["x": 13]), wanted(thing("b"), ["x": 1])])
    #expect(plan.problems.map(\.code) == [.refusedByAWS, .remark])
    #expect(plan.problems.map(\.isError) == [true, false])
    #expect(plan.problems.allSatisfy { $0.address == thing("a") && $0.source != nil })
  }

  @Test func saysWhatToDoAboutTheProtectionOfWhatThePolicyNoLongerNames() async throws {
    let bench = Bench()
    try await bench.apply([wanted(thing("p"), ["x": 1], isProtected: true)])
    let problem = try #require(try await bench.plan([]).problems.first)
    #expect(problem.code == .protected)
    #expect(problem.message.contains("apply it once with `protect: false` and then remove it"))
    #expect(problem.message.contains("does not reach a resource whose manifest has gone"))
  }

  @Test func knowsNoOtherTypes() async throws {
    let plan = try await Bench().plan([wanted(thing("a", "other/thing"), ["x": 1])])
    #expect(plan.problems.map(\.code) == [.missingResource])
  }

  @Test func comparesInNormalForm() async throws {
    let bench = Bench([thing("a"): held(["name": "web"])])
    let plan = try await bench.plan([wanted(thing("a"), ["name": "WEB"])])
    #expect(plan.changes.map(\.action) == [.adopt])
  }

  @Test func startsAWindowWithItsOwnerAndThenLeavesItToHim() async throws {
    let bench = Bench([thing("service"): held(["count": 9, "f": 1])])
    let desired = [
      wanted(
        thing("service"), wishes: ["count": .within(2...4, initial: 3, owner: thing("target"))]),
      wanted(thing("target"), ["min": 2, "max": 4], dependsOn: [thing("service")]),
    ]
    try await bench.apply(desired)
    #expect(await bench.cloud.resources[thing("service")]?.attributes == ["count": 3, "f": 1])
    for count in 2...4 {
      await bench.cloud.change { $0[thing("service")]?.attributes["count"] = Value(count) }
      let plan = try await bench.plan(desired)
      #expect(plan.isEmpty && plan.drift.isEmpty && plan.refreshed.isEmpty)
    }
    for (count, bound) in [(1, 2), (0, 2), (5, 4), (100, 4)] {
      await bench.cloud.change { $0[thing("service")]?.attributes["count"] = Value(count) }
      let plan = try await bench.plan(desired)
      #expect(plan.changes.map(\.set) == [["count": Value(bound)]])
      #expect(plan.drift == [])
    }
    // The owner has gone, and comes back with the next apply.
    await bench.cloud.change {
      $0[thing("target")] = nil
      $0[thing("service")]?.attributes["count"] = 4
    }
    let plan = try await bench.plan(desired)
    #expect(plan.changes.map(\.set) == [["count": 3], ["min": 2, "max": 4]])
    // What was found comes back when the policy has gone.
    try await bench.apply([])
    #expect(await bench.cloud.resources[thing("service")]?.attributes == ["count": 9, "f": 1])
  }

  @Test func neverOwnsAWindowThatItNeverHadToTouch() async throws {
    let bench = Bench([thing("service"): held(["count": 3]), thing("target"): held(["min": 2])])
    let desired = [
      wanted(
        thing("service"), wishes: ["count": .within(2...4, initial: 2, owner: thing("target"))])
    ]
    try await bench.apply(desired)
    await bench.cloud.change { $0[thing("service")]?.attributes["count"] = 4 }
    try await bench.apply([])
    #expect(await bench.cloud.resources[thing("service")]?.attributes == ["count": 4])
  }

  @Test func givesBackSomeAttributesWhileTheManifestStays() async throws {
    let bench = Bench([thing("a"): held(["x": 1, "y": 1], context: ["revision": 7])])
    try await bench.apply([wanted(thing("a"), ["x": 2, "y": 2, "z": 2])])
    let plan = try await bench.plan([wanted(thing("a"), ["x": 3])])
    let change = try #require(plan.changes.first)
    #expect(change.set == ["x": 3, "y": 1])
    #expect(change.unset == ["z"])
    #expect(change.recorded == ["revision": 7])
    #expect(change.reason == .manifest(testManifest))
    #expect(change.notes == ["no longer set by the policy, given back as found: y, z"])
    try await bench.apply(plan)
    #expect(try await bench.store.load().state?.resources[thing("a")]?.found == ["x": 1])
    // What is set again later is found anew.
    await bench.cloud.change { $0[thing("a")]?.attributes["y"] = 8 }
    try await bench.apply([wanted(thing("a"), ["x": 3, "y": 9])])
    try await bench.apply([])
    #expect(await bench.cloud.resources[thing("a")]?.attributes == ["x": 1, "y": 8])
  }

  @Test func givesBackNothingThatHasNoPlaceBesideWhatIsWanted() async throws {
    let bench = Bench([thing("a"): held(["mode": "some", "size": 5])])
    try await bench.apply([wanted(thing("a"), ["mode": "some", "size": 8])])
    let plan = try await bench.plan([wanted(thing("a"), ["mode": "none"])])
    let change = try #require(plan.changes.first)
    #expect(change.set == ["mode": "none"])
    #expect(change.unset == ["size"])
  }

  @Test func countsAnUnknownCostAsUnknown() async throws {
    let bench = Bench()
    let plan = try await bench.plan([
      wanted(thing("a"), ["x": 5]), wanted(thing("b"), ["x": .number(2.5)]),
    ])
    #expect(plan.cost.delta == 7.5)
    #expect(plan.cost.before == .zero)
  }
}
