internal import Foundation
internal import Manifests
internal import Model

/// How the times of a window are written.
enum WindowTimes {
  static let fields = [
    Field("days", .weekdays, doc: "The days on which it begins; else every day."),
    Field(
      "dates", .list(.string(date), nonEmpty: true),
      doc: "The dates on which it begins, instead of days of the week."),
    Field(
      "from", .string(time), isRequired: true,
      doc: """
        When it begins: 08:00 on each day, fri 20:00 each week, 2026-12-01T08:00 once, or a cron \
        expression of AWS.
        """),
    Field(
      "until", .string(time), isRequired: true,
      doc: """
        When it ends, in the same form: 20:00 is on that day, or on the next if that is not after \
        `from`.
        """),
  ]

  /// A date, such as a holiday.
  static let date = StringRule(
    "a date", example: "2026-12-25", pattern: "[0-9]{4}-[0-9]{2}-[0-9]{2}")

  private static let time = StringRule(
    "a time", example: "08:00, fri 20:00 or 2026-12-01T08:00",
    pattern:
      "([0-9]{4}-[0-9]{2}-[0-9]{2}T|(mon|tue|wed|thu|fri|sat|sun) )?[0-9]{2}:[0-9]{2}|cron\\(.*\\)")

  /// A time as it is written.
  private enum Form: Equatable {
    case daily(TimeOfDay)
    case weekly(Weekday, TimeOfDay)
    case once(LocalTime)
    case cron(Set<Int>, TimeOfDay)

    var words: String {
      switch self {
      case .daily: "a time of day"
      case .weekly: "a day and a time"
      case .once: "a date and a time"
      case .cron: "a cron expression"
      }
    }
  }

  /// When the window with these fields is in force, with what is added to its name for each of
  /// several dates; none where that is not known, which has then been reported.
  static func spans(
    _ fields: Fields, into diagnostics: inout Diagnostics
  ) -> [(suffix: String, span: WindowSpan)] {
    guard let from = fields.string("from"), let until = fields.string("until") else { return [] }
    guard let start = form(from, into: &diagnostics), let end = form(until, into: &diagnostics)
    else { return [] }
    if case .daily(let from) = start, case .daily(let until) = end {
      return daily(fields, from, until, into: &diagnostics)
    }
    for name in ["days", "dates"] where fields.has(name) {
      diagnostics.add(
        error: "`\(name)` beside \(start.words)", at: fields.keyRange(of: name),
        detail: "`\(name)` goes with times of day: `from` says already when the window begins.",
        hint: "Leave out `\(name)`, or write `from: 08:00`.")
    }
    switch (start, end) {
    case (.once(let start), .once(let end)):
      guard start < end else {
        diagnostics.add(
          error: "a window that ends before it begins", at: until.range,
          detail: "\(until.value) is not after \(from.value).")
        return []
      }
      return [("", .once(from: start, until: end))]
    case (.weekly(let first, let start), .weekly(let last, let end)):
      let begin = (first.number - 1) * 1440 + start.minutes
      let length =
        ((last.number - 1) * 1440 + end.minutes - begin + WindowSpan.week)
        % WindowSpan.week
      if length == 0 {
        diagnostics.add(
          error: "a window without an end", at: until.range,
          detail: "From \(from.value) to \(until.value) it is in force all week.",
          hint: "Set these values in the target itself.")
        return []
      }
      return [("", .everyWeek([.init(start: begin, length: length)]))]
    case (.cron(let first, let start), .cron(let last, let end)):
      return pairs(fields, (first, start), (last, end), into: &diagnostics)
    default:
      diagnostics.add(
        error: "`from` and `until` of two forms", at: until.range,
        detail: "`from` is \(start.words), `until` is \(end.words).",
        hint: "Write both in the same form.")
      return []
    }
  }

  /// Windows at times of day: each week, or on certain dates.
  private static func daily(
    _ fields: Fields, _ from: TimeOfDay, _ until: TimeOfDay, into diagnostics: inout Diagnostics
  ) -> [(suffix: String, span: WindowSpan)] {
    guard fields.has("dates") else {
      if fields.has("days"), fields.weekdays("days") == nil { return [] }
      let days = fields.weekdays("days")?.value ?? Weekday.allCases
      return [("", .weekly(days, from: from, until: until))]
    }
    if fields.has("days") {
      diagnostics.add(
        error: "days of the week beside dates", at: fields.keyRange(of: "days"),
        detail: "A window with dates is in force on these alone.",
        hint: "Leave out `days`, or the dates.")
    }
    let dates = Self.dates(fields, "dates", into: &diagnostics)
    return dates.map { date in
      let length = until.minutes - from.minutes
      let start = LocalTime(minutes: date.value.minutes + from.minutes)
      return (
        "-\(date.value.dateText)",
        .once(
          from: start,
          until: LocalTime(minutes: start.minutes + (length > 0 ? length : length + 1440)))
      )
    }
  }

