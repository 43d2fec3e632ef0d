internal import Manifests
internal import Model

/// A window of time as a cron trigger of KEDA.
///
/// KEDA takes the largest number that any trigger asks for (keda.sh/docs/latest/scalers/cron): a window
/// raises the floor and never lowers a ceiling.
enum ClusterWindow {
  static let schema = ObjectSchema([
    Field("days", .weekdays, doc: "The days on which it begins; else every day."),
    Field("from", .timeOfDay, isRequired: true, doc: "When it begins."),
    Field(
      "until", .timeOfDay, isRequired: true,
      doc: "When it ends: on that day, or on the next if that is not after `from`."),
    Field("min", .integer(0...10_000), doc: "The fewest pods meanwhile."),
    Field(
      "max", .integer(0...10_000),
      doc: "The most pods meanwhile, which KEDA cannot do: it is said, and left out."),
  ])

  /// The triggers of a workload's windows.
  static func triggers(_ scaling: Fields, into diagnostics: inout Diagnostics) -> [Value] {
    let windows = scaling.objects("windows")
    if !windows.isEmpty, !scaling.has("timeZone") {
      diagnostics.add(
        error: "windows without a time zone", at: scaling.keyRange(of: "windows"),
        detail: "Times of day are those of a zone.", hint: "Add `timeZone: Europe/Berlin`.")
    }
    return windows.compactMap { trigger($0, of: scaling, into: &diagnostics) }
  }

  private static func trigger(
    _ window: Fields, of scaling: Fields, into diagnostics: inout Diagnostics
  ) -> Value? {
    if window.has("max") {
      diagnostics.add(
        warning: "KEDA's cron cannot lower the number of pods", at: window.range(of: "max"),
        detail: "It takes the largest number that any trigger asks for, so that this `max` is left"
          + " out.",
        hint: "Set `scaling.min` to what the quiet hours need, and raise it in windows of the"
          + " others.")
    }
    guard let least = window.integer("min") else {
      if !window.has("min"), !window.has("max") {
        diagnostics.add(
          error: "nothing to set", at: window.range, detail: "A window sets `min`.")
      }
      return nil
    }
    if let base = scaling.integer("min"), least.value <= base.value {
      diagnostics.add(
        warning: "a window that does nothing", at: least.range,
        detail: "At least \(base.value) are there at all times, and KEDA's cron only raises that"
          + " number.",
        hint: "Set `scaling.min` to what the quiet hours need, and raise it in windows of the"
          + " others.")
    }
    if let top = scaling.integer("max"), least.value > top.value {
      diagnostics.add(
        error: "a window above the most", at: least.range,
        detail: "`scaling.max` is \(top.value), and KEDA never goes above it.")
    }
    guard let zone = scaling.string("timeZone")?.value, let from = window.timeOfDay("from")?.value,
      let until = window.timeOfDay("until"), !window.has("days") || window.weekdays("days") != nil
    else { return nil }
    if from == until.value {
      diagnostics.add(
        error: "a window that ends as it begins", at: until.range,
        detail: "KEDA needs two times that differ.",
        hint: "For the whole of some days, end it a minute before it begins.")
    }
    let days = window.weekdays("days")?.value ?? []
    let isOverMidnight = until.value <= from
    return [
      "type": "cron",
      "metadata": [
        "timezone": .string(zone), "desiredReplicas": .string("\(least.value)"),
        "start": .string(cron(from, days, later: 0)),
        "end": .string(cron(until.value, days, later: isOverMidnight ? 1 : 0)),
      ],
    ]
  }

  /// A time on some days, or on the day `later` days after each; on every day where none is named.
  /// Cron counts the days from Sunday, 0.
  private static func cron(_ time: TimeOfDay, _ days: [Weekday], later: Int) -> String {
    let numbers = Set(days.map { ($0.number + later) % 7 })
    let named = numbers.isEmpty || numbers.count == 7
    let list = named ? "*" : numbers.sorted().map(String.init).joined(separator: ",")
    return "\(time.minute) \(time.hour) * * \(list)"
  }
}
