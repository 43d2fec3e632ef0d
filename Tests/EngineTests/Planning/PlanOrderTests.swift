import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct PlanOrderTests {
  private let addresses = Shape.diamond.names.map { thing($0) }

  /// What each change of a plan waits for.
  private func after(_ plan: Plan) -> [String: [String]] {
    Dictionary(uniqueKeysWithValues: plan.changes.map { ($0.address.name, $0.after.map(\.name)) })
  }

  @Test(arguments: Shape.allCases) func createsWhatIsNeededFirstAndDeletesItLast(shape: Shape)
    async throws
  {
    let bench = Bench()
    #expect(after(try await bench.plan(shape.desired)) == shape.after)
    try await bench.apply(shape.desired)
    var reversed = shape.after.mapValues { _ in [String]() }
    for (name, needs) in shape.after { for need in needs { reversed[need]?.append(name) } }
    #expect(after(try await bench.plan([])) == reversed.mapValues { $0.sorted() })
    #expect(after(try await bench.planRollback(to: 0).plan) == reversed.mapValues { $0.sorted() })
  }

  @Test func givesBackBeforeWhatItDependsOn() async throws {
    let bench = Bench([thing("a"): held(["x": 0]), thing("b"): held(["x": 0])])
    try await bench.apply([
      wanted(thing("a"), ["x": 1]), wanted(thing("b"), ["x": 1], dependsOn: [thing("a")]),
    ])
    #expect(after(try await bench.plan([])) == ["a": ["b"], "b": []])
    #expect(after(try await bench.planRollback(to: 0).plan) == ["a": ["b"], "b": []])
  }

  @Test func changesBeforeWhatItNoLongerDependsOnIsGivenBack() async throws {
    let bench = Bench([thing("a"): held(["x": 0]), thing("b"): held(["x": 0])])
    try await bench.apply([
      wanted(thing("a"), ["x": 1]), wanted(thing("b"), ["x": 1], dependsOn: [thing("a")]),
    ])
    #expect(after(try await bench.plan([wanted(thing("b"), ["x": 2])])) == ["a": ["b"], "b": []])
  }

  @Test func waysBackNeverMakeACircleWithWhatIsCreatedAgain() async throws {
    // `a` needs `b` and `c`, `b` needs `c`. `b` was deleted, the others were changed.
    let bench = Bench([thing("a"): held(["x": 0]), thing("c"): held(["x": 0])])
    let c = wanted(thing("c"), ["x": 1])
    let b = wanted(thing("b"), ["x": 1], dependsOn: [thing("c")])
    let a = wanted(thing("a"), ["x": 1], dependsOn: [thing("b"), thing("c")])
    try await bench.apply([a, b, c])
    let changedA = wanted(thing("a"), ["x": 2], dependsOn: [thing("b"), thing("c")])
    try await bench.apply([changedA, wanted(thing("c"), ["x": 2])])
    let plan = try await bench.planRollback(to: 1).plan
    #expect(plan.problems == [])
    #expect(after(plan) == ["a": ["b", "c"], "b": ["c"], "c": []])
    #expect(try await bench.apply(plan).result == .applied)
  }

  @Test func tellsThoseThatWaitForEachOtherAndNobodyElse() async throws {
    let plan = try await Bench().plan([
      wanted(thing("a"), ["x": 1], dependsOn: [thing("c")]),
      wanted(thing("b"), ["x": 1], dependsOn: [thing("a")]),
      wanted(thing("c"), ["x": 1], dependsOn: [thing("b")]),
      wanted(thing("late"), ["x": 1], dependsOn: [thing("c")]),
      wanted(thing("own"), ["x": 1], dependsOn: [thing("own")]),
      wanted(thing("z"), ["x": 1]),
      wanted(thing("first"), ["x": 1], dependsOn: [thing("z")]),
    ])
    let circle = plan.problems.filter { $0.code == .dependencyCycle }.compactMap(\.address?.name)
    #expect(circle == ["a", "b", "c", "own"])
  }

  @Test func waitsForNothingThatStaysAsItIs() async throws {
    let bench = Bench([thing("a"): held(["x": 1])])
    let plan = try await bench.plan([
      wanted(thing("a"), ["x": 1]), wanted(thing("b"), ["x": 1], dependsOn: [thing("a")]),
      wanted(thing("c"), ["x": 1], dependsOn: [thing("elsewhere")]),
    ])
    #expect(after(plan) == ["a": [], "b": [], "c": []])
  }
}
