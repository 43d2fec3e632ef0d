import Model
import TestSupport
import Testing

@testable import Engine

/// Manifests that get another name, or another environment.
@Suite struct MovedManifestTests {
  private func wish(_ name: String, by manifest: String, _ values: [String: Value] = ["x": 1])
    -> DesiredResource
  {
    DesiredResource(
      thing(name), attributes: values.mapValues { .exactly($0) },
      manifest: ManifestReference(kind: "Thing", name: manifest),
      range: wanted(thing(name), values).range)
  }

  @Test func anotherManifestTakesAResourceOverWithoutAWrite() async throws {
    let bench = Bench()
    try await bench.apply([wish("a", by: "old")])
    let plan = try await bench.plan([wish("a", by: "new")])
    #expect(plan.changes == [] && plan.problems == [])
    try await bench.apply([wish("a", by: "new")])
    #expect(try await bench.store.load().state?.resources[thing("a")]?.manifest.name == "new")
    #expect(await bench.cloud.effects == [thing("a")])
    // It is its own from then on.
    #expect(
      try await bench.plan([]).changes.map(\.reason) == [
        .removed(ManifestReference(kind: "Thing", name: "new"), .restore)
      ])
  }

  @Test(arguments: [1, 2])
  func tellsThatARenamedOneIsMadeAnew(value: Int) async throws {
    let bench = Bench()
    try await bench.apply([wish("old", by: "old"), wish("b", by: "b")])
    let plan = try await bench.plan([
      wish("new", by: "new", ["x": Value(value)]), wish("b", by: "b"),
    ])
    #expect(plan.changes.map(\.action) == [.create, .delete])
    #expect(plan.problems.map(\.address) == [thing("old")])
    #expect(plan.problems[0].message.hasPrefix("Thing/old seems to be Thing/new now."))
    #expect(plan.problems[0].code == .remark)
  }

  @Test func saysNothingWhereManifestsComeAndGo() async throws {
    let bench = Bench()
    try await bench.apply([wish("a", by: "a"), wish("b", by: "b", ["x": 2])])
    // Two new ones: which of them it was is not known.
    let plan = try await bench.plan([wish("c", by: "c", ["x": 3]), wish("d", by: "d", ["x": 4])])
    #expect(plan.problems == [])
    #expect(try await bench.plan([wish("a", by: "a")]).problems == [])
    // The same manifest names another resource.
    #expect(
      try await bench.plan([wish("e", by: "a"), wish("b", by: "b", ["x": 2])]).problems == [])
  }

  @Test func whatAnotherEnvironmentAsksForIsReleased() async throws {
    let bench = Bench([thing("adopted"): held(["x": 7])])
    try await bench.apply([
      wish("created", by: "c"), wish("adopted", by: "a"), wish("gone", by: "g"),
      wish("shared", by: "s", ["x": 1, "y": 1]),
    ])
    let state = try await bench.store.load().state
    let plan = makePlan(
      PlanInput(
        intent: .policy([wish("shared", by: "s")]), environment: Bench.environment,
        policy: PolicyReference(commit: nil, hasUncommittedChanges: false, directory: ""),
        state: state, lineage: Bench.lineage, live: await bench.cloud.resources,
        schemas: bench.types,
        elsewhere: [
          thing("created"): ["x": "staging"], thing("adopted"): ["x": "staging"],
          thing("shared"): ["y": "staging"],
        ], time: bench.clock.now))
    #expect(
      plan.changes.map { "\($0.action.rawValue) \($0.address.name)" } == [
        "forget adopted", "forget created", "delete gone",
      ])
    #expect(
      plan.changes[0].notes
        == ["the environment staging asks for it now, so that it is left as it is"])
    #expect(plan.refreshed.map(\.attributes) == [["x": 1]])
    #expect(plan.problems == [] && plan.drift == [])
  }
}
