internal import Foundation
internal import Manifests
internal import Model

/// When a scheduled action of Application Auto Scaling runs.
enum ActionTime {
  /// On these days, at this time.
  case weekly([Weekday], TimeOfDay)
  /// Once.
  case once(LocalTime)

  /// Whether it has been for good.
  func hasPassed(at now: Date, in zone: TimeZone) -> Bool {
    guard case .once(let time) = self else { return false }
    return time.instant(in: zone) <= now
  }

  /// The expression for AWS (Application Auto Scaling user guide,
  /// scheduled-scaling-using-cron-expressions): minutes, hours, day of month, month, day of week and
  /// year, of which exactly one of the two kinds of day is `?`.
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

extension ScheduleWindow {
  /// The name of the action that begins it.
  var startAction: String { "\(schedule.name)-\(name.value)-start" }

  /// The name of the action that ends it.
  var endAction: String { "\(schedule.name)-\(name.value)\(Movement.returnSuffix)" }

  /// When it begins.
  var startTime: ActionTime {
    switch span {
    case .weekly(let days, let from, _): .weekly(days, from)
    case .once(let from, _): .once(from)
    }
  }

  /// When it ends, save where another window of the target begins in the same minute: two actions at
  /// one time would run in no certain order. Nil where there is no such time.
  func endTime(among others: [ScheduleWindow]) -> ActionTime? {
    let weekly = Set(
      others.filter { if case .weekly = $0.span { true } else { false } }
        .flatMap { $0.span.stretches.map(\.start) })
    switch span {
    case .weekly(_, _, let until):
      let days = span.stretches.map(\.end).filter { !weekly.contains($0) }
        .map { Weekday.allCases[$0 / 1440] }
      return days.isEmpty ? nil : .weekly(days.sorted(), until)
    case .once(_, let until):
      let isTaken =
        weekly.contains(until.minuteOfWeek)
        || others.contains { if case .once(until, _) = $0.span { true } else { false } }
      return isTaken ? nil : .once(until)
    }
  }
}
