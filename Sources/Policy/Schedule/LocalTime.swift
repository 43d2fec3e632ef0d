internal import Foundation
internal import Manifests

/// A time on the clock and calendar of some zone, to the minute.
struct LocalTime: Hashable, Comparable, CustomStringConvertible {
  /// The minutes since 1970-01-01T00:00 on the same clock, as if it were never changed.
  let minutes: Int

  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()

  /// The time with this number of minutes.
  init(minutes: Int) { self.minutes = minutes }

  /// The minutes of a day, counted from 1970-01-01.
  init(day: Int, _ time: TimeOfDay) { minutes = day * 1440 + time.hour * 60 + time.minute }

  /// What the clock of `zone` shows at an instant.
  init(_ instant: Date, in zone: TimeZone) {
    let seconds = instant.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: instant))
    minutes = Int((seconds / 60).rounded(.down))
  }

  /// The time that `2026-12-01T08:00` names; nil where it names none.
  init?(_ text: String) {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let time = TimeOfDay(String(parts[1])) else { return nil }
    let numbers = parts[0].split(separator: "-").compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    let date = DateComponents(year: numbers[0], month: numbers[1], day: numbers[2])
    guard date.isValidDate(in: Self.calendar), let midnight = Self.calendar.date(from: date) else {
      return nil
    }
    self.init(day: Int(midnight.timeIntervalSince1970 / 86_400), time)
  }

  /// The day, counted from 1970-01-01.
  var day: Int { minutes >= 0 ? minutes / 1440 : (minutes + 1) / 1440 - 1 }

  /// The day of the week. 1970-01-01 was a Thursday.
  var weekday: Weekday { Weekday.allCases[((day + 3) % 7 + 7) % 7] }

  /// The minutes since Monday 00:00.
  var minuteOfWeek: Int { (weekday.number - 1) * 1440 + minutes - day * 1440 }

  /// `2026-12-01T08:00`.
  var description: String {
    let date = Self.calendar.dateComponents(
      [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
    let time = minutes - day * 1440
    return [
      padded(date.year ?? 0, 4), "-", padded(date.month ?? 0, 2), "-", padded(date.day ?? 0, 2),
      "T", padded(time / 60, 2), ":", padded(time % 60, 2),
    ].joined()
  }

  static func < (left: Self, right: Self) -> Bool { left.minutes < right.minutes }

  /// The first instant at which the clock of `zone` shows this time or, where it skips it, a later
  /// one.
  func instant(in zone: TimeZone) -> Date {
    if let first = instants(in: zone).min() { return first }
    let shifted = wall - offset(in: zone, at: wall - 86_400)
    return zone.nextDaylightSavingTimeTransition(after: shifted - 86_400) ?? shifted
  }

  /// Whether the clock of `zone` never shows this time.
  func isSkipped(in zone: TimeZone) -> Bool { instants(in: zone).isEmpty }

  /// The instants at which the clock shows this time: none, one or two.
  private func instants(in zone: TimeZone) -> Set<Date> {
    let offsets = [-86_400.0, 86_400].map { offset(in: zone, at: wall + $0) }
    return Set(offsets.map { wall - $0 }.filter { wall - offset(in: zone, at: $0) == $0 })
  }

  /// The instant at which a clock without an offset shows this time.
  private var wall: Date { Date(timeIntervalSince1970: Double(minutes) * 60) }

  private func offset(in zone: TimeZone, at instant: Date) -> Double {
    Double(zone.secondsFromGMT(for: instant))
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
