public import Foundation
public import Model

/// How an environment stands, without asking AWS for its resources.
public struct StatusFacts: Sendable {
  /// The commit of the policy that is checked out, or was asked for.
  public struct Head: Hashable, Sendable, Codable {
    /// The commit; nil in a repository without one.
    public let commit: String?
    /// Whether the work tree differs from it where the policy lies.
    public let hasUncommittedChanges: Bool

    /// A commit of the policy.
    public init(commit: String?, hasUncommittedChanges: Bool) {
      self.commit = commit
      self.hasUncommittedChanges = hasUncommittedChanges
    }
  }

  /// How far the backup of the state is.
  public struct Backup: Hashable, Sendable, Codable {
    /// Where it lies.
    public let place: String
    /// The last serial that it holds; nil where it holds none.
    public let last: Int?
    /// The serials of the history that it lacks, in their order.
    public let missing: [Int]

    /// A backup that holds `serials` of a `history`.
    public init(place: String, serials: [Int], of history: [Int]) {
      self.place = place
      last = serials.max()
      missing = Set(history).subtracting(serials).sorted()
    }
  }

  /// The environment.
  public let environment: EnvironmentReference
  /// The last apply; nil before the first.
  public let lastApply: HistoryEntry?
  /// What the last apply left behind, where it is known.
  public let report: StoredReport?
  /// The state as it was read.
  public let stored: StoredState
  /// The policy at present.
  public let head: Head
  /// The backup of the state; nil where it was not asked for.
  public let backup: Backup?
  /// What is owed in its account and region, used or not; nil where it was not asked for.
  public let commitments: [Commitment]?
  /// The present time: a lease is judged at it.
  public let time: Date

  /// How `environment` stands at `time`.
  public init(
    environment: EnvironmentReference, lastApply: HistoryEntry?, report: StoredReport? = nil,
    stored: StoredState, head: Head, backup: Backup? = nil,
    commitments: [Commitment]? = nil, time: Date
  ) {
    self.environment = environment
    self.lastApply = lastApply
    self.report = report
    self.stored = stored
    self.head = head
    self.backup = backup
    self.commitments = commitments
    self.time = time
  }

  /// Whether the last apply brought about all of a policy: it was no way back, and nothing failed.
  public var isLastApplyWhole: Bool { report?.isWholePolicy ?? true }

  /// Whether the policy at present is the commit that was last applied, whole, and nothing else.
  public var isPolicyApplied: Bool {
    guard let applied = stored.state?.policyCommit, isLastApplyWhole else { return false }
    return applied == head.commit && !head.hasUncommittedChanges
  }

  /// Whether somebody may hold the environment now.
  public var isLeased: Bool { stored.pending.map { $0.lease.until > time } ?? false }
}
