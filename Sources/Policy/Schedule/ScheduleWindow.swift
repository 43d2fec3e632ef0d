internal import Foundation
internal import Manifests
internal import Model

/// A window of a schedule: when it is in force, and what holds then.
struct ScheduleWindow<Effect> {
  /// Its name, unique within the schedule.
  let name: Located<String>
  /// The schedule.
  let schedule: ManifestReference
  /// The time zone.
  let zone: Located<String>
  /// When it is in force.
  let span: WindowSpan
  /// The days on which it does not open, counted from 1970-01-01.
  let closed: Set<Int>
  /// What holds meanwhile.
  let effect: Effect
  /// The window as it is written.
  let fields: Fields

  /// The zone's rules. The reader of manifests lets only names pass that exist.
  var timeZone: TimeZone { TimeZone(identifier: zone.value) ?? .gmt }

  /// The stretch of time around an instant in which it is in force; nil where it is not.
  func occurrence(at instant: Date) -> WindowSpan.Occurrence? {
    span.occurrence(at: instant, in: timeZone, except: closed)
  }

  /// When it is in force, as far as that begins on these days, which are counted from 1970-01-01.
  func occurrences(beginningOn days: ClosedRange<Int>) -> [WindowSpan.Occurrence] {
    span.occurrences(beginningOn: days).filter { !closed.contains($0.from.day) }
  }

  /// The windows of a schedule, as far as they are right.
  ///
  /// - Parameter effect: what holds in a window with these fields; nil where that is not known, which
  ///   has then been reported.
  static func all(
    of schedule: Manifest, into diagnostics: inout Diagnostics,
    effect: (Fields, inout Diagnostics) -> Effect?
  ) -> [ScheduleWindow] {
    let holidays = Set(
      WindowTimes.dates(schedule.fields, "holidays", into: &diagnostics).map(\.value.day))
    guard let zone = schedule.fields.string("timeZone") else { return [] }
    var windows: [ScheduleWindow] = []
    var names: [String: SourceRange] = [:]
    for fields in schedule.fields.objects("windows") {
      let spans = WindowTimes.spans(fields, into: &diagnostics)
      let effect = effect(fields, &diagnostics)
      guard let name = fields.string("name"), let effect, !spans.isEmpty else { continue }
      if let same = names[name.value] {
        diagnostics.add(
          error: "the same name twice", at: name.range,
          detail: "Another window is named `\(name.value)`, at \(place(of: same)).")
        continue
      }
      names[name.value] = name.range
      for (suffix, span) in spans {
        var closed: Set<Int> = []
        if case .everyWeek = span { closed = holidays }
        windows.append(
          ScheduleWindow(
            name: Located(name.value + suffix, range: name.range), schedule: schedule.reference,
            zone: zone, span: span, closed: closed, effect: effect, fields: fields))
      }
    }
    return windows
  }
}

extension ScheduleWindow: Sendable where Effect: Sendable {}
extension ScheduleWindow: Equatable where Effect: Equatable {}
extension ScheduleWindow: Hashable where Effect: Hashable {}

/// A window with other bounds for the count of a service.
typealias TaskWindow = ScheduleWindow<CapacityBounds>

extension ScheduleWindow {
  /// The place that asks for the least; nil where the window leaves it to its target.
  var minimumRange: SourceRange? { range(of: "min") }

  /// The place that asks for the most; nil where the window leaves it to its target.
  var maximumRange: SourceRange? { range(of: "max") }

  private func range(of field: String) -> SourceRange? {
    [field, "count"].first(where: fields.has).map(fields.range(of:))
  }
}
