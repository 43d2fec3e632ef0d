import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// Who else moves what the policy sets is told and left alone.
@Suite struct RivalTests {
  private let service = thing("service")
  private let target = thing("target")

  private var desired: [DesiredResource] {
    var service = wanted(service, ["count": 3])
    service.rivals = [Rival(target, remark: "It moves within {min} and {max}.")]
    return [service]
  }

  @Test func tellsOfARivalWithEveryPlan() async throws {
    let bench = Bench([
      service: held(["count": 2]), target: held(["min": 1, "max": .number(2.5), "role": "x"]),
    ])
    for _ in 0..<2 {
      let plan = try await bench.plan(desired)
      #expect(plan.problems.map(\.code) == [.remark])
      #expect(plan.problems.map(\.message) == ["It moves within 1 and 2.5."])
      #expect(plan.problems.map(\.address) == [service])
      try await bench.apply(plan)
    }
    #expect(await bench.cloud.resources[target]?.attributes["min"] == 1)
    #expect(try await bench.store.load().state?.resources[target] == nil)
  }

  @Test func saysNothingWhereThereIsNone() async throws {
    let bench = Bench([service: held(["count": 2])])
    #expect(try await bench.plan(desired).problems == [])
  }

  @Test func saysNothingWhereThePlanEndsIt() async throws {
    let bench = Bench([service: held(["count": 2])])
    try await bench.apply([wanted(target, ["min": 1])])
    let plan = try await bench.plan(desired)
    #expect(plan.count(of: .delete) == 1)
    #expect(plan.problems == [])
  }

  @Test func pointsAtTheBoundToWhichAValueIsBrought() async throws {
    func line(_ line: Int) -> SourceRange {
      let place = SourcePosition(line: line, column: 1)
      return SourceRange(file: "things.yaml", start: place, end: place)
    }
    for (count, hasOwner, expected) in [(0, true, 2), (9, true, 3), (9, false, 1)] {
      var live = [service: held(["count": Value(count)])]
      if hasOwner { live[target] = held([:]) }
      var resource = wanted(
        service, wishes: ["count": .within(2...4, initial: 3, owner: target)])
      resource.sources = ["count": line(1), "count.min": line(2), "count.max": line(3)]
      let plan = try await Bench(live).plan([resource])
      #expect(plan.changes.flatMap(\.fields).map(\.source) == [line(expected)])
    }
  }

  @Test func tellsWhatKeepsAResourceFromActingAlsoWithoutAChange() async throws {
    var bench = Bench([thing("a"): held(["x": 1, "off": true]), thing("b"): held(["x": 1])])
    bench.types["free/thing"]?.hindrance = { live, dependent in
      live.attributes["off"] == true ? "\(dependent.name) does nothing." : nil
    }
    let desired = [
      wanted(thing("a"), ["x": 1]), wanted(thing("b"), ["x": 1], dependsOn: [thing("a")]),
    ]
    try await bench.apply(desired)
    let plan = try await bench.plan(desired)
    #expect(plan.changes == [])
    #expect(plan.problems.map(\.message) == ["b does nothing."])
    #expect(plan.problems.map(\.address) == [thing("b")])
  }

  /// A node group has an autoscaler that Weir does not know: a window begins it with its own number.
  @Test func beginsWithTheNumberOfOneThatIsItsOwnOwner() async throws {
    let resource = wanted(
      service, wishes: ["count": .within(0...4, initial: 1, owner: service)])
    for (count, expected) in [(9, 1), (4, nil), (0, nil)] as [(Int, Value?)] {
      let plan = try await Bench([service: held(["count": Value(count)])]).plan([resource])
      let after: Value? = plan.changes.flatMap(\.fields).first?.after
      #expect(after == expected)
    }
  }
}
