internal import Foundation
internal import Manifests
internal import Model

/// A window in which a resource has another size.
typealias SizeWindow = ScheduleWindow<Wishes>

/// The windows of a size, and what they make of it.
struct SizeSchedule<Kind: WindowedSize> {
  /// The resource as it is outside of all windows.
  let resource: DesiredResource
  /// The windows of all schedules for it, as far as they are right.
  let windows: [SizeWindow]
  private let context: CompilationContext

  /// The windows of `manifest`, which asks for `resource` outside of them.
  init(of manifest: Manifest, _ resource: DesiredResource, in context: CompilationContext) {
    self.resource = resource
    self.context = context
    var ignored = Diagnostics()
    windows = context.manifests(of: Schedule.self)
      .filter {
        $0.fields.object("target")?.string(Kind.target)?.value == manifest.name.value
      }
      .flatMap { Self.windows(of: $0, on: resource, into: &ignored) }
  }

  /// The windows of a schedule.
  static func windows(
    of schedule: Manifest, on resource: DesiredResource, into diagnostics: inout Diagnostics
  ) -> [SizeWindow] {
    SizeWindow.all(of: schedule, into: &diagnostics) {
      Kind.wishes(in: $0, of: resource, into: &$1)
    }
  }

  /// What holds in a window of the attributes that windows change; outside of all where it is nil.
  func wishes(in window: SizeWindow?) -> [String: DesiredValue] {
    let moved = Set(windows.flatMap(\.effect.attributes.keys))
    return resource.attributes.filter { moved.contains($0.key) }
      .merging(window?.effect.attributes ?? [:]) { $1 }
  }

  /// The resource at the time of the context. Close to the beginning or the end of a window numbers of
  /// both sides are accepted, as with the count of a service.
  var held: DesiredResource {
    func inForce(_ time: Date) -> SizeWindow? { windows.first { $0.occurrence(at: time) != nil } }
    let now = inForce(context.time)
    let before = inForce(context.time - Movement.grace)
    let next = inForce(context.time + Movement.lead)
    let own = wishes(in: now)
    let neighbours = [wishes(in: before), wishes(in: next)]
    let mover = mover(now: now, before: before, next: next)
    var held = resource
    for (name, wish) in own {
      guard let value = wish.exact else { continue }
      held.lasting[name] = resource.attributes[name]?.exact
      held.attributes[name] = wish
      if let now, let source = now.effect.sources[name] {
        held.sources[name] = source
        held.forms[name] = now.effect.forms[name]
      }
      let all = [value] + neighbours.compactMap { $0[name]?.exact }
      let numbers = all.compactMap(\.number)
      if numbers.count == all.count, let least = numbers.min(), let most = numbers.max(),
        least < most, let mover
      {
        held.attributes[name] = .within(least...most, initial: value, owner: mover)
      }
    }
    Kind.settle(&held, in: now?.effect)
    if let now, let occurrence = now.occurrence(at: context.time) {
      held.notes.append(
        "the window \(now.name.value) of \(now.schedule) is in force until \(occurrence.until)"
          + " \(now.zone.value)")
    }
    return held
  }

  private func mover(now: SizeWindow?, before: SizeWindow?, next: SizeWindow?) -> Address? {
    func action(_ window: SizeWindow?, _ isStart: Bool, _ time: Date) -> String? {
      window?.actionName(isStart: isStart, at: time, among: windows)
    }
    let past = context.time - Movement.grace
    let name =
      now?.name.value != before?.name.value
      ? action(now, true, past) ?? action(before, false, past)
      : action(next, true, context.time) ?? action(now, false, context.time)
    return name.map(callAddress)
  }
}
