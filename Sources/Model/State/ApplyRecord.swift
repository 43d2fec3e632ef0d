public import Foundation

/// What an apply leaves behind.
public struct ApplyRecord: Sendable {
  /// The state after it.
  public let state: State
  /// What became of each change.
  public let outcomes: [ChangeOutcome]
  /// Who applied.
  public let actor: String
  /// What it did, in one line.
  public let summary: String
  /// The plan that was applied.
  public let plan: Plan
  /// When it ended.
  public let time: Date
  /// Whether nothing was written to AWS and the serial is not used up.
  public let isAborted: Bool
  /// All secrets from now on; nil where they stay as they are.
  public let sealed: SealedSecrets?

  /// The record of an apply.
  public init(
    state: State, outcomes: [ChangeOutcome], actor: String, summary: String, plan: Plan,
    time: Date, isAborted: Bool = false, sealed: SealedSecrets? = nil
  ) {
    self.state = state
    self.outcomes = outcomes
    self.actor = actor
    self.summary = summary
    self.plan = plan
    self.time = time
    self.isAborted = isAborted
    self.sealed = sealed
  }
}
