/// What retries cost a client: when AWS is down for all calls, a bucket that runs dry keeps them from
/// tripling the load.
final class RetryQuota: Sendable {
  /// What the bucket holds when it is full.
  static let capacity = 500

  private let available = Locked(capacity)

  /// What one retry costs: more where the failed try has kept a server busy for long.
  static func cost(_ reason: RetryReason) -> Int { reason == .timeout ? 10 : 5 }

  /// Pays for a retry, if the bucket has enough.
  func take(_ reason: RetryReason) -> Bool {
    available.withLock { available in
      guard available >= Self.cost(reason) else { return false }
      available -= Self.cost(reason)
      return true
    }
  }

  /// Gives back what the last retry of a call cost that succeeded, or one where it needed none.
  func giveBack(_ reason: RetryReason?) {
    available.withLock { available in
      available = min(Self.capacity, available + (reason.map(Self.cost) ?? 1))
    }
  }
}
