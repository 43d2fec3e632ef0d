/// A cron expression of AWS, by which days and at which times it runs (EventBridge Scheduler user
/// guide, schedule-types: minutes, hours, day of month, month, day of week, year).
public struct CronExpression: Hashable, Sendable {
  /// Which days of a month, or of a week.
  enum Days: Hashable, Sendable {
    case ofMonth([DayOfMonth])
    case ofWeek([DayOfWeek])
  }

  /// A day of a month.
  enum DayOfMonth: Hashable, Sendable {
    case day(Int)
    /// The last one.
    case last
    /// The day from Monday to Friday that is nearest to a day, within its month.
    case workday(near: Int)
    /// The last day from Monday to Friday.
    case lastWorkday
  }

  /// A day of the week, 0 for Monday.
  enum DayOfWeek: Hashable, Sendable {
    case day(Int)
    /// The last one of a month.
    case last(Int)
    /// The first one of a month is number 1.
    case number(Int, of: Int)
  }

  let minutes: [Int]
  let hours: [Int]
  let months: Set<Int>
  let days: Days
  /// The years; nil for all.
  let years: Set<Int>?

  /// The expression between the parentheses of `cron(…)`; nil where AWS would refuse it.
  public init?(_ text: some StringProtocol) {
    let fields = text.split(whereSeparator: \.isWhitespace).map { String($0).uppercased() }
    guard fields.count == 6, (fields[2] == "?") != (fields[4] == "?"),
      let minutes = Self.numbers(fields[0], 0...59), let hours = Self.numbers(fields[1], 0...23),
      let months = Self.numbers(fields[3], 1...12, names: Self.months),
      let years = Self.numbers(fields[5], 1970...2199)
    else { return nil }
    let days =
      fields[4] == "?"
      ? Self.all(fields[2], Self.dayOfMonth).map { Days.ofMonth($0.flatMap(\.self)) }
      : Self.all(fields[4], Self.dayOfWeek).map { Days.ofWeek($0.flatMap(\.self)) }
    guard let days else { return nil }
    self.minutes = minutes.sorted()
    self.hours = hours.sorted()
    self.months = months
    self.days = days
    self.years = fields[5] == "*" ? nil : years
  }

  /// The days of the week, 0 for Monday, and the one time at which it runs on each of them in every
  /// week; nil where it runs otherwise.
  public var weekly: (days: Set<Int>, hour: Int, minute: Int)? {
    guard minutes.count == 1, hours.count == 1, months.count == 12, years == nil else { return nil }
    switch days {
    case .ofMonth(let days):
      let numbers = Set(days.compactMap { if case .day(let day) = $0 { day } else { nil } })
      return numbers.count == 31 ? (Set(0...6), hours[0], minutes[0]) : nil
    case .ofWeek(let days):
      let numbers = days.compactMap { if case .day(let day) = $0 { day } else { nil } }
      return numbers.count == days.count ? (Set(numbers), hours[0], minutes[0]) : nil
    }
  }

  /// The times at which it runs on a day, which is counted from 1970-01-01, in order.
  func times(on day: Int) -> [LocalTime] {
    guard runs(on: LocalTime(day: day, hour: 0, minute: 0)) else { return [] }
    return hours.flatMap { hour in
      minutes.map { LocalTime(day: day, hour: hour, minute: $0) }
    }
  }

