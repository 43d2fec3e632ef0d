internal import Foundation
internal import Manifests
internal import Model

/// When a schedule in AWS runs that begins or ends a window.
enum ActionTime {
  /// On these days, at this time.
  case weekly([Weekday], TimeOfDay)
  /// Once.
  case once(LocalTime)

  /// The expression for AWS (Application Auto Scaling user guide,
  /// scheduled-scaling-using-cron-expressions; EventBridge Scheduler user guide, schedule-types):
  /// minutes, hours, day of month, month, day of week and year, of which exactly one of the two kinds
  /// of day is `?`.
  var expression: String {
    switch self {
    case .once(let time): "at(\(time):00)"
    case .weekly(let days, let time):
      days.count == 7
        ? "cron(\(time.minute) \(time.hour) * * ? *)"
        : "cron(\(time.minute) \(time.hour) ? * \(Self.words(days)) *)"
    }
  }

  /// The days with three or more in a row as a range. AWS's week begins on Sunday, so that Sunday
  /// stands alone.
  private static func words(_ days: [Weekday]) -> String {
    var runs: [[Weekday]] = []
    for day in days.sorted() {
      if let last = runs.last?.last, last.number + 1 == day.number, day != .sunday {
        runs[runs.count - 1].append(day)
      } else {
        runs.append([day])
      }
    }
    return runs.map { run in
      let words = run.map { $0.rawValue.uppercased() }
      return words.count > 2
        ? "\(words[0])-\(words[words.count - 1])" : words.joined(separator: ",")
    }.joined(separator: ",")
  }
}

/// A schedule in AWS that begins or ends a window, for all of time or for a part of it: on holidays
/// nothing runs, so that there is one from each to the next.
struct WindowAction {
  /// Whether it begins the window.
  let isStart: Bool
  /// Its name, where names of schedules in AWS are of an account rather than of a target.
  let name: String
  /// When it runs.
  let time: ActionTime
  /// Before it nothing runs.
  let begins: LocalTime?
  /// After it nothing runs.
  let ends: LocalTime?

  /// Whether it has run for good.
  func isSpent(at now: Date, in zone: TimeZone) -> Bool {
    if case .once(let time) = time { return time.instant(in: zone) <= now }
    return ends.map { $0.instant(in: zone) <= now } ?? false
  }
}

extension ScheduleWindow {
  /// What begins it.
  var starts: [WindowAction] {
    actions(isStart: true, span.stretches.map(\.start)) { $0.from }
  }

  /// What ends it, save where another window of the target begins in the same minute: two actions at
  /// one time would run in no certain order. None where there is no such time.
  func ends(among others: [ScheduleWindow]) -> [WindowAction] {
    let weekly = Set(others.flatMap { $0.span.stretches.map(\.start) })
    if case .once(_, let until) = span {
      let isTaken = others.contains {
        $0.occurrences(beginningOn: until.day...until.day).contains { $0.from == until }
      }
      if isTaken { return [] }
    }
    return actions(isStart: false, span.stretches.map(\.end).filter { !weekly.contains($0) }) {
      $0.until
    }
  }

  /// The name of the action that begins or ends it, as of `now`.
  func actionName(isStart: Bool, at now: Date, among others: [ScheduleWindow]) -> String? {
    (isStart ? starts : ends(among: others)).first { !$0.isSpent(at: now, in: timeZone) }?.name
  }

  private func actions(
    isStart: Bool, _ minutes: [Int], _ side: (WindowSpan.Occurrence) -> LocalTime
  ) -> [WindowAction] {
    let suffix = isStart ? "-start" : Movement.returnSuffix
    func action(
      _ part: String, _ time: ActionTime, _ begins: LocalTime? = nil, _ ends: LocalTime? = nil
    ) -> WindowAction {
      WindowAction(
        isStart: isStart, name: "\(schedule.name)-\(name.value)\(part)\(suffix)", time: time,
        begins: begins, ends: ends)
    }
    if case .once(let from, let until) = span { return [action("", .once(side((from, until))))] }
    guard let first = minutes.first, let clock = TimeOfDay(LocalTime(minutes: first % 1440)) else {
      return []
    }
    let days = Set(minutes.map { Weekday.allCases[$0 / 1440] })
    let time = ActionTime.weekly(days.sorted(), clock)
    let left = closed.sorted().flatMap { span.occurrences(beginningOn: $0...$0) }.map(side)
      .filter { days.contains($0.weekday) }.sorted()
    var parts: [WindowAction] = []
    var last: LocalTime?
    for gap in left {
      let runs = last.map { last in
        (last.day + 1..<max(last.day + 1, gap.day)).contains { day in
          days.contains(LocalTime(day: day, clock).weekday)
        }
      }
      if runs ?? true {
        parts.append(
          action(
            "-until-\(gap.dateText)", time, last.map { LocalTime(minutes: $0.minutes + 1) },
            LocalTime(minutes: gap.minutes - 1)))
      }
      last = gap
    }
    return parts + [action("", time, last.map { LocalTime(minutes: $0.minutes + 1) })]
  }
}
