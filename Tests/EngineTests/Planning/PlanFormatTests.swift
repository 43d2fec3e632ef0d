import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct PlanFormatTests {
  private func plan(_ bench: Bench = Scenario.bench) async throws -> Plan {
    try await bench.plan(Scenario.desired)
  }

  @Test func comesBackFromJSON() async throws {
    let bench = Scenario.bench
    var plans = [try await plan(bench)]
    await bench.cloud.change {
      $0[thing("w")]?.attributes["w"] = 50
      $0[thing("k")] = nil
    }
    plans.append(try await plan(bench))
    try await bench.apply(plans[1], vault: try await bench.plan(.policy(Scenario.desired)).vault)
    plans.append(try await bench.planRollback(to: 3).plan)
    plans.append(plans[2].selecting(["free/thing *"]))
    for plan in plans {
      let read = try CanonicalJSON.decode(Plan.self, from: CanonicalJSON.encode(plan))
      #expect(read == plan)
      #expect(try read.digest() == plan.digest())
    }
    #expect(plans[1].drift.count == 2)
  }

  @Test(arguments: [("1.7", true), ("1.0", true), ("2.0", false), ("0.1", false)])
  func readsMinorVersionsOnly(version: String, isRead: Bool) async throws {
    let text = String(decoding: try CanonicalJSON.encode(try await plan()), as: UTF8.self)
    let other = text.replacingOccurrences(
      of: "\"formatVersion\" : \"1.1\"",
      with: "\"formatVersion\" : \"\(version)\", \"addedLater\" : {}")
    #expect(other != text)
    if isRead {
      _ = try CanonicalJSON.decode(Plan.self, from: Data(other.utf8))
    } else {
      #expect(throws: FormatVersionError.self) {
        try CanonicalJSON.decode(Plan.self, from: Data(other.utf8))
      }
    }
  }

  @Test func isTheSameWhateverTheOrderOfItsInput() async throws {
    var random = SeededGenerator(seed: 7)
    let names = (0..<40).map { "thing \($0)" }
    let live = Dictionary(
      uniqueKeysWithValues: names.map {
        (thing($0), held(["x": 1, "s": .sensitive(.digest("q"))]))
      })
    func input(_ names: [String]) -> PlanInput {
      var records: [Address: AppliedResource] = [:]
      for name in names.prefix(40) {
        records[thing(name)] = AppliedResource(
          address: thing(name), attributes: ["x": 5], found: ["s": .sensitive(.digest("lost"))],
          foundContext: [:], wasCreated: false, onRemove: .restore, isProtected: false,
          manifest: testManifest, dependsOn: [thing("thing 0")], serial: 1)
      }
      let desired = names.filter { !$0.hasSuffix("7") }.map {
        wanted(thing($0), ["x": 2], dependsOn: [thing("thing 1"), thing("thing 7")])
      }
      return PlanInput(
        intent: .policy(desired), environment: Bench.environment,
        policy: PolicyReference(commit: nil, hasUncommittedChanges: false, directory: ""),
        state: State(lineage: "l", serial: 1, environment: Bench.environment, resources: records),
        lineage: "l", live: live, schemas: Bench().types, time: ManualClock().now)
    }
    let first = makePlan(input(names))
    #expect(first.problems.count > 1)
    #expect(first.changes.map(\.address) == first.changes.map(\.address).sorted())
    for _ in 0..<10 {
      let other = makePlan(input(names.shuffled(using: &random)))
      #expect(other == first)
      #expect(try other.digest() == first.digest())
      #expect(try CanonicalJSON.encode(other) == CanonicalJSON.encode(first))
    }
  }

  @Test func digestIsOfEverythingButTheTime() async throws {
    let plan = try await plan()
    func copy(
      goal: Plan.Goal? = nil, environment: EnvironmentReference? = nil,
      policy: PolicyReference? = nil, state: StateReference? = nil, selection: [String] = [],
      time: Date? = nil, changes: [Change]? = nil, drift: [Drift]? = nil,
      refreshed: [AppliedResource]? = nil, count: Int? = nil, problems: [PlanProblem]? = nil
    ) -> Plan {
      Plan(
        goal: goal ?? plan.goal, environment: environment ?? plan.environment,
        policy: policy ?? plan.policy, state: state ?? plan.state, selection: selection,
        time: time ?? plan.time, changes: changes ?? plan.changes, drift: drift ?? plan.drift,
        refreshed: refreshed ?? plan.refreshed, resourceCount: count ?? plan.resourceCount,
        problems: problems ?? plan.problems)
    }
    let digest = try plan.digest()
    #expect(digest.hasPrefix("sha256:") && digest.count == 7 + 64)
    #expect(try copy(time: .distantFuture).digest() == digest)
    let record = try #require(Scenario.state.resources.values.first)
    let others = [
      copy(goal: .rollback(to: 3)),
      copy(environment: EnvironmentReference(name: "test", account: "0", region: "us-east-2")),
      copy(policy: PolicyReference(commit: "x", hasUncommittedChanges: false, directory: "")),
      copy(state: StateReference(lineage: plan.state.lineage, serial: 9)),
      copy(selection: ["*"]), copy(changes: Array(plan.changes.dropLast())),
      copy(drift: [
        Drift(address: thing("q"), fields: [], isMissing: true, serial: 1, isReverted: false)
      ]),
      copy(refreshed: [record]), copy(count: 99),
      copy(problems: [PlanProblem(.remark, thing("q"), "so")]),
    ]
    #expect(Set(try others.map { try $0.digest() } + [digest]).count == others.count + 1)
  }

  @Test func digestIsOfTheLiveValuesThatItSaw() async throws {
    let bench = Scenario.bench
    let digest = try await plan(bench).digest()
    // A revision is read anew when the change is made.
    await bench.cloud.change { $0[thing("u")]?.context["revision"] = 4 }
    #expect(try await plan(bench).digest() == digest)
    await bench.cloud.change { $0[thing("u")]?.attributes["x"] = 5 }
    #expect(try await plan(bench).digest() != digest)
  }

  @Test func tellsWhatMovedSinceItWasMade() async throws {
    let bench = Scenario.bench
    let earlier = try await plan(bench)
    #expect(earlier.causesOfStaleness(comparedWith: earlier) == [])
    await bench.cloud.change {
      $0[thing("u")]?.attributes["x"] = 5
      $0[thing("e")] = held(["x": 3])
      $0[thing("w")]?.attributes["w"] = nil
      $0[thing("w")]?.attributes["v"] = 1
    }
    #expect(
      earlier.causesOfStaleness(comparedWith: try await plan(bench)) == [
        "free/thing e: the plan says create, and now it is adopt.",
        "free/thing u: x has changed in AWS since the plan was made.",
        "free/thing w needs no change any more.",
      ])
  }
}
