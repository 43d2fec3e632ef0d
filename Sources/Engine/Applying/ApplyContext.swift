public import Foundation
public import Model

/// What an apply works with; everything that reaches outside is passed in.
public struct ApplyContext: Sendable {
  /// The resource types by name.
  public var types: [String: any ResourceType]
  /// Where the state lives.
  public var store: any StateStore
  /// The local record of writes.
  public var journal: any Journal
  /// What seals the secrets that may have to come back.
  public var keys: StateKeys
  /// Who applies.
  public var actor: String
  /// How many writes run at once at most.
  public var parallelism: Int
  /// How long a lease holds, in seconds.
  public var leaseDuration: Double
  /// The time now.
  public var now: @Sendable () -> Date
  /// Waits for so many seconds.
  public var sleep: @Sendable (Double) async throws -> Void
  /// Whether no new write may begin, because somebody asked to stop.
  public var isStopping: @Sendable () -> Bool
  /// Is told what happens.
  public var onEvent: @Sendable (ApplyEvent) -> Void
  /// A short text for an error of AWS, Git or the disk, without secrets.
  public var describe: @Sendable (any Error) -> String

  /// The surroundings of an apply.
  public init(
    types: [String: any ResourceType], store: any StateStore, journal: any Journal,
    keys: StateKeys = StateKeys(), actor: String, parallelism: Int = 8, leaseDuration: Double = 900,
    now: @escaping @Sendable () -> Date,
    sleep: @escaping @Sendable (Double) async throws -> Void,
    isStopping: @escaping @Sendable () -> Bool = { false },
    onEvent: @escaping @Sendable (ApplyEvent) -> Void = { _ in },
    describe: @escaping @Sendable (any Error) -> String
  ) {
    self.types = types
    self.store = store
    self.journal = journal
    self.keys = keys
    self.actor = actor
    self.parallelism = max(1, parallelism)
    self.leaseDuration = leaseDuration
    self.now = now
    self.sleep = sleep
    self.isStopping = isStopping
    self.onEvent = onEvent
    self.describe = describe
  }
}
