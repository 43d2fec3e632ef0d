public import Foundation

/// Who applies, since when, and until when nobody else may.
public struct Lease: Hashable, Sendable, Codable {
  /// The person or job.
  public let holder: String
  /// When it was taken.
  public let since: Date
  /// When it ends unless it is renewed.
  public var until: Date

  /// A lease of `holder`.
  public init(holder: String, since: Date, until: Date) {
    self.holder = holder
    self.since = since
    self.until = until
  }
}

/// An apply that has begun and not ended: the begin commit holds it, the end commit takes it away.
public struct PendingApply: Hashable, Sendable, Codable {
  /// The number that the apply will have.
  public let serial: Int
  /// Its plan: every change is an intent.
  public let plan: Plan
  /// Who holds the environment meanwhile.
  public var lease: Lease

  /// An apply that begins.
  public init(serial: Int, plan: Plan, lease: Lease) {
    self.serial = serial
    self.plan = plan
    self.lease = lease
  }
}
