public import Foundation

/// A time on the clock and calendar of some zone, to the minute.
public struct LocalTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The minutes since 1970-01-01T00:00 on the same clock, as if it were never changed.
  public let minutes: Int

  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()

  /// The time with this number of minutes.
  public init(minutes: Int) { self.minutes = minutes }

  /// A time of a day, which is counted from 1970-01-01.
  public init(day: Int, hour: Int, minute: Int) { minutes = day * 1440 + hour * 60 + minute }

  /// What the clock of `zone` shows at an instant.
  public init(_ instant: Date, in zone: TimeZone) {
    let seconds = instant.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: instant))
    minutes = Int((seconds / 60).rounded(.down))
  }

  /// The time that `2026-12-01T08:00` names; nil where it names none.
  public init?(_ text: String) {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 5 else { return nil }
    let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard clock.count == 2, let hour = clock[0], let minute = clock[1],
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    let numbers = parts[0].split(separator: "-").compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    let date = DateComponents(year: numbers[0], month: numbers[1], day: numbers[2])
    guard date.isValidDate(in: Self.calendar), let midnight = Self.calendar.date(from: date) else {
      return nil
    }
    self.init(day: Int(midnight.timeIntervalSince1970 / 86_400), hour: hour, minute: minute)
  }

  /// The day, counted from 1970-01-01.
  public var day: Int { minutes >= 0 ? minutes / 1440 : (minutes + 1) / 1440 - 1 }

  /// The day of the week, 0 for Monday to 6 for Sunday. 1970-01-01 was a Thursday.
  public var dayOfWeek: Int { ((day + 3) % 7 + 7) % 7 }

  /// The minutes since Monday 00:00.
  public var minuteOfWeek: Int { dayOfWeek * 1440 + minutes - day * 1440 }

  /// The year, the month and the day of the month.
  public var date: (year: Int, month: Int, day: Int) {
    let date = Self.calendar.dateComponents(
      [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
    return (date.year ?? 0, date.month ?? 0, date.day ?? 0)
  }

  /// `2026-12-01`.
  public var dateText: String {
    let date = date
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }

  /// `2026-12-01T08:00`.
  public var description: String {
    let time = minutes - day * 1440
    return "\(dateText)T\(padded(time / 60, 2)):\(padded(time % 60, 2))"
  }

  /// The earlier one is the lesser.
  public static func < (left: Self, right: Self) -> Bool { left.minutes < right.minutes }

  /// The first instant at which the clock of `zone` shows this time or, where it skips it, a later
  /// one.
  public func instant(in zone: TimeZone) -> Date {
    if let first = instants(in: zone).min() { return first }
    let shifted = wall - offset(in: zone, at: wall - 86_400)
    return zone.nextDaylightSavingTimeTransition(after: shifted - 86_400) ?? shifted
  }

  /// Whether the clock of `zone` never shows this time.
  public func isSkipped(in zone: TimeZone) -> Bool { instants(in: zone).isEmpty }

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
