internal import Foundation
internal import Manifests
internal import Model

/// The bounds of a scalable target at a time: the TaskSize's own, or those of the window that is in
/// force.
///
/// For five minutes after a window has begun or ended the bounds of both sides are accepted, so that
/// an action that AWS runs a little late is no difference.
struct Capacity {
  private static let grace: TimeInterval = 300

  /// The bounds that hold.
  let bounds: CapacityBounds
  /// The bounds that held a little earlier.
  private let earlier: CapacityBounds
  /// The action that moves from the earlier ones to these.
  private let mover: Address?
  private let scaling: TaskScaling
  private let window: ScheduleWindow?
  /// Remarks for whoever reads the plan.
  let notes: [String]

  /// The bounds of a TaskSize at the time of the context.
  init(of manifest: Manifest, scaling: TaskScaling, in context: CompilationContext) {
    let windows = Schedule.windows(on: manifest, base: scaling.bounds, in: context)
    func inForce(_ time: Date) -> ScheduleWindow? {
      windows.first { $0.span.occurrence(at: time, in: $0.timeZone) != nil }
    }
    let now = inForce(context.time)
    let before = inForce(context.time - Self.grace)
    self.scaling = scaling
    window = now
    bounds = now?.bounds ?? scaling.bounds
    earlier = before?.bounds ?? scaling.bounds
    let service = TaskSize.service(manifest.fields)
    let action = now?.startAction ?? before?.endAction
    mover = action.flatMap { name in service.map { $0.action(name) } }
    var notes: [String] = []
    if let now, let occurrence = now.span.occurrence(at: context.time, in: now.timeZone) {
      notes.append(
        "the window \(now.name.value) of \(now.schedule) is in force until \(occurrence.until)"
          + " \(now.zone.value): \(bounds) tasks instead of \(scaling.bounds)")
    }
    if bounds != earlier {
      notes.append(
        "the schedule moved the bounds less than five minutes ago: \(earlier) is accepted too")
    }
    self.notes = notes
  }

  /// The counts that are accepted.
  var accepted: ClosedRange<Decimal> { bounds.range(with: earlier) }

  /// What the target's `minCapacity` is to be.
  var minimum: DesiredValue { wish(bounds.min, earlier.min) }

  /// What the target's `maxCapacity` is to be.
  var maximum: DesiredValue { wish(bounds.max, earlier.max) }

  /// The place that asks for the minimum.
  var minimumRange: SourceRange { window?.minimumRange ?? scaling.minimumRange }

  /// The place that asks for the maximum.
  var maximumRange: SourceRange { window?.maximumRange ?? scaling.maximumRange }

  /// The place that asks for the count, which is `count` where no window is in force.
  func countRange(_ count: SourceRange?) -> SourceRange {
    window.map { $0.minimumRange ?? $0.fields.range } ?? count ?? scaling.range
  }

  private func wish(_ now: Int, _ before: Int) -> DesiredValue {
    guard now != before, let mover else { return .exactly(Value(now)) }
    let range = Decimal(min(now, before))...Decimal(max(now, before))
    return .within(range, initial: Value(now), owner: mover)
  }
}
