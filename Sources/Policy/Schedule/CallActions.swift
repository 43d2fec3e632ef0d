internal import Foundation
internal import Manifests
internal import Model

/// How a schedule changes the size of a resource that no scheduled action reaches: by schedules of
/// EventBridge Scheduler that call AWS, each with all values written in.
struct CallActions<Kind: WindowedSize> {
  let schedule: SizeSchedule<Kind>
  let role: Located<String>
  let manifest: Manifest
  let context: CompilationContext

  /// The schedules of a window.
  func actions(of window: SizeWindow, into diagnostics: inout Diagnostics) -> [DesiredResource] {
    let outside = schedule.wishes(in: nil)
    let inside = schedule.wishes(in: window)
    for name in window.effect.attributes.keys.sorted()
    where outside[name] == nil && !Kind.needsNoReturn(name, to: outside) {
      let place = place(of: schedule.resource.range)
      diagnostics.add(
        error: "a window that does not know the way back",
        at: window.effect.sources[name] ?? window.fields.range,
        detail: "\(schedule.resource.manifest), at \(place), does not say what holds outside of"
          + " the window, so that its end has nothing to give back.",
        hint: "Set it there, too.")
      return []
    }
    let others = schedule.windows.filter { $0.fields.range != window.fields.range }
      .map { schedule.wishes(in: $0) }
    let start = Kind.values(of: inside, after: [outside] + others)
    let end = Kind.values(of: outside, after: [inside])
    guard let start, let end else {
      diagnostics.add(
        error: "a number of nodes that is not known", at: window.fields.range,
        detail: "EKS takes no bounds that the number of nodes lies outside of, and where an"
          + " autoscaler moves it between bounds that only overlap it may lie on either side.",
        hint: start == nil
          ? "Say with how many nodes the window begins, in `desired`."
          : "Let the window's bounds lie within those of \(schedule.resource.manifest).")
      return []
    }
    return window.starts.map { resource($0, window, start) }
      + window.ends(among: schedule.windows).map { resource($0, window, end) }
  }

  private func resource(
    _ action: WindowAction, _ window: SizeWindow, _ values: [String: Value]
  ) -> DesiredResource {
    let call = ScheduledCall(schedule.resource.address, values)
    var wishes = Wishes()
    let lapsed = wishes.set(
      action, of: window, in: context, expression: "expression", start: "startDate",
      end: "endDate")
    let isSpent = action.isSpent(at: context.time, in: window.timeZone)
    let range = action.isStart ? window.fields.range : schedule.resource.range
    if !isSpent {
      wishes.set("state", to: "ENABLED", at: window.fields.range)
      wishes.set("role", to: .string(role.value), at: role.range)
      wishes.set(
        "target", to: .string(call.target ?? ""), at: range)
      wishes.set("input", to: call.input, at: range)
    }
    var resource = manifest.resource(
      callAddress(action.name), wishes, in: context, dependsOn: [schedule.resource.address])
    resource.isSpent = isSpent
    resource.lapsed = lapsed
    resource.needs = [roleAddress(role.value)]
    return resource
  }
}

/// The schedule of EventBridge Scheduler with this name, in the group that every account has.
func callAddress(_ name: String) -> Address { Address("scheduler/schedule", "default/\(name)") }
