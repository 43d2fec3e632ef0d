public import Model

/// One step that a program takes to the outside.
public enum Step: Hashable, Sendable {
  /// The store reads the state.
  case load
  /// The store writes the begin commit.
  case begin
  /// The store prolongs the lease.
  case renew
  /// The store writes the end commit.
  case end
  /// The resources of a type are read.
  case read(String)
  /// A resource is written.
  case write(Change.Action, Address)
  /// A line of the journal is written.
  case record(JournalEntry.Event, Address)
  /// The journal is forgotten.
  case clear

  /// Whether AWS is changed.
  public var isWrite: Bool { if case .write = self { true } else { false } }

  /// Whether AWS is read.
  public var isRead: Bool { if case .read = self { true } else { false } }
}

/// Where in a step something happens: the effect lies between the two.
public enum Moment: Hashable, Sendable, CaseIterable {
  case before
  case after
}

/// What a fake throws when it is told to fail.
public struct InjectedFailure: Error, Hashable, Sendable {
  /// The step that failed.
  public let step: Step
  /// Whether its effect had come about.
  public let moment: Moment
  /// Whether the program counts as dead from here on.
  public let isDeath: Bool
}
