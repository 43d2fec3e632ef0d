internal import Foundation
internal import Model

/// The lease while an apply runs, with the version of the state that it stands at.
struct HeldLease {
  var pending: PendingApply
  var version: String
  /// The secrets as the begin commit left them.
  let sealed: SealedSecrets

  /// Prolongs the lease once half of it has passed.
  ///
  /// - Throws: what the store throws where the lease has been lost.
  mutating func renewIfNeeded(_ context: ApplyContext) async throws {
    let now = context.now()
    guard pending.lease.until.timeIntervalSince(now) < context.leaseDuration / 2 else { return }
    pending.lease.until = now.addingTimeInterval(context.leaseDuration)
    version = try await context.store.renew(pending, expecting: version)
  }
}
