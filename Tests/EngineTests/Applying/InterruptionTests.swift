import Model
import TestSupport
import Testing

@testable import Engine

/// Somebody asks to stop, at every step of an apply.
@Suite struct InterruptionTests {
  @Test(arguments: [1, 3], Applier.FailurePolicy.allCases)
  func endsWhatRunsAndRecordsIt(parallelism: Int, policy: Applier.FailurePolicy) async throws {
    var stopped = 0
    for number in 0...(try await Scenario.stepCount()) {
      var bench = Scenario.bench
      bench.parallelism = parallelism
      let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
      bench.steps.revive()
      let steps = bench.steps
      let context = bench.context(isStopping: { steps.taken.count >= number })
      let report = try await bench.apply(plan, vault: vault, onFailure: policy, in: context)
      let comment: Comment = "step \(number) of \(parallelism)"
      // A write begins with its journal line: none begins once it is asked to stop, but those that
      // had been let go by then.
      let late = steps.taken.dropFirst(number).count {
        if case .record(.started, _) = $0 { true } else { false }
      }
      #expect(late < parallelism, comment)
      #expect(try await bench.store.load().pending == nil, comment)
      #expect([.applied, .appliedInPart].contains(report.result), comment)
      let state = try await bench.store.load().state
      await Scenario.expectTrue(state, prior: Scenario.state, cloud: bench.cloud, comment)
      let skipped = report.outcomes.filter { $0.result != .applied }
      #expect(skipped.allSatisfy { $0.result == .skipped("interrupted") }, comment)
      if !skipped.isEmpty { stopped += 1 }
      let done = Set(report.outcomes.filter { $0.result == .applied }.map(\.address))
      let rest = try await bench.plan(Scenario.desired)
      #expect(done.isDisjoint(with: rest.changes.map(\.address)), comment)
      try await bench.apply(Scenario.desired)
      #expect(await bench.cloud.resources == Scenario.after, comment)
    }
    #expect(stopped > 10)
  }

  @Test func writesNothingWhereItIsStoppedBeforeTheFirstWrite() async throws {
    let bench = Scenario.bench
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    let report = try await bench.apply(
      plan, vault: vault, in: bench.context(isStopping: { true }))
    #expect(report.outcomes.count { $0.result == .skipped("interrupted") } == 6)
    #expect(await bench.cloud.effects == [])
    #expect(try await bench.store.load().pending == nil)
  }

  /// The second time the process ends at once, wherever it is.
  @Test(arguments: Moment.allCases) func isRecoverableWhereItEndsAtOnce(moment: Moment)
    async throws
  {
    var recovered = 0
    for number in 1...(try await Scenario.stepCount()) {
      let bench = Scenario.bench
      let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
      bench.steps.revive()
      bench.steps.die(moment, at: number)
      let steps = bench.steps
      _ = try? await bench.apply(
        plan, vault: vault, in: bench.context(isStopping: { steps.taken.count >= number - 3 }))
      bench.steps.revive()
      guard try await bench.store.load().pending != nil else { continue }
      recovered += 1
      let report = try await bench.recover(.undo, alsoKnown: Scenario.desired)
      #expect(report?.result == .applied, "step \(number)")
      #expect(await bench.cloud.resources == Scenario.before, "step \(number)")
    }
    #expect(recovered > 5)
  }
}