  private func runs(on midnight: LocalTime) -> Bool {
    if case .ofWeek(let days) = days, !days.contains(where: { $0.weekday == midnight.dayOfWeek }) {
      return false
    }
    let date = midnight.date
    guard months.contains(date.month), years?.contains(date.year) ?? true else { return false }
    let last = Self.lastDay(of: date.month, date.year)
    switch days {
    case .ofMonth(let days):
      // What day of the week another day of this month is.
      func weekday(_ day: Int) -> Int { ((midnight.dayOfWeek + day - date.day) % 7 + 7) % 7 }
      func workday(near day: Int) -> Int {
        switch weekday(day) {
        case 5: day > 1 ? day - 1 : day + 2
        case 6: day < last ? day + 1 : day - 2
        default: day
        }
      }
      return days.contains { wanted in
        switch wanted {
        case .day(let day): day == date.day
        case .last: date.day == last
        case .workday(let day): day <= last && workday(near: day) == date.day
        case .lastWorkday: workday(near: last) == date.day
        }
      }
    case .ofWeek(let days):
      return days.contains { wanted in
        switch wanted {
        case .day(let day): day == midnight.dayOfWeek
        case .last(let day): day == midnight.dayOfWeek && date.day + 7 > last
        case .number(let number, let day):
          day == midnight.dayOfWeek && (date.day - 1) / 7 + 1 == number
        }
      }
    }
  }

  private static func lastDay(of month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CronExpression.DayOfWeek {
  fileprivate var weekday: Int {
    switch self {
    case .day(let day), .last(let day), .number(_, let day): day
    }
  }
}

extension CronExpression {
  private static let months = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
  ]
  /// AWS counts the days of the week from Sunday, 1.
  private static let weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

  private static func all<Item>(_ field: String, _ item: (String) -> Item?) -> [Item]? {
    let parts = field.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let items = parts.compactMap(item)
    return items.count == parts.count ? items : nil
  }

  private static func dayOfMonth(_ item: String) -> [DayOfMonth]? {
    switch item {
    case "L": return [.last]
    case "LW": return [.lastWorkday]
    case _ where item.hasSuffix("W"):
      return Int(item.dropLast()).flatMap { (1...31).contains($0) ? [.workday(near: $0)] : nil }
    default: return numbers(item, 1...31)?.sorted().map { .day($0) }
    }
  }

  private static func dayOfWeek(_ item: String) -> [DayOfWeek]? {
    func day(_ text: some StringProtocol) -> Int? {
      number(String(text), 1...7, names: weekdays).map { ($0 + 5) % 7 }
    }
    if item == "L" { return [.day(5)] }
    if item.hasSuffix("L") { return day(item.dropLast()).map { [.last($0)] } }
    let parts = item.split(separator: "#", omittingEmptySubsequences: false)
    if parts.count == 2 {
      guard let day = day(parts[0]), let number = Int(parts[1]), (1...5).contains(number) else {
        return nil
      }
      return [.number(number, of: day)]
    }
    return numbers(item, 1...7, names: weekdays, wraps: true)?.map { ($0 + 5) % 7 }.sorted()
      .map { .day($0) }
  }

  /// What a field of numbers, names, ranges and steps means; nil where it is wrong.
  private static func numbers(
    _ field: String, _ range: ClosedRange<Int>, names: [String] = [], wraps: Bool = false
  ) -> Set<Int>? {
    var numbers: Set<Int> = []
    for item in field.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = item.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard (1...2).contains(parts.count),
        let step = parts.count == 2 ? Int(parts[1]) : 1, step > 0
      else { return nil }
      let ends: [Int]
      if parts[0] == "*" {
        ends = [range.lowerBound, range.upperBound]
      } else {
        let words = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        ends = words.compactMap { number(String($0), range, names: names) }
        guard ends.count == words.count else { return nil }
      }
      guard let first = ends.first, ends.count <= 2 else { return nil }
      let last = ends.count == 2 ? ends[1] : (parts.count == 2 ? range.upperBound : first)
      if first <= last {
        numbers.formUnion(stride(from: first, through: last, by: step))
      } else if wraps {
        let count = last + range.count - first
        numbers.formUnion(
          stride(from: 0, through: count, by: step).map {
            (first + $0 - range.lowerBound) % range.count + range.lowerBound
          })
      } else {
        return nil
      }
    }
    return numbers
  }

  private static func number(_ text: String, _ range: ClosedRange<Int>, names: [String]) -> Int? {
    if let index = names.firstIndex(of: text) { return index + range.lowerBound }
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text),
      range.contains(number)
    else { return nil }
    return number
  }
}
