internal import Foundation
internal import Manifests

/// When a window is in force.
enum WindowSpan: Hashable {
  /// On these days, until the same or the next day.
  case weekly([Weekday], from: TimeOfDay, until: TimeOfDay)
  /// Once.
  case once(from: LocalTime, until: LocalTime)

  /// The minutes in a week.
  static let week = 7 * 1440

  /// A stretch of the week: where it begins, in minutes since Monday 00:00, and its length. What is
  /// longer than a week covers all of it.
  struct Stretch: Hashable {
    let start: Int
    let length: Int

    /// Where it ends, in minutes since Monday 00:00.
    var end: Int { (start + length) % WindowSpan.week }

    /// Whether both have a minute in common.
    func overlaps(_ other: Stretch) -> Bool {
      distance(to: other) < length || other.distance(to: self) < other.length
    }

    private func distance(to other: Stretch) -> Int {
      (other.start - start + WindowSpan.week) % WindowSpan.week
    }
  }

  /// The stretches of the week that it covers.
  var stretches: [Stretch] {
    switch self {
    case .weekly(let days, let from, let until):
      let start = from.hour * 60 + from.minute
      return days.map {
        Stretch(start: ($0.number - 1) * 1440 + start, length: Self.length(from, until))
      }
    case .once(let from, let until):
      let length = min(until.minutes - from.minutes, Self.week)
      return [Stretch(start: from.minuteOfWeek, length: length)]
    }
  }

  /// Whether both are in force at some time.
  func overlaps(_ other: WindowSpan) -> Bool {
    if case .once(let from, let until) = self, case .once(let start, let end) = other {
      return from < end && start < until
    }
    return stretches.contains { mine in other.stretches.contains { mine.overlaps($0) } }
  }

  /// The stretch of time around an instant in which the window is in force; nil where it is not.
  func occurrence(at instant: Date, in zone: TimeZone) -> (from: LocalTime, until: LocalTime)? {
    let candidates: [(from: LocalTime, until: LocalTime)]
    switch self {
    case .once(let from, let until): candidates = [(from, until)]
    case .weekly(let days, let from, let until):
      let today = LocalTime(instant, in: zone).day
      candidates = [today - 1, today].compactMap { day in
        let start = LocalTime(day: day, from)
        guard days.contains(start.weekday) else { return nil }
        return (start, LocalTime(minutes: start.minutes + Self.length(from, until)))
      }
    }
    return candidates.first {
      $0.from.instant(in: zone) <= instant && instant < $0.until.instant(in: zone)
    }
  }

  /// Whether it is over for good.
  func isOver(at instant: Date, in zone: TimeZone) -> Bool {
    guard case .once(_, let until) = self else { return false }
    return until.instant(in: zone) <= instant
  }

  /// The minutes from a time of day to the next occurrence of another.
  private static func length(_ from: TimeOfDay, _ until: TimeOfDay) -> Int {
    let minutes = until.hour * 60 + until.minute - from.hour * 60 - from.minute
    return minutes > 0 ? minutes : minutes + 1440
  }
}
