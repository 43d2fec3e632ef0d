internal import Foundation

/// When the next request of a family may be sent; a value that does not know the time.
///
/// While nothing is throttled, this is the bucket of a known limit, or no limit at all. A throttle
/// halves the rate. From there it climbs in a straight line back to where it was throttled, and then
/// on, faster and faster, because the service's rate may be higher by now. Not the SDKs' CUBIC: its
/// steps are requests per second whatever the rate, so that a family of two requests a second is
/// driven to ten times that within seconds, while here all is in proportion to the rate.
struct RateBucket {
  /// How long the way back to the rate of the throttle takes at least, in seconds; the rate doubles
  /// in twice that time afterwards.
  static let recovery = 5.0
  /// How many requests are sent on the way back at least, so that slow families, too, are throttled
  /// seldom.
  static let recoveryRequests = 30.0
  /// A rate is never halved below this, but for a known one below two; pauses between tries do the
  /// rest.
  static let floor = 1.0
  /// The least that an unknown rate is taken for at its first throttle, when little was measured: a
  /// guess that is too high costs a few throttles, one that is too low costs minutes.
  static let firstGuess = 10.0

  private struct Setback {
    let peak: Double
    let date: Date
  }

  /// Counts setbacks, so that of requests that were under way together only one causes one.
  private(set) var round = 0
  private let known: RateLimit?
  private var setback: Setback?
  private var tokens: Double
  private var filled: Date
  private var goodput: Meter

  /// A full bucket, or no limit.
  init(_ known: RateLimit?, at now: Date) {
    self.known = known
    tokens = known?.burst ?? 0
    filled = now
    goodput = Meter(at: now)
  }

  /// Requests per second, or nil where nothing limits them.
  func rate(at now: Date) -> Double? {
    guard let setback else { return known?.perSecond }
    let since = max(0, now.timeIntervalSince(setback.date))
    let recovery = max(Self.recovery, Self.recoveryRequests / setback.peak)
    let rate =
      since < recovery
      ? setback.peak / 2 * (1 + since / recovery)
      : setback.peak * exp2(min((since - recovery) / (2 * recovery), 60))
    return min(rate, known?.perSecond ?? .infinity)
  }

  /// How long the next request has to wait, in seconds.
  mutating func delay(at now: Date) -> Double {
    guard let rate = fill(at: now), tokens < 1 else { return 0 }
    return (1 - tokens) / rate
  }

  /// Counts a request that is sent.
  mutating func take(at now: Date) {
    if fill(at: now) != nil { tokens -= 1 }
  }

  /// Counts a request that was not throttled.
  mutating func noteSuccess(at now: Date) { goodput.count(at: now) }

  /// Slows down after a request that was throttled, unless it was sent before the last setback.
  mutating func noteThrottle(sentIn round: Int, at now: Date) {
    guard round == self.round else { return }
    self.round += 1
    let rate = rate(at: now) ?? .infinity
    // Who has used less than was allowed learns nothing from it about the rate of a stranger.
    var peak = known == nil ? min(rate, goodput.rate(at: now)) : rate
    if setback == nil, known == nil { peak = max(peak, Self.firstGuess) }
    let least = min(2 * Self.floor, known?.perSecond ?? .infinity)
    setback = Setback(peak: max(peak, least), date: now)
    tokens = min(tokens, 0)
    filled = now
  }

  private mutating func fill(at now: Date) -> Double? {
    guard let rate = rate(at: now) else { return nil }
    if let known, rate >= known.perSecond { setback = nil }
    // After a throttle nothing is saved up but what a late timer would lose.
    let capacity = setback == nil ? known?.burst ?? 1 : max(1, rate / 10)
    tokens = min(capacity, tokens + max(0, now.timeIntervalSince(filled)) * rate)
    filled = now
    return rate
  }
}

/// Counts what happens per second.
private struct Meter {
  private var start: Date
  private var current = 0.0
  private var previous = 0.0

  init(at now: Date) { start = now }

  mutating func count(at now: Date) {
    let elapsed = now.timeIntervalSince(start)
    if elapsed >= 1 || elapsed < 0 {
      previous = elapsed < 2 ? current : 0
      current = 0
      start = elapsed < 2 && elapsed > 0 ? start.addingTimeInterval(1) : now
    }
    current += 1
  }

  /// The larger of this second's and the last one's, because this one is not over.
  func rate(at now: Date) -> Double {
    let elapsed = max(0, now.timeIntervalSince(start))
    guard elapsed < 2 else { return 0 }
    let current = current / min(max(elapsed, 0.25), 1)
    return elapsed < 1 ? max(current, previous) : current
  }
}
