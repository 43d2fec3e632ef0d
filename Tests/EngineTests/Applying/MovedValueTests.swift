import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// Somebody else moves a value within its bounds while Weir is at work.
@Suite struct MovedValueTests {
  private let service = thing("service")
  private let target = thing("target")

  private func desired(initial: Value? = 3) -> [DesiredResource] {
    [
      wanted(service, wishes: ["count": .within(2...4, initial: initial, owner: target)]),
      wanted(target, ["min": 2], dependsOn: [service]),
    ]
  }

  private func bench(count: Int, hasOwner: Bool = true) -> Bench {
    var live = [service: held(["count": Value(count)])]
    if hasOwner { live[target] = held(["min": 2]) }
    return Bench(live)
  }

  @Test func keepsWhatIsThereWithoutAnInitialValue() async throws {
    for (count, after) in [(0, 2), (1, 2), (2, 2), (3, 3), (4, 4), (9, 4)] {
      let bench = bench(count: count, hasOwner: false)
      try await bench.apply(desired(initial: nil))
      #expect(await bench.cloud.resources[service] == held(["count": Value(after)]))
      #expect(try await bench.plan(desired(initial: nil)).isEmpty)
    }
  }

  @Test func acceptsAnyValueWithinTheBoundsWhenReadBack() async throws {
    for count in 2...4 {
      let bench = bench(count: 9, hasOwner: false)
      await bench.cloud.change(before: .write(.create, target)) {
        $0[thing("service")]?.attributes["count"] = Value(count)
      }
      let report = try await bench.apply(desired())
      #expect(report.result == .applied)
      #expect(bench.clock.slept == [])
      #expect(await bench.cloud.resources[service] == held(["count": Value(count)]))
      let record = try await bench.store.load().state?.resources[service]
      #expect(record?.found == ["count": 9])
    }
  }

  @Test func tellsAValueOutsideTheBoundsWhenReadBack() async throws {
    let bench = bench(count: 9, hasOwner: false)
    await bench.cloud.change(before: .write(.create, target)) {
      $0[thing("service")]?.attributes["count"] = 1
    }
    #expect(try await bench.apply(desired()).result == .appliedInPart)
  }

  @Test func leavesWhatHasComeWithinTheBoundsSinceThePlan() async throws {
    let bench = bench(count: 9)
    let plan = try await bench.plan(desired())
    #expect(plan.changes.first { $0.address == service }?.set == ["count": 4])
    await bench.cloud.change { $0[thing("service")]?.attributes["count"] = 3 }
    #expect(try await bench.apply(plan).result == .applied)
    #expect(await bench.cloud.resources[service] == held(["count": 3]))
  }

  @Test func isStaleWhereTheValueMovedOutsideTheBounds() async throws {
    let bench = bench(count: 9)
    let plan = try await bench.plan(desired())
    await bench.cloud.change { $0[thing("service")]?.attributes["count"] = 8 }
    #expect(try await bench.apply(plan).result == .stale)
  }

  @Test func beginsWithTheInitialValueWhereverTheOldOneMoved() async throws {
    let bench = bench(count: 2, hasOwner: false)
    let plan = try await bench.plan(desired())
    await bench.cloud.change { $0[thing("service")]?.attributes["count"] = 4 }
    #expect(try await bench.apply(plan).result == .applied)
    #expect(await bench.cloud.resources[service] == held(["count": 3]))
  }

  @Test func theBoundsComeBackFromJSONAndAreLeftOutWhereThereAreNone() async throws {
    let plan = try await bench(count: 9, hasOwner: false).plan(desired())
    let data = try CanonicalJSON.encode(plan)
    #expect(try CanonicalJSON.decode(Plan.self, from: data) == plan)
    #expect(plan.changes.map { $0.accepted } == [["count": AcceptedRange(2...4)], nil])
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.components(separatedBy: "accepted").count == 2)
  }

  @Test func anInterruptedApplyIsFinishedWithItsBounds() async throws {
    let bench = bench(count: 9, hasOwner: false)
    bench.steps.fail(.after, isDeath: true) { $0.isWrite }
    await #expect(throws: (any Error).self) { try await bench.apply(desired()) }
    bench.steps.revive()
    await bench.cloud.change(before: .write(.create, target)) {
      $0[thing("service")]?.attributes["count"] = 2
    }
    let recovery = try #require(try await bench.planRecovery(.finish))
    #expect(recovery.plan.changes.allSatisfy { $0.set["count"] == nil || $0.accepted != nil })
    #expect(try await bench.recover(.finish)?.result == .applied)
    #expect(try await bench.plan(desired()).isEmpty)
  }
}
