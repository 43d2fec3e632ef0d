/// Where the state lives: lock, journal, state and audit log in one. Every write is a
/// compare-and-swap on the version that was read.
public protocol StateStore: Sendable {
  /// Reads the state as it is now.
  ///
  /// - Throws: what the storage throws; a state of a newer format is refused.
  func load() async throws -> StoredState

  /// Takes the lease: records the pending apply, its snapshot, and the secrets that these refer to.
  ///
  /// - Parameter sealed: all secrets from now on; nil where they stay as they are.
  /// - Throws: where somebody else was first; nothing is written then.
  /// - Returns: the new version.
  func begin(
    _ pending: PendingApply, snapshot: Snapshot, sealed: SealedSecrets?, expecting version: String?
  ) async throws -> String

  /// Prolongs the lease of a pending apply.
  ///
  /// - Throws: where the lease has been lost.
  /// - Returns: the new version.
  func renew(_ pending: PendingApply, expecting version: String) async throws -> String

  /// Records the new state and outcome, and gives the lease back.
  ///
  /// - Throws: where the lease has been lost.
  /// - Returns: the new version.
  func end(_ record: ApplyRecord, expecting version: String) async throws -> String

  /// The apply records of this environment, the newest first.
  ///
  /// - Throws: what the storage throws.
  func history(limit: Int?) async throws -> [HistoryEntry]

  /// The state as it was at the end of apply `serial`; nil where there was no such apply.
  ///
  /// - Throws: what the storage throws.
  func state(atSerial serial: Int) async throws -> State?

  /// The snapshot taken before apply `serial`; nil where there is none.
  ///
  /// - Throws: what the storage throws.
  func snapshot(beforeSerial serial: Int) async throws -> Snapshot?
}
