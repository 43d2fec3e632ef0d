public import Foundation

/// What an apply left behind in the state branch, besides the state itself.
public struct StoredReport: Hashable, Sendable, Codable {
  /// The number of the apply.
  public let serial: Int
  /// The plan that was applied.
  public let plan: Plan
  /// What became of each change.
  public let outcomes: [ChangeOutcome]
  /// Who applied.
  public let actor: String
  /// When it ended.
  public let time: Date
  /// What it did, in one line.
  public let summary: String

  /// Whether it brought about all of a policy: no way back, no selection, and nothing that failed.
  public var isWholePolicy: Bool {
    plan.goal == .policy && plan.selection.isEmpty
      && outcomes.allSatisfy { $0.result == .applied }
  }

  /// The report of apply `serial`.
  public init(
    serial: Int, plan: Plan, outcomes: [ChangeOutcome], actor: String, time: Date, summary: String
  ) {
    self.serial = serial
    self.plan = plan
    self.outcomes = outcomes
    self.actor = actor
    self.time = time
    self.summary = summary
  }
}
