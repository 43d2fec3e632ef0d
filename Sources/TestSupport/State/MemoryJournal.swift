public import Model

/// A journal in memory.
public actor MemoryJournal: Journal {
  /// Its lines since it was last cleared.
  public private(set) var lines: [JournalEntry] = []
  private let steps: Steps

  /// An empty journal.
  public init(steps: Steps = Steps()) { self.steps = steps }

  /// Writes a line.
  ///
  /// - Throws: `InjectedFailure`.
  public func record(_ entry: JournalEntry) throws {
    let step = Step.record(entry.event, entry.address)
    try steps.enter(step)
    lines.append(entry)
    try steps.leave(step)
  }

  /// The lines.
  public func entries() -> [JournalEntry] { lines }

  /// Forgets the lines.
  ///
  /// - Throws: `InjectedFailure`.
  public func clear() throws {
    try steps.enter(.clear)
    lines = []
    try steps.leave(.clear)
  }
}
