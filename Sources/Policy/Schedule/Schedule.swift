internal import Foundation
internal import Manifests
internal import Model

/// `Schedule`: windows of time in which other bounds hold for the count of a service.
enum Schedule: ManifestKind {
  static let schema = KindSchema(
    kind: "Schedule",
    doc: """
      Windows of time in which other bounds hold for the count of a service.

      Each window becomes two scheduled actions of Application Auto Scaling: one sets the window's \
      bounds when it begins, one sets the TaskSize's own bounds when it ends. Where a window ends as \
      another begins, only the second one acts. An action for a date that has passed stays while AWS \
      and the window hold it, and is not made again. \
      While a window is in force its bounds are what the policy wants, so that a plan made \
      meanwhile shows no difference.
      """,
    spec: ObjectSchema([
      Field("target", .object(target), isRequired: true, doc: "What the windows are for."),
      Field("timeZone", .timeZone, isRequired: true, doc: "The time zone of all times."),
      Field(
        "windows", .list(.object(ScheduleWindow.schema), nonEmpty: true), isRequired: true,
        doc: "The windows; no two of a target overlap."),
    ]))

  private static let target = ObjectSchema([
    Field("taskSize", .string(), isRequired: true, doc: "The name of a TaskSize with `scaling`.")
  ])

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    guard let target = scaledTaskSize(of: manifest, in: context, into: &diagnostics),
      let service = TaskSize.service(target.fields)
    else { return [] }
    var ignored = Diagnostics()
    guard let scaling = target.fields.object("scaling").flatMap({ TaskScaling($0, into: &ignored) })
    else { return [] }
    let own = ScheduleWindow.all(of: manifest, base: scaling.bounds, into: &diagnostics)
    let all = windows(on: target, base: scaling.bounds, in: context)
    for window in own {
      window.checkConflicts(among: all, at: context.time, into: &diagnostics)
      window.checkClock(at: context.time, into: &diagnostics)
    }
    return own.flatMap { window in
      actions(of: window, among: all, on: service, scaling, manifest, in: context)
    }
  }

  /// The windows of all schedules for a TaskSize, as far as they are right.
  static func windows(
    on taskSize: Manifest, base: CapacityBounds, in context: CompilationContext
  ) -> [ScheduleWindow] {
    var ignored = Diagnostics()
    return context.manifests(of: Schedule.self)
      .filter { $0.fields.object("target")?.string("taskSize")?.value == taskSize.name.value }
      .flatMap { ScheduleWindow.all(of: $0, base: base, into: &ignored) }
  }

  private static func scaledTaskSize(
    of manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> Manifest? {
    guard let name = manifest.fields.object("target")?.string("taskSize") else { return nil }
    let sizes = context.manifests(of: TaskSize.self)
    guard let found = sizes.first(where: { $0.name.value == name.value }) else {
      let names = sizes.map(\.name.value)
      diagnostics.add(
        error: "unknown TaskSize", at: name.range,
        detail: names.isEmpty
          ? "No TaskSize holds in \(context.environment.name)."
          : "In \(context.environment.name) there are \(names.joined(separator: ", ")).",
        hint: nearestName(to: name.value, among: names).map { "Did you mean `\($0)`?" })
      return nil
    }
    guard found.fields.has("scaling") else {
      diagnostics.add(
        error: "a TaskSize without scaling", at: name.range,
        detail: "A window sets the bounds of automatic scaling, and TaskSize/\(name.value), at"
          + " \(place(of: found.range)), has none in \(context.environment.name).",
        hint: "Add `scaling: {min: 1, max: 4}` to it, or keep this Schedule to other environments"
          + " with `metadata.environments`.")
      return nil
    }
    return found
  }

  private static func actions(
    of window: ScheduleWindow, among all: [ScheduleWindow], on service: ScalableService,
    _ scaling: TaskScaling, _ manifest: Manifest, in context: CompilationContext
  ) -> [DesiredResource] {
    func action(
      _ name: String, _ time: ActionTime, _ field: String, _ bounds: CapacityBounds,
      _ minimum: SourceRange, _ maximum: SourceRange
    ) -> DesiredResource {
      var wishes = Wishes()
      wishes.set("schedule", to: .string(time.expression), at: window.fields.range(of: field))
      wishes.set("timezone", to: .string(window.zone.value), at: window.zone.range, as: .text)
      let isSpent = time.hasPassed(at: context.time, in: window.timeZone)
      if !isSpent {
        wishes.set("minCapacity", to: Value(bounds.min), at: minimum, as: .integer)
        wishes.set("maxCapacity", to: Value(bounds.max), at: maximum, as: .integer)
      }
      var action = manifest.resource(
        service.action(name), wishes, in: context, dependsOn: [service.target])
      action.isSpent = isSpent
      return action
    }
    let start = action(
      window.startAction, window.startTime, "from", window.bounds,
      window.minimumRange ?? scaling.minimumRange, window.maximumRange ?? scaling.maximumRange)
    let end = window.endTime(among: all).map {
      action(
        window.endAction, $0, "until", scaling.bounds, scaling.minimumRange,
        scaling.maximumRange)
    }
    return [start] + (end.map { [$0] } ?? [])
  }
}
