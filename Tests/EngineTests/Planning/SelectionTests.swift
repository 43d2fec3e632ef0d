import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct SelectionTests {
  @Test(arguments: [
    ("*", true), ("ecs/service web/web", true), ("ecs/service/web/web", true), ("web/web", true),
    ("web/*", true), ("ecs/*", true), ("ecs/service*", true), ("*web", true), ("*/*/*", true),
    ("ecs?service*", true), ("w?b/web", true), ("", false), ("web", false), ("s3*", false),
    ("web/web?", false), ("ECS/*", false), ("**", true), ("*w*b*w*b*", true), ("?", false),
  ]) func matchesTypeAndNameOrName(pattern: String, isMatch: Bool) {
    let change = Change(
      address: Address("ecs/service", "web/web"), action: .update, reason: .rollback(1),
      before: nil, set: [:], unset: [], recorded: [:], fields: [],
      cost: CostChange(before: .zero, after: .zero), after: [], outcome: nil, notes: [])
    let plan = plan([change])
    #expect(plan.selecting([pattern]).changes.count == (isMatch ? 1 : 0))
    #expect(plan.selecting(["nothing", pattern]).selection == ["nothing", pattern])
  }

  @Test(arguments: [
    (#"a\*b?c"#, ["a*b?c", "a*bxc"]), (#"a\*b\?c"#, ["a*b?c"]),
    ("a*b?c", ["a*b?c", "a*bxc", "axbxc"]),
    (#"free/thing d\\e"#, [#"d\\e"#, #"d\e"#]), (#"d\e"#, [#"d\e"#]), (#"*\"#, [#"f\"#]),
  ]) func takesSignsAsTheyAre(pattern: String, names: [String]) {
    let all = ["a*b?c", "a*bxc", "axbxc", #"d\e"#, #"d\\e"#, #"f\"#].map { creation(of: $0) }
    let selected = plan(all).selecting([pattern]).changes.map(\.address.name)
    #expect(selected.sorted() == names.sorted())
  }

  @Test func selectsAllWithoutAPattern() {
    let all = plan([creation(of: "a")])
    #expect(all.selecting([]) == all)
  }

  @Test func takesAlongWhatComesBefore() {
    let all = plan([
      creation(of: "a"), creation(of: "b", after: ["a"]), creation(of: "c", after: ["b"]),
      creation(of: "d"), creation(of: "e", after: ["c"]),
    ])
    let part = all.selecting(["c"])
    #expect(part.changes.map(\.address.name) == ["a", "b", "c"])
    #expect(part.problems.map(\.address) == [thing("a"), thing("b")])
    #expect(part.problems.allSatisfy { $0.code == .remark })
    #expect(part.problems[0].message.contains("free/thing b comes after it"))
    #expect(all.selecting(["a", "b", "c"]).problems == [])
  }

  @Test func restrictsEveryPartOfThePlan() async throws {
    let bench = Scenario.bench
    await bench.cloud.change { resources in
      for address in resources.keys { resources[address]?.attributes["x"] = 55 }
    }
    let plan = try await bench.plan(Scenario.desired).selecting(["u"])
    #expect(plan.changes.map(\.address) == [thing("u")])
    #expect(plan.drift.map(\.address) == [thing("u")])
  }

  /// Trying all ways to match would take longer than the universe has.
  @Test(.timeLimit(.minutes(5))) func endsWithManyStars() {
    let name = String(repeating: "a", count: 5_000)
    let pattern = String(repeating: "*a", count: 20) + "b"
    #expect(plan([creation(of: name)]).selecting([pattern]).changes.isEmpty)
  }

  private func plan(_ changes: [Change]) -> Plan {
    Plan(
      goal: .policy, environment: Bench.environment,
      policy: PolicyReference(commit: nil, hasUncommittedChanges: false, directory: ""),
      state: StateReference(lineage: "", serial: 0), time: ManualClock().now, changes: changes,
      drift: [], refreshed: [], resourceCount: 1, problems: [])
  }
}
