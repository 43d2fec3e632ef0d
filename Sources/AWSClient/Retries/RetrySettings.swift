/// How often a call is tried, and how long it waits in between.
public struct RetrySettings: Hashable, Sendable {
  /// The most tries of a call, the first included.
  public var maxAttempts = 3
  /// The longest first pause after a failure that may pass at once.
  public var transientDelay = 0.1
  /// The longest first pause after a throttle.
  public var throttleDelay = 1.0
  /// The longest pause.
  public var maximumDelay = 20.0

  /// The standard settings.
  public init() {}

  /// The pause before the next try: a random part of a span that doubles with each try, and not less
  /// than the server asks for, as far as that is reasonable.
  func delay(
    afterTry tries: Int, _ reason: RetryReason, retryAfter: Double?, random: Double
  ) -> Double {
    let base = reason == .throttle ? throttleDelay : transientDelay
    var span = base
    for _ in 1..<max(tries, 1) where span < maximumDelay { span *= 2 }
    let pause = random * min(span, maximumDelay)
    return max(pause, min(retryAfter ?? 0, maximumDelay))
  }
}

/// Why a try may be followed by another.
enum RetryReason: Hashable, Sendable {
  /// It may pass at once: a broken connection, a fault of the server.
  case transient
  /// No answer came in time.
  case timeout
  /// Too many requests.
  case throttle
}