  /// The dates of a list, each once, in order.
  static func dates(
    _ fields: Fields, _ name: String, into diagnostics: inout Diagnostics
  ) -> [Located<LocalTime>] {
    var dates: [LocalTime: Located<LocalTime>] = [:]
    for text in fields.strings(name) {
      guard let date = LocalTime(date: text.value) else {
        diagnostics.add(
          error: "a date that does not exist", at: text.range,
          detail: "No calendar shows \(text.value).")
        continue
      }
      dates[date] = dates[date] ?? Located(date, range: text.range)
    }
    return dates.values.sorted { $0.value < $1.value }
  }

  private static func form(_ text: Located<String>, into diagnostics: inout Diagnostics) -> Form? {
    let value = text.value
    if value.hasPrefix("cron(") {
      guard case .cron(let cron)? = ScheduleExpression(value) else {
        diagnostics.add(
          error: "not a cron expression of AWS", at: text.range,
          detail: "It has six fields: minutes, hours, day of month, month, day of week and year; "
            + "one of the two kinds of day is `?`.", hint: "For example cron(0 22 * * ? *).")
        return nil
      }
      guard let weekly = cron.weekly,
        let time = TimeOfDay(LocalTime(day: 0, hour: weekly.hour, minute: weekly.minute))
      else {
        diagnostics.add(
          error: "a cron expression of other than one time on days of the week", at: text.range,
          detail:
            "Which end belongs to which beginning, and whether windows overlap, can be told of "
            + "weekly times only.", hint: "Use `dates`, or windows with dates.")
        return nil
      }
      return .cron(weekly.days, time)
    }
    if let time = TimeOfDay(value) { return .daily(time) }
    if let time = LocalTime(value) { return .once(time) }
    if let day = Weekday(rawValue: String(value.prefix(3))),
      let time = TimeOfDay(String(value.dropFirst(4)))
    {
      return .weekly(day, time)
    }
    diagnostics.add(
      error: "a time that does not exist", at: text.range,
      detail: "No clock or calendar shows \(value).")
    return nil
  }

  /// The windows between the times of two cron expressions: every beginning with the end that follows.
  private static func pairs(
    _ fields: Fields, _ start: (days: Set<Int>, time: TimeOfDay),
    _ end: (days: Set<Int>, time: TimeOfDay), into diagnostics: inout Diagnostics
  ) -> [(suffix: String, span: WindowSpan)] {
    func minutes(_ times: (days: Set<Int>, time: TimeOfDay)) -> [Int] {
      times.days.map { $0 * 1440 + times.time.minutes }.sorted()
    }
    func after(_ minute: Int, _ times: [Int]) -> Int {
      times.map { ($0 - minute + WindowSpan.week - 1) % WindowSpan.week + 1 }.min()
        ?? WindowSpan.week
    }
    let (starts, ends) = (minutes(start), minutes(end))
    var stretches: [WindowSpan.Stretch] = []
    for start in starts {
      let length = after(start, ends)
      if after(start, starts) < length {
        report(
          start, "begins", "ends before it begins again", at: fields.range(of: "until"),
          into: &diagnostics)
        return []
      }
      stretches.append(.init(start: start, length: length))
    }
    let reached = Set(stretches.map(\.end))
    for end in ends where !reached.contains(end) {
      report(end, "ends", "has begun by then", at: fields.range(of: "from"), into: &diagnostics)
      return []
    }
    return [("", .everyWeek(stretches))]
  }

  private static func report(
    _ minute: Int, _ verb: String, _ missing: String, at range: SourceRange,
    into diagnostics: inout Diagnostics
  ) {
    let day = Weekday.allCases[minute / 1440].rawValue
    let clock = LocalTime(minutes: minute % 1440).description.suffix(5)
    diagnostics.add(
      error: "times that are no pairs", at: range,
      detail: "The window \(verb) on \(day) at \(clock), and nothing says that it \(missing).",
      hint: "Give both expressions times that take turns.")
  }
}

extension TimeOfDay {
  /// The time of day of a time.
  init?(_ time: LocalTime) { self.init(String(time.description.suffix(5))) }
}
