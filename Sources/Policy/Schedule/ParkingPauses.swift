internal import Foundation
internal import Manifests
internal import Model

extension ParkingWindow {
  /// How many minutes a group stays as it is at least: to park or start a resource takes calls in
  /// `ParkingEdge.minutes`, which must be over when the next ones begin.
  private static let leastMinutes = 5

  /// Reports where the group does not stay long enough as this window or a pause leaves it; pauses between
  /// it and those before it in `all`, and between it and itself.
  func checkPauses(among all: [ParkingWindow], at now: Date, into diagnostics: inout Diagnostics) {
    let why = "To park or start a resource takes calls in up to \(ParkingEdge.minutes) minutes."
    if span.shortest < Self.leastMinutes {
      diagnostics.add(
        error: "a window that is too short", at: fields.range, detail: why,
        hint: "Let it last five minutes at least.")
      return
    }
    if span.isOver(at: now, in: timeZone) { return }
    let others = all.prefix { $0 != self }.filter { !$0.span.isOver(at: now, in: $0.timeZone) }
    for other in others + [self] where other.zone.value == zone.value {
      guard let pause = pause(beside: other), pause < Self.leastMinutes else { continue }
      let minutes = pause == 1 ? "a minute" : "\(pause) minutes"
      let detail =
        other.fields.range == fields.range
        ? "`\(name.value)` begins again \(minutes) after it has ended."
        : "`\(name.value)` and `\(other.name.value)` of \(other.schedule), at"
          + " \(place(of: other.fields.range)), are \(minutes) apart."
      diagnostics.add(
        error: "windows with too short a pause between them", at: fields.range,
        detail: "\(detail) \(why)",
        hint: "Let one end where the other begins, or five minutes before it at least.")
      return
    }
  }
}

extension ScheduleWindow {
  /// The least minutes between the end of one and the next beginning of the other, where they do not meet.
  /// Holidays count where one of them is in force once.
  fileprivate func pause(beside other: ScheduleWindow) -> Int? {
    let pauses: [Int]
    switch (span, other.span) {
    case (.everyWeek(let mine), .everyWeek(let theirs)):
      pauses = mine.flatMap { mine in
        theirs.flatMap { [mine.pause(before: $0), $0.pause(before: mine)] }
      }
    case (.once(let from, let until), _): pauses = other.pauses(around: from, until)
    case (.everyWeek, .once(let from, let until)): pauses = self.pauses(around: from, until)
    }
    return pauses.filter { $0 > 0 }.min()
  }

  /// The minutes between a stretch of time and each time near it at which this is in force.
  private func pauses(around from: LocalTime, _ until: LocalTime) -> [Int] {
    occurrences(beginningOn: from.day - 8...until.day + 1).flatMap {
      [$0.from.minutes - until.minutes, from.minutes - $0.until.minutes]
    }
  }
}

extension WindowSpan {
  /// How many minutes it is in force at least.
  fileprivate var shortest: Int {
    switch self {
    case .everyWeek(let stretches): stretches.map(\.length).min() ?? 0
    case .once(let from, let until): until.minutes - from.minutes
    }
  }
}

extension WindowSpan.Stretch {
  /// The minutes from its end to the next beginning of another.
  fileprivate func pause(before other: WindowSpan.Stretch) -> Int {
    (other.start - end + WindowSpan.week) % WindowSpan.week
  }
}
