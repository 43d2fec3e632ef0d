/// The state as it was read, with the version that a later write must find unchanged.
public struct StoredState: Sendable {
  /// The state; nil before the first apply.
  public let state: State?
  /// An apply that has begun and not ended.
  public let pending: PendingApply?
  /// The secrets that lie beside it.
  public let sealed: SealedSecrets
  /// The version that was read; nil before the first apply.
  public let version: String?

  /// A state that was read at `version`.
  public init(
    state: State?, pending: PendingApply?, sealed: SealedSecrets = SealedSecrets(), version: String?
  ) {
    self.state = state
    self.pending = pending
    self.sealed = sealed
    self.version = version
  }
}
