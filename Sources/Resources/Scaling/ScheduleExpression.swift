internal import Foundation

/// A schedule of Application Auto Scaling, as far as it says at which minutes it runs: once, or each
/// week on certain days at one time (Application Auto Scaling user guide,
/// scheduled-scaling-using-cron-expressions).
enum ScheduleExpression: Hashable {
  /// `at(2026-12-01T08:00:00)`.
  case once(DateComponents)
  /// `cron(0 8 ? * MON-FRI *)`; the days by Calendar's numbers, Sunday is 1.
  case weekly(Set<Int>, hour: Int, minute: Int)

  private static let days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

  /// The schedule that `text` says; nil where it is of another form.
  init?(_ text: String) {
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
    let fields = text[open...].dropFirst().dropLast().split(separator: " ").map(String.init)
    switch text[..<open] {
    case "at":
      let numbers = fields.first?.split(whereSeparator: { "-T:".contains($0) }).map { Int($0) }
      guard let numbers = numbers, fields.count == 1, numbers.count == 6,
        let year = numbers[0], let month = numbers[1], let day = numbers[2],
        let hour = numbers[3], let minute = numbers[4], let second = numbers[5]
      else { return nil }
      self = .once(
        DateComponents(
          year: year, month: month, day: day, hour: hour, minute: minute, second: second))
    case "cron":
      guard fields.count == 6, let minute = Int(fields[0]), let hour = Int(fields[1]),
        (0..<60).contains(minute), (0..<24).contains(hour),
        ["*", "?"].contains(fields[2]), fields[3] == "*", fields[5] == "*",
        let days = Self.days(fields[4])
      else { return nil }
      self = .weekly(days, hour: hour, minute: minute)
    default: return nil
    }
  }

  /// When it ran last, up to an instant, by the clock of a zone; nil where it has not yet. A time
  /// that the clock skips is the next one that it shows, one that it shows twice the first of both.
  func last(until instant: Date, in zone: TimeZone) -> Date? {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    switch self {
    case .once:
      return moment(in: zone).flatMap { $0 <= instant ? $0 : nil }
    case .weekly(let days, let hour, let minute):
      let today = calendar.startOfDay(for: instant)
      for ago in 0...8 {
        guard let day = calendar.date(byAdding: .day, value: -ago, to: today),
          days.contains(calendar.component(.weekday, from: day)),
          let run = Self.first(hour, minute, 0, on: day, calendar), run <= instant
        else { continue }
        return run
      }
      return nil
    }
  }

  /// Whether it has run for good.
  func isOver(at instant: Date, in zone: TimeZone) -> Bool {
    guard case .once = self, let moment = moment(in: zone) else { return false }
    return moment <= instant
  }

  /// The one time at which it runs.
  private func moment(in zone: TimeZone) -> Date? {
    guard case .once(let time) = self else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    // Noon is on every calendar.
    let noon = DateComponents(year: time.year, month: time.month, day: time.day, hour: 12)
    guard let day = calendar.date(from: noon).map(calendar.startOfDay) else { return nil }
    return Self.first(time.hour ?? 0, time.minute ?? 0, time.second ?? 0, on: day, calendar)
  }

  private static func first(
    _ hour: Int, _ minute: Int, _ second: Int, on day: Date, _ calendar: Calendar
  ) -> Date? {
    calendar.date(
      bySettingHour: hour, minute: minute, second: second, of: day, matchingPolicy: .nextTime,
      repeatedTimePolicy: .first)
  }

  private static func days(_ text: String) -> Set<Int>? {
    if text == "?" || text == "*" { return Set(1...7) }
    var found: Set<Int> = []
    for item in text.split(separator: ",") {
      let ends = item.split(separator: "-").map { name in
        days.firstIndex(of: String(name)).map { $0 + 1 } ?? Int(name) ?? 0
      }
      guard let first = ends.first, let last = ends.last, ends.count <= 2,
        (1...7).contains(first), (1...7).contains(last)
      else { return nil }
      found.formUnion(
        first <= last ? Set(first...last) : Set(1...7).subtracting((last + 1)..<first))
    }
    return found
  }
}
