/// How an apply went, for whoever started it.
public struct ApplyReport: Hashable, Sendable, Codable {
  /// What became of the apply as a whole.
  public enum Result: String, Hashable, Sendable, Codable {
    /// Everything was applied.
    case applied
    /// Something failed or was skipped; the rest was applied.
    case appliedInPart
    /// Something failed, and what had been applied was undone: everything is as before.
    case undone
    /// There was nothing to do.
    case nothingToDo
    /// What the plan saw is no longer so; nothing was written.
    case stale
  }

  /// An undoing after a failure.
  public struct Undo: Hashable, Sendable, Codable {
    /// What was not applied, and is why.
    public let failures: [ChangeOutcome]
    /// Why nothing was undone; nil where it was.
    public let obstacle: String?

    /// An undoing because of `failures`.
    public init(failures: [ChangeOutcome], obstacle: String? = nil) {
      self.failures = failures
      self.obstacle = obstacle
    }
  }

  /// What became of it.
  public let result: Result
  /// The environment.
  public let environment: EnvironmentReference
  /// The number of the apply; the last one where nothing was applied.
  public let serial: Int
  /// The version of the state afterwards.
  public let version: String?
  /// What became of each change, sorted by address.
  public let outcomes: [ChangeOutcome]
  /// What moved since the plan was made.
  public let staleReasons: [String]
  /// What became of the wish to undo after a failure; nil where there was no failure or no wish.
  public let undo: Undo?
  /// What the applied changes do to the bill.
  public let cost: CostChange

  /// A report.
  public init(
    result: Result, environment: EnvironmentReference, serial: Int, version: String?,
    outcomes: [ChangeOutcome], staleReasons: [String] = [],
    undo: Undo? = nil, cost: CostChange
  ) {
    self.result = result
    self.environment = environment
    self.serial = serial
    self.version = version
    self.outcomes = outcomes
    self.staleReasons = staleReasons
    self.undo = undo
    self.cost = cost
  }
}
