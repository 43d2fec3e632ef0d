internal import Foundation

/// What to do after a try that failed.
enum RetryStep {
  /// Give up with this error.
  case fail(AWSError)
  /// Wait for so many seconds, then try again.
  case wait(Double)
  /// Set the clock to the server's, then try again.
  case correctClock(Date)
  /// Get new credentials, then try again.
  case renewCredentials
}

/// The tries of one call: decides what follows each failure, and does nothing itself.
struct RetryMachine {
  let settings: RetrySettings
  let quota: RetryQuota
  /// Whether the call can be made twice without harm.
  let isIdempotent: Bool

  /// What the last retry cost.
  private(set) var paid: RetryReason?
  private var failures = 0
  private var mayHaveHadEffect = false
  private var hasCorrectedClock = false
  private var hasRenewedCredentials = false

  /// The tries of a call.
  init(settings: RetrySettings, quota: RetryQuota, isIdempotent: Bool) {
    self.settings = settings
    self.quota = quota
    self.isIdempotent = isIdempotent
  }

  /// What to do after a failure; `now` is the time that the request was signed with.
  mutating func step(after failed: FailedTry, random: Double, now: Date) -> RetryStep {
    // Once a try may have had effect, a later failure does not undo it.
    mayHaveHadEffect = mayHaveHadEffect || failed.error.mayHaveHadEffect
    var error = failed.error
    error.mayHaveHadEffect = mayHaveHadEffect
    if let serverTime = failed.serverTime, !hasCorrectedClock,
      abs(serverTime.timeIntervalSince(now)) > Self.toleratedSkew
    {
      hasCorrectedClock = true
      return .correctClock(serverTime)
    }
    if error.kind == .expiredCredentials, !hasRenewedCredentials {
      hasRenewedCredentials = true
      return .renewCredentials
    }
    failures += 1
    guard let reason = failed.reason, isIdempotent || !failed.error.mayHaveHadEffect,
      failures < settings.maxAttempts, quota.take(reason)
    else { return .fail(error) }
    paid = reason
    return .wait(
      settings.delay(
        afterTry: failures, reason, retryAfter: failed.retryAfter, random: random))
  }

  /// AWS accepts signatures whose time is up to five minutes off.
  private static let toleratedSkew: TimeInterval = 60
}
