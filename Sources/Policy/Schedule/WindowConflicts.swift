internal import Foundation
internal import Manifests
internal import Model

extension ScheduleWindow {
  /// Reports what stands against this window beside those before it in `all`.
  func checkConflicts(
    among all: [ScheduleWindow], at now: Date, into diagnostics: inout Diagnostics
  ) {
    if span.isOver(at: now, in: timeZone) {
      diagnostics.add(
        warning: "a window that is over", at: fields.range,
        detail: "`\(name.value)` ended at \(fields.string("until")?.value ?? "its end")"
          + " \(zone.value) and has no effect any more.", hint: "Remove it.")
      return
    }
    for other in all {
      if other.fields.range == fields.range { break }
      if other.span.isOver(at: now, in: other.timeZone) { continue }
      if other.zone.value != zone.value {
        diagnostics.add(
          error: "two time zones for one target", at: zone.range,
          detail: "\(other.schedule) has windows for the same target in \(other.zone.value), at"
            + " \(place(of: other.zone.range)). Whether they meet would change with the clocks.",
          hint: "Use one time zone for all windows of a target.")
      } else if overlaps(other) {
        diagnostics.add(
          error: "windows that overlap", at: fields.range,
          detail: "`\(name.value)` and `\(other.name.value)` of \(other.schedule), at"
            + " \(place(of: other.fields.range)), are in force at the same time.",
          hint: "Let one end where the other begins.")
      } else if let weekly = endsWeeklyAsOnceBegins(other) {
        diagnostics.add(
          error: "windows that meet by chance", at: fields.range,
          detail: "The weekly window `\(weekly.name.value)` ends in the minute in which the other"
            + " begins once; AWS runs both actions in no certain order.",
          hint: "Move the one with dates by \(leastPause).")
      } else if let date = endsAsOtherStaysClosed(other, after: now) {
        diagnostics.add(
          error: "windows that do not meet on a holiday", at: fields.range,
          detail: "`\(name.value)` and `\(other.name.value)` of \(other.schedule), at"
            + " \(place(of: other.fields.range)), meet, so that one ends by the beginning of the"
            + " other; on \(date.dateText) that one does not open.",
          hint: "Move one of them by \(leastPause).")
      }
    }
  }

  /// How far windows that do not meet lie apart at least.
  private var leastPause: String { effect is ParkingState ? "five minutes" : "a minute" }

  /// Whether both are in force at some time. Holidays count where one of them is in force once; two
  /// weekly windows may not overlap in any week.
  private func overlaps(_ other: ScheduleWindow) -> Bool {
    switch (span, other.span) {
    case (.everyWeek(let mine), .everyWeek(let theirs)):
      return mine.contains { mine in theirs.contains { mine.overlaps($0) } }
    case (.once(let from, let until), .everyWeek): return other.isInForce(from, until)
    case (.everyWeek, .once(let from, let until)): return isInForce(from, until)
    case (.once(let from, let until), .once(let start, let end)):
      return from < end && start < until
    }
  }

  /// Whether it is in force at some time between two.
  private func isInForce(_ from: LocalTime, _ until: LocalTime) -> Bool {
    // A year holds all that a longer time can.
    let last = min(until.day, from.day + 366)
    return occurrences(beginningOn: from.day - 8...last).contains {
      $0.from < until && from < $0.until
    }
  }

  /// Of this window and another, the weekly one, if it ends at a time at which the other begins
  /// once: its end cannot be left out on that date alone.
  private func endsWeeklyAsOnceBegins(_ other: ScheduleWindow) -> ScheduleWindow? {
    let (weekly, from): (ScheduleWindow, LocalTime)
    switch (span, other.span) {
    case (.everyWeek, .once(let time, _)): (weekly, from) = (self, time)
    case (.once(let time, _), .everyWeek): (weekly, from) = (other, time)
    default: return nil
    }
    let ends = weekly.occurrences(beginningOn: from.day - 8...from.day).map(\.until)
    return ends.contains(from) ? weekly : nil
  }

  /// A holiday to come on which one of two weekly windows would end by the beginning of the other, which
  /// does not open then; nil where there is none.
  private func endsAsOtherStaysClosed(_ other: ScheduleWindow, after now: Date) -> LocalTime? {
    func gap(_ ending: ScheduleWindow, _ beginning: ScheduleWindow) -> LocalTime? {
      guard case .everyWeek = ending.span, case .everyWeek = beginning.span else { return nil }
      let today = LocalTime(now, in: timeZone).day
      return beginning.closed.sorted().filter { $0 >= today }.lazy.flatMap { day in
        beginning.span.occurrences(beginningOn: day...day).map(\.from)
      }.first { start in
        ending.occurrences(beginningOn: start.day - 8...start.day).contains { $0.until == start }
      }
    }
    return gap(self, other) ?? gap(other, self)
  }

  /// Warns where the clock of the zone skips the beginning or the end on some day of the year to
  /// come. AWS does not say what becomes of an action then; EventBridge Scheduler skips it.
  func checkClock(at now: Date, into diagnostics: inout Diagnostics) {
    for field in ["from", "until"] {
      guard let time = fields.string(field), let skipped = skippedTime(of: field, after: now) else {
        continue
      }
      diagnostics.add(
        warning: "a time that the clock skips", at: time.range,
        detail: "In \(zone.value) the clocks are put forward past \(skipped), so that the action"
          + " may not run then. The next plan shows it if the bounds are wrong.",
        hint: "Choose a time that every day has.")
    }
  }

  private func skippedTime(of field: String, after now: Date) -> LocalTime? {
    let zone = timeZone
    let isStart = field == "from"
    switch span {
    case .once(let from, let until):
      let time = isStart ? from : until
      return time.isSkipped(in: zone) ? time : nil
    case .everyWeek:
      var instant = now
      for _ in 0..<4 {
        guard let change = zone.nextDaylightSavingTimeTransition(after: instant),
          change < now + 366 * 86_400
        else { return nil }
        let day = LocalTime(change, in: zone).day
        let times = occurrences(beginningOn: day - 8...day).map { isStart ? $0.from : $0.until }
        if let skipped = times.first(where: { $0.isSkipped(in: zone) }) { return skipped }
        instant = change
      }
      return nil
    }
  }
}
