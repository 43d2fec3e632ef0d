internal import Foundation
internal import Model

/// When a schedule in AWS runs, by its attributes.
struct ScheduleTimes {
  private let expression: ScheduleExpression
  private let zone: TimeZone
  private let start: Date?
  private let end: Date?
  private let gap: ScheduleExpression.ClockGap

  /// The times of an expression; nil where they are not known.
  ///
  /// - Parameters:
  ///   - zone: UTC where there is none.
  ///   - start: before it nothing runs; AWS passes over both for what runs once (API description of
  ///     scheduler, StartDate).
  ///   - end: after it nothing runs.
  ///   - gap: what the service does about times that the clock skips.
  init?(
    _ expression: Value?, zone: Value?, start: Value?, end: Value?,
    gap: ScheduleExpression.ClockGap
  ) {
    guard let expression = expression?.string.flatMap(ScheduleExpression.init),
      let zone = TimeZone(identifier: zone?.string ?? "UTC")
    else { return nil }
    self.expression = expression
    self.zone = zone
    self.gap = gap
    if case .once = expression {
      (self.start, self.end) = (nil, nil)
    } else {
      self.start = start.flatMap(Timestamps.date)
      self.end = end.flatMap(Timestamps.date)
    }
  }

  /// When it ran last up to an instant; nil where it has not.
  func last(until time: Date) -> Date? {
    let last = expression.last(until: end.map { min($0, time) } ?? time, in: zone, gap: gap)
    return last.flatMap { last in start.map { last < $0 } ?? false ? nil : last }
  }

  /// Its next runs.
  func next(after time: Date) -> [Firing] {
    // What runs at the start itself counts.
    let after = start.map { max($0 - 1, time) } ?? time
    return expression.next(Firing.shown, after: after, in: zone, gap: gap)
      .filter { run in end.map { run <= $0 } ?? true }.map { Firing($0, in: zone) }
  }

  /// Whether it has run for good.
  func isOver(at time: Date) -> Bool {
    if let end, end < time { return true }
    return expression.isOver(at: time, in: zone)
  }
}
