internal import Engine
internal import Foundation
internal import Model
internal import Rendering

extension SavedPlan {
  /// Refuses the plan where it is not the one that would be made now.
  ///
  /// - Throws: `Refusal`, with each cause.
  func refuseIfMoved(since now: Plan) throws {
    try refuseMissingKey(now)
    let causes = plan.causesOfStaleness(comparedWith: now)
    guard try causes.isEmpty && now.digest() == digest else {
      throw Refusal.stale(
        causes.isEmpty ? ["What it is based on has changed since it was made."] : causes,
        hint: "Plan again.")
    }
  }

  /// Why it is stale, as far as it shows without asking AWS.
  ///
  /// - Parameter lifetime: for how many seconds a plan may be applied.
  func causesOfStaleness(in session: EnvironmentSession, lifetime: Int, at time: Date) -> [String] {
    var causes = [plan.ageProblem(at: time, lifetime: Double(lifetime))].compactMap { $0 }
    let serial = session.stored.state?.serial ?? 0
    if serial != plan.state.serial {
      causes.append(
        "Serial \(serial) has been applied; the plan was made after \(plan.state.serial).")
    }
    return causes
  }

  /// Refuses a plan that was made with the state key where it is not at hand: the plan is not stale.
  private func refuseMissingKey(_ now: Plan) throws {
    let codes: Set<PlanProblem.Code> = [.unsealedSecret, .unrecoverableSecret]
    let lost = now.problems.filter { codes.contains($0.code) && !plan.problems.contains($0) }
    if lost.isEmpty || plan.state != now.state { return }
    throw Refusal(
      .failed, "the state key is missing",
      detail:
        "The plan was made with it, and without it more would be lost than its reader was told:\n"
        + lost.map { "\($0.subject): \($0.message)" }.joined(separator: "\n"),
      hint:
        "Set \(StateKeyVariable.name) as it was where the plan was made, or plan again without it.")
  }
}

extension Refusal {
  /// The plan is not what would be planned now.
  static func stale(_ causes: [String], hint: String) -> Refusal {
    Refusal(.stale, "the plan is stale", detail: causes.joined(separator: "\n"), hint: hint)
  }
}
