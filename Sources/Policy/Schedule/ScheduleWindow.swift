internal import Foundation
internal import Manifests
internal import Model

/// A window of a schedule: when it is in force, and which bounds hold then.
struct ScheduleWindow {
  /// Its name, unique within the schedule.
  let name: Located<String>
  /// The schedule.
  let schedule: ManifestReference
  /// The time zone.
  let zone: Located<String>
  /// When it is in force.
  let span: WindowSpan
  /// The bounds meanwhile.
  let bounds: CapacityBounds
  /// The window as it is written.
  let fields: Fields

  static let schema = ObjectSchema([
    Field("name", .string(name), isRequired: true, doc: "The window's name within the schedule."),
    Field("days", .weekdays, doc: "The days on which it begins; else every day."),
    Field(
      "from", .string(time), isRequired: true,
      doc: "When it begins: 08:00 on each day, or once 2026-12-01T08:00."),
    Field(
      "until", .string(time), isRequired: true,
      doc: "When it ends: 20:00 on that day, or on the next if that is not after `from`; or once."),
    Field("count", .integer(0...5000), doc: "Exactly this many tasks."),
    Field("min", .integer(0...5000), doc: "The fewest tasks; else the TaskSize's."),
    Field("max", .integer(0...5000), doc: "The most tasks; else the TaskSize's."),
  ])

  private static let name = StringRule(
    "a name of letters, digits, `.`, `_` and `-`", example: "mornings",
    pattern: "[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

  private static let time = StringRule(
    "a time", example: "08:00 or 2026-12-01T08:00",
    pattern: "([0-9]{4}-[0-9]{2}-[0-9]{2}T)?[0-9]{2}:[0-9]{2}")

  /// The place that asks for the fewest tasks; nil where it leaves them to the TaskSize.
  var minimumRange: SourceRange? { range(of: "min") }

  /// The place that asks for the most tasks; nil where it leaves them to the TaskSize.
  var maximumRange: SourceRange? { range(of: "max") }

  private func range(of field: String) -> SourceRange? {
    [field, "count"].first(where: fields.has).map(fields.range(of:))
  }

  /// The zone's rules. The reader of manifests lets only names pass that exist.
  var timeZone: TimeZone { TimeZone(identifier: zone.value) ?? .gmt }

  /// The windows of a schedule whose target has these bounds of its own.
  static func all(
    of schedule: Manifest, base: CapacityBounds, into diagnostics: inout Diagnostics
  ) -> [ScheduleWindow] {
    guard let zone = schedule.fields.string("timeZone") else { return [] }
    var windows: [ScheduleWindow] = []
    for fields in schedule.fields.objects("windows") {
      let span = span(fields, into: &diagnostics)
      let bounds = bounds(fields, base, into: &diagnostics)
      guard let name = fields.string("name"), let span, let bounds else { continue }
      if let same = windows.first(where: { $0.name.value == name.value }) {
        diagnostics.add(
          error: "the same name twice", at: name.range,
          detail: "Another window is named `\(name.value)`, at \(place(of: same.name.range)).")
        continue
      }
      windows.append(
        ScheduleWindow(
          name: name, schedule: schedule.reference, zone: zone, span: span, bounds: bounds,
          fields: fields))
    }
    return windows
  }

  private static func span(_ fields: Fields, into diagnostics: inout Diagnostics) -> WindowSpan? {
    guard let from = fields.string("from"), let until = fields.string("until") else { return nil }
    for time in [from, until]
    where TimeOfDay(time.value) == nil && LocalTime(time.value) == nil {
      diagnostics.add(
        error: "a time that does not exist", at: time.range,
        detail: "No clock or calendar shows \(time.value).")
    }
    if from.value.contains("T") != until.value.contains("T") {
      diagnostics.add(
        error: "a date on one side only", at: until.range,
        detail: "`from` and `until` are both times of day, or both have a date.")
      return nil
    }
    if let from = TimeOfDay(from.value), let until = TimeOfDay(until.value) {
      if fields.has("days"), fields.weekdays("days") == nil { return nil }
      return .weekly(fields.weekdays("days")?.value ?? Weekday.allCases, from: from, until: until)
    }
    guard let start = LocalTime(from.value), let end = LocalTime(until.value) else { return nil }
    if fields.has("days") {
      diagnostics.add(
        error: "days of the week beside dates", at: fields.keyRange(of: "days"),
        detail: "A window with dates is in force once.", hint: "Leave out `days`, or the dates.")
    }
    guard start < end else {
      diagnostics.add(
        error: "a window that ends before it begins", at: until.range,
        detail: "\(until.value) is not after \(from.value).")
      return nil
    }
    return .once(from: start, until: end)
  }
}
