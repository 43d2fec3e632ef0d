public import Foundation

/// One apply as the state branch tells it.
public struct HistoryEntry: Hashable, Sendable, Codable {
  /// The number of the apply.
  public let serial: Int
  /// The version of the state at its end.
  public let version: String
  /// The commit of the policy.
  public let policyCommit: String?
  /// The digest of the plan.
  public let planDigest: String?
  /// Who applied.
  public let actor: String
  /// When it ended.
  public let time: Date
  /// What it did, in one line.
  public let summary: String

  /// One apply.
  public init(
    serial: Int, version: String, policyCommit: String?, planDigest: String?, actor: String,
    time: Date, summary: String
  ) {
    self.serial = serial
    self.version = version
    self.policyCommit = policyCommit
    self.planDigest = planDigest
    self.actor = actor
    self.time = time
    self.summary = summary
  }
}
