import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// What has done its work is left where it is.
@Suite struct SpentTests {
  private let address = thing("start")

  private func action(
    at time: Value = "at 8", min: Value = 3, isProtected: Bool = true
  ) -> DesiredResource {
    wanted(address, ["at": time, "min": min], isProtected: isProtected)
  }

  private func spent(at time: Value = "at 8", isProtected: Bool = true) -> DesiredResource {
    var action = wanted(address, ["at": time], isProtected: isProtected)
    action.isSpent = true
    return action
  }

  /// An account in which the action has been made.
  private func bench() async throws -> Bench {
    let bench = Bench()
    try await bench.apply([action()])
    return bench
  }

  private func expectNothing(_ plan: Plan) {
    #expect(plan.changes == [])
    #expect(plan.drift == [])
    #expect(plan.refreshed == [])
    #expect(plan.problems == [])
  }

  @Test func isNeitherMadeNorAdopted() async throws {
    let empty = try await Bench().plan([spent()])
    expectNothing(empty)
    #expect(empty.resourceCount == 0)
    expectNothing(try await Bench([address: held(["at": "at 8"])]).plan([spent()]))
    expectNothing(try await Bench([address: held(["at": "at 9"])]).plan([spent()]))
  }

  @Test func staysWhereItIs() async throws {
    let bench = try await bench()
    let plan = try await bench.plan([spent()])
    expectNothing(plan)
    #expect(plan.resourceCount == 1)
    await bench.cloud.change { $0[address]?.attributes["min"] = 9 }
    expectNothing(try await bench.plan([spent()]))
    #expect(try await bench.apply([spent()]).result == .nothingToDo)
  }

  @Test func isForgottenSilentlyWhereItHasGone() async throws {
    let bench = try await bench()
    await bench.cloud.change { $0[address] = nil }
    expectNothing(try await bench.plan([spent()]))
    // With the policy its record goes too, and protection has nothing to say.
    let plan = try await bench.plan([])
    #expect(plan.changes.map(\.action) == [.forget])
    #expect(plan.problems == [] && plan.drift == [])
    try await bench.apply(plan)
    #expect(try await bench.store.load().state?.resources == [:])
  }

  @Test func isDeletedWithThePolicyOnceNotProtected() async throws {
    let bench = try await bench()
    #expect(try await bench.plan([]).problems.map(\.code) == [.protected])
    // The mark follows the policy although the action itself is not touched.
    #expect(try await bench.apply([spent(isProtected: false)]).result == .applied)
    #expect(try await bench.store.load().state?.resources[address]?.attributes["min"] == 3)
    #expect(try await bench.apply([]).result == .applied)
    #expect(await bench.cloud.resources == [:])
  }

  @Test func isDeletedWhereItIsStillToComeInAnotherForm() async throws {
    let bench = try await bench()
    let plan = try await bench.plan([spent(at: "at 7")])
    #expect(plan.problems.map(\.code) == [.protected])
    #expect(plan.problems[0].message.contains("Put the manifest back as it was"))
    #expect(try await bench.apply([spent(at: "at 7", isProtected: false)]).result == .applied)
    #expect(await bench.cloud.resources == [:])
    expectNothing(try await bench.plan([spent(at: "at 7")]))
  }

  @Test func isMadeAgainWhereItIsToComeOnceMore() async throws {
    let bench = try await bench()
    await bench.cloud.change { $0[address] = nil }
    #expect(try await bench.apply([spent()]).result == .nothingToDo)
    try await bench.apply([action(at: "at 9")])
    #expect(await bench.cloud.resources[address] == held(["at": "at 9", "min": 3]))
  }

  // The way back, by what the type says of its actions.

  private func timedBench() -> Bench {
    var bench = Bench()
    bench.types["free/thing"]?.movement = { _, attributes, time in
      guard let at = attributes["at"]?.number else { return nil }
      let isOver = Date(timeIntervalSince1970: (at as NSDecimalNumber).doubleValue) <= time
      return Movement(
        thing("target"), attributes: ["min"], values: [:], isReturn: false, last: nil,
        isOver: isOver)
    }
    return bench
  }

  private func at(_ bench: Bench, _ seconds: Double, _ min: Value = 3) -> DesiredResource {
    action(
      at: Value(Int(bench.clock.now.timeIntervalSince1970 + seconds)), min: min, isProtected: false)
  }

  @Test func rollbackDoesNotMakeItAgain() async throws {
    let bench = timedBench()
    try await bench.apply([at(bench, 100)])
    try await bench.apply([])
    bench.clock.advance(by: 200)
    let plan = try await bench.planRollback(to: 1).plan
    #expect(plan.changes == [] && plan.drift == [])
    #expect(plan.problems.map(\.code) == [.remark])
    #expect(plan.problems[0].message.contains("not made again"))
  }

  @Test func itsAbsenceIsNoDrift() async throws {
    let bench = timedBench()
    try await bench.apply([at(bench, 100)])
    try await bench.apply([at(bench, 100), wanted(thing("b"), ["x": 1])])
    await bench.cloud.change { $0[address] = nil }
    #expect(try await bench.planRollback(to: 1).plan.drift.count == 1)
    bench.clock.advance(by: 200)
    #expect(try await bench.planRollback(to: 1).plan.drift == [])
    #expect(try await bench.plan([]).drift == [])
  }

  @Test func rollbackLeavesOneThatIsThereAndEndsOneThatIsToCome() async throws {
    let bench = timedBench()
    try await bench.apply([at(bench, 100)])
    try await bench.apply([at(bench, 100, 5)])
    try await bench.apply([at(bench, 300, 5)])
    bench.clock.advance(by: 200)
    // Back to one that has passed: the one that is to come must not act.
    #expect(try await bench.planRollback(to: 2).plan.changes.map(\.action) == [.delete])
    bench.clock.advance(by: 200)
    #expect(try await bench.planRollback(to: 1).plan.changes == [])
  }
}
