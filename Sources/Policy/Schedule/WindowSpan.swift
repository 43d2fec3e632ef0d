internal import Foundation
internal import Manifests
internal import Model

/// When a window is in force.
enum WindowSpan: Hashable {
  /// In every week. All stretches begin at one time of day, and all end at one.
  case everyWeek([Stretch])
  /// Once.
  case once(from: LocalTime, until: LocalTime)

  /// The minutes in a week.
  static let week = 7 * 1440

  /// A time at which a window is in force.
  typealias Occurrence = (from: LocalTime, until: LocalTime)

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

  /// On these days, until the same or the next day.
  static func weekly(_ days: [Weekday], from: TimeOfDay, until: TimeOfDay) -> WindowSpan {
    let minutes = until.minutes - from.minutes
    return .everyWeek(
      days.map {
        Stretch(
          start: ($0.number - 1) * 1440 + from.minutes,
          length: minutes > 0 ? minutes : minutes + 1440)
      })
  }

  /// The stretches of the week that it covers; none where it is in force once.
  var stretches: [Stretch] {
    switch self {
    case .everyWeek(let stretches): stretches
    case .once: []
    }
  }

  /// When it is in force, as far as that begins on these days, which are counted from 1970-01-01.
  func occurrences(beginningOn days: ClosedRange<Int>) -> [Occurrence] {
    switch self {
    case .once(let from, let until): return days.contains(from.day) ? [(from, until)] : []
    case .everyWeek(let stretches):
      return days.flatMap { day -> [Occurrence] in
        let midnight = LocalTime(day: day, hour: 0, minute: 0)
        return stretches.filter { $0.start / 1440 == midnight.dayOfWeek }.map { stretch in
          let from = LocalTime(minutes: midnight.minutes + stretch.start % 1440)
          return (from, LocalTime(minutes: from.minutes + stretch.length))
        }
      }
    }
  }

  /// The stretch of time around an instant in which the window is in force; nil where it is not.
  ///
  /// - Parameter closed: the days on which it does not open.
  func occurrence(at instant: Date, in zone: TimeZone, except closed: Set<Int> = []) -> Occurrence?
  {
    let days: ClosedRange<Int>
    switch self {
    case .once(let from, _): days = from.day...from.day
    case .everyWeek:
      let today = LocalTime(instant, in: zone).day
      days = today - 8...today
    }
    return occurrences(beginningOn: days).first {
      !closed.contains($0.from.day)
        && $0.from.instant(in: zone) <= instant && instant < $0.until.instant(in: zone)
    }
  }

  /// Whether it is over for good.
  func isOver(at instant: Date, in zone: TimeZone) -> Bool {
    guard case .once(_, let until) = self else { return false }
    return until.instant(in: zone) <= instant
  }
}

extension TimeOfDay {
  /// The minutes since midnight.
  var minutes: Int { hour * 60 + minute }
}

extension LocalTime {
  /// The day of the week.
  var weekday: Weekday { Weekday.allCases[dayOfWeek] }

  /// A time of a day, which is counted from 1970-01-01.
  init(day: Int, _ time: TimeOfDay) {
    self.init(day: day, hour: time.hour, minute: time.minute)
  }

  /// The midnight with which `2026-12-01` begins; nil where there is no such day.
  init?(date: String) { self.init("\(date)T00:00") }
}
