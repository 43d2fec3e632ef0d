internal import Foundation
internal import Manifests
internal import Model

/// How a schedule moves the bounds of a service: by scheduled actions of Application Auto Scaling.
struct TaskActions {
  let service: ScalableService
  let scaling: TaskScaling
  let manifest: Manifest
  let context: CompilationContext

  /// The most scheduled actions of one target (Application Auto Scaling user guide, quotas).
  static let most = 200

  /// The actions of a window.
  func actions(of window: TaskWindow, among all: [TaskWindow]) -> [DesiredResource] {
    window.starts.map { start in
      action(
        start, window, window.effect, window.minimumRange ?? scaling.minimumRange,
        window.maximumRange ?? scaling.maximumRange)
    }
      + window.ends(among: all).map { end in
        action(end, window, scaling.bounds, scaling.minimumRange, scaling.maximumRange)
      }
  }

  private func action(
    _ action: WindowAction, _ window: TaskWindow, _ bounds: CapacityBounds,
    _ minimum: SourceRange, _ maximum: SourceRange
  ) -> DesiredResource {
    var wishes = Wishes()
    let lapsed = wishes.set(
      action, of: window, in: context, expression: "schedule", start: "startTime", end: "endTime")
    let isSpent = action.isSpent(at: context.time, in: window.timeZone)
    if !isSpent {
      wishes.set("minCapacity", to: Value(bounds.min), at: minimum, as: .integer)
      wishes.set("maxCapacity", to: Value(bounds.max), at: maximum, as: .integer)
    }
    var resource = manifest.resource(
      service.action(action.name), wishes, in: context, dependsOn: [service.target])
    resource.isSpent = isSpent
    resource.lapsed = lapsed
    return resource
  }
}

extension Wishes {
  /// Says when an action runs.
  ///
  /// - Returns: the attributes that the time has made void.
  mutating func set<Effect>(
    _ action: WindowAction, of window: ScheduleWindow<Effect>, in context: CompilationContext,
    expression: String, start: String, end: String
  ) -> Set<String> {
    let range = window.fields.range(of: action.isStart ? "from" : "until")
    set(expression, to: .string(action.time.expression), at: range)
    set("timezone", to: .string(window.zone.value), at: window.zone.range, as: .text)
    func text(_ time: LocalTime) -> Value {
      .string(Date.ISO8601FormatStyle().format(time.instant(in: window.timeZone)))
    }
    if let ends = action.ends { set(end, to: text(ends), at: range) }
    guard let begins = action.begins else { return [] }
    // AWS takes no start that lies in the past.
    if begins.instant(in: window.timeZone) <= context.time { return [start] }
    set(start, to: text(begins), at: range)
    return []
  }
}
