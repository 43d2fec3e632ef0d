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
      } else if span.overlaps(other.span) {
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
          hint: "Move the one with dates by a minute.")
      }
    }
  }

  /// Of this window and another, the weekly one, if it ends at a time at which the other begins
  /// once: its end cannot be left out on that date alone.
  private func endsWeeklyAsOnceBegins(_ other: ScheduleWindow) -> ScheduleWindow? {
    let (weekly, once): (ScheduleWindow, ScheduleWindow)
    switch (span, other.span) {
    case (.weekly, .once): (weekly, once) = (self, other)
    case (.once, .weekly): (weekly, once) = (other, self)
    default: return nil
    }
    let starts = once.span.stretches.map(\.start)
    return weekly.span.stretches.contains { starts.contains($0.end) } ? weekly : nil
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
    switch span {
    case .once(let from, let until):
      let time = field == "from" ? from : until
      return time.isSkipped(in: zone) ? time : nil
    case .weekly(_, let from, let until):
      let time = field == "from" ? from : until
      let minutes = span.stretches.map { field == "from" ? $0.start : $0.end }
      let days = minutes.map { Weekday.allCases[$0 / 1440] }
      var instant = now
      for _ in 0..<4 {
        guard let next = zone.nextDaylightSavingTimeTransition(after: instant),
          next < now + 366 * 86_400
        else { return nil }
        let candidate = LocalTime(day: LocalTime(next, in: zone).day, time)
        if days.contains(candidate.weekday), candidate.isSkipped(in: zone) { return candidate }
        instant = next
      }
      return nil
    }
  }
}
