internal import Foundation
internal import Manifests
internal import Model

/// The bounds of a scalable target at a time: the TaskSize's own, or those of the window that is in
/// force.
///
/// For five minutes after a window has begun or ended, and for half a minute before, the bounds of
/// both sides are accepted: neither an action that AWS runs a little late nor a clock that is a little
/// slow is a difference.
struct Capacity {
  /// The bounds that hold.
  let bounds: CapacityBounds
  /// The bounds on the other side of a boundary that is near.
  private let neighbours: [CapacityBounds]
  /// The action that moves across that boundary.
  private let mover: Address?
  private let scaling: TaskScaling
  private let window: TaskWindow?
  /// Remarks for whoever reads the plan.
  let notes: [String]

  /// The bounds of a TaskSize at the time of the context.
  init(of manifest: Manifest, scaling: TaskScaling, in context: CompilationContext) {
    let windows = Schedule.windows(on: manifest, base: scaling.bounds, in: context)
    func inForce(_ time: Date) -> TaskWindow? {
      windows.first { $0.occurrence(at: time) != nil }
    }
    let now = inForce(context.time)
    let before = inForce(context.time - Movement.grace)
    let next = inForce(context.time + Movement.lead)
    let bounds = now?.effect ?? scaling.bounds
    let earlier = before?.effect ?? scaling.bounds
    let later = next?.effect ?? scaling.bounds
    func action(_ window: TaskWindow?, _ isStart: Bool, _ time: Date) -> String? {
      window?.actionName(isStart: isStart, at: time, among: windows)
    }
    let past = context.time - Movement.grace
    let action =
      bounds != earlier
      ? action(now, true, past) ?? action(before, false, past)
      : action(next, true, context.time) ?? action(now, false, context.time)
    let service = TaskSize.service(manifest.fields)
    mover = action.flatMap { name in service.map { $0.action(name) } }
    var notes: [String] = []
    if let now, let occurrence = now.occurrence(at: context.time) {
      notes.append(
        "the window \(now.name.value) of \(now.schedule) is in force until \(occurrence.until)"
          + " \(now.zone.value): \(bounds) tasks instead of \(scaling.bounds)")
    }
    if bounds != earlier {
      notes.append(
        "the schedule moved the bounds less than five minutes ago: \(earlier) is accepted too")
    }
    if bounds != later {
      notes.append(
        "the schedule moves the bounds within half a minute: \(later) is accepted too")
    }
    self.scaling = scaling
    self.bounds = bounds
    self.notes = notes
    window = now
    neighbours = [earlier, later].filter { $0 != bounds }
  }

  /// The counts that are accepted.
  var accepted: ClosedRange<Decimal> { bounds.range(with: neighbours) }

  /// What the target's `minCapacity` is to be.
  var minimum: DesiredValue { wish(\.min) }

  /// What the target's `maxCapacity` is to be.
  var maximum: DesiredValue { wish(\.max) }

  /// The place that asks for the minimum.
  var minimumRange: SourceRange { window?.minimumRange ?? scaling.minimumRange }

  /// The place that asks for the maximum.
  var maximumRange: SourceRange { window?.maximumRange ?? scaling.maximumRange }

  /// The place that asks for the count with which a new target begins: that of the bound to which it
  /// is brought, else its own.
  func countRange(_ count: Located<Int>?) -> SourceRange {
    guard let count else { return window?.fields.range ?? scaling.range }
    if count.value < bounds.min { return minimumRange }
    return count.value > bounds.max ? maximumRange : count.range
  }

  private func wish(_ bound: KeyPath<CapacityBounds, Int>) -> DesiredValue {
    let now = bounds[keyPath: bound]
    let all = [now] + neighbours.map { $0[keyPath: bound] }
    guard let least = all.min(), let most = all.max(), least < most, let mover else {
      return .exactly(Value(now))
    }
    return .within(Decimal(least)...Decimal(most), initial: Value(now), owner: mover)
  }
}
