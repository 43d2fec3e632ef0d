public import Foundation

/// A schedule of AWS, as far as it says at which minutes it runs: a `rate(…)` runs from a moment on
/// that only AWS knows.
public enum ScheduleExpression: Hashable, Sendable {
  /// `at(2026-12-01T08:00:00)`: at that minute, and so many seconds.
  case once(LocalTime, second: Int)
  /// `cron(0 8 ? * MON-FRI *)`.
  case cron(CronExpression)

  /// What becomes of a run at a time that the clock of its zone skips.
  public enum ClockGap: Hashable, Sendable {
    /// It is left out.
    case leavesOut
    /// It comes as soon as the clock shows a later time.
    case moves
  }

  /// How many days are looked through for a run: longer than from one leap day to the next, over the
  /// end of a century, too.
  private static let horizon = 8 * 366 + 1

  /// The schedule that `text` says; nil where it is of another form.
  public init?(_ text: String) {
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
    let inner = text[open...].dropFirst().dropLast()
    switch text[..<open] {
    case "at":
      guard inner.utf8.count == 19, inner.dropLast(2).hasSuffix(":"),
        let second = Int(inner.suffix(2)), (0..<60).contains(second),
        let time = LocalTime(String(inner.dropLast(3)))
      else { return nil }
      self = .once(time, second: second)
    case "cron":
      guard let cron = CronExpression(inner) else { return nil }
      self = .cron(cron)
    default: return nil
    }
  }

  /// When it ran last, up to an instant, by the clock of a zone; nil where it has not yet. A time
  /// that the clock shows twice is the first of both.
  public func last(until instant: Date, in zone: TimeZone, gap: ClockGap = .moves) -> Date? {
    switch self {
    case .once: return moment(in: zone, gap: gap).flatMap { $0 <= instant ? $0 : nil }
    case .cron(let cron):
      let today = LocalTime(instant, in: zone).day
      for ago in -1...Self.horizon {
        for time in cron.times(on: today - ago).reversed() {
          if let run = run(time, in: zone, gap: gap), run <= instant { return run }
        }
      }
      return nil
    }
  }

  /// The next runs after an instant, in order.
  public func next(
    _ count: Int, after instant: Date, in zone: TimeZone, gap: ClockGap = .moves
  ) -> [Date] {
    switch self {
    case .once: return [moment(in: zone, gap: gap)].compactMap { $0 }.filter { $0 > instant }
    case .cron(let cron):
      var runs: [Date] = []
      let today = LocalTime(instant, in: zone).day
      for ahead in -1...Self.horizon {
        for time in cron.times(on: today + ahead) {
          guard let run = run(time, in: zone, gap: gap), run > instant, run != runs.last else {
            continue
          }
          runs.append(run)
          if runs.count == count { return runs }
        }
      }
      return runs
    }
  }

  /// Whether it has run for good.
  public func isOver(at instant: Date, in zone: TimeZone) -> Bool {
    switch self {
    case .once(let time, let second): time.instant(in: zone) + Double(second) <= instant
    case .cron(let cron): cron.years != nil && next(1, after: instant, in: zone).isEmpty
    }
  }

  private func moment(in zone: TimeZone, gap: ClockGap) -> Date? {
    guard case .once(let time, let second) = self else { return nil }
    return run(time, in: zone, gap: gap).map { $0 + Double(second) }
  }

  private func run(_ time: LocalTime, in zone: TimeZone, gap: ClockGap) -> Date? {
    gap == .leavesOut && time.isSkipped(in: zone) ? nil : time.instant(in: zone)
  }
}
