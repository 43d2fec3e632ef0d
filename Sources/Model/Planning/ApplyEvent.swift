/// What an apply tells while it runs.
public enum ApplyEvent: Hashable, Sendable {
  /// The begin commit stands: this apply has the environment to itself.
  case began(serial: Int, changes: Int)
  /// What the plan touches is read again.
  case rereading(resources: Int)
  /// A write has been sent.
  case started(Address, Change.Action)
  /// A write was accepted, after this many seconds.
  case finished(Address, Change.Action, seconds: Double)
  /// A write was refused.
  case failed(Address, Change.Action, message: String)
  /// A write is not tried.
  case skipped(Address, Change.Action, message: String)
  /// What was written is read back.
  case verifying(resources: Int, attempt: Int)
  /// What an interrupted apply had sent is read until it shows.
  case awaiting(writes: Int, attempt: Int)
  /// What was written does not show yet; it is read again after this many seconds.
  case waiting([Address], seconds: Double)
  /// The end commit stands.
  case ended(serial: Int, version: String)
}
