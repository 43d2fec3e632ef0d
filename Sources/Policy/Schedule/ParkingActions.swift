internal import Foundation
internal import Manifests
internal import Model

/// How windows park and start a group: at each edge EventBridge Scheduler calls AWS for each resource. Which
/// resources the group means is known only in AWS, so that the calls are put in there.
struct ParkingActions {
  let manifest: Manifest
  let role: Located<String>
  let context: CompilationContext

  /// For how many seconds a call that fails is tried again: one that comes hours later would park what
  /// has been started since.
  static let retrySeconds: Value = 900

  /// The beginning and the end of a window.
  func edges(of window: ParkingWindow, among all: [ParkingWindow], of declared: ParkingState)
    -> [ParkingEdge]
  {
    (window.starts + window.ends(among: all)).map { action in
      let suffix = action.isStart ? "-start" : Movement.returnSuffix
      return ParkingEdge(
        name: String(action.name.dropLast(suffix.count)),
        state: action.isStart ? window.effect : declared,
        steps: (0..<ParkingEdge.minutes).map { step(action.later(by: $0), window) })
    }
  }

  private func step(_ action: WindowAction, _ window: ParkingWindow) -> DesiredResource {
    var wishes = Wishes()
    let lapsed = wishes.set(
      action, of: window, in: context, expression: "expression", start: "startDate",
      end: "endDate")
    let isSpent = action.isSpent(at: context.time, in: window.timeZone)
    if !isSpent {
      wishes.set("state", to: "ENABLED", at: window.fields.range)
      wishes.set("role", to: .string(role.value), at: role.range)
      wishes.set("retrySeconds", to: Self.retrySeconds, at: window.fields.range)
    }
    var resource = manifest.resource(callAddress(""), wishes, in: context)
    resource.isSpent = isSpent
    resource.lapsed = lapsed
    resource.needs = [roleAddress(role.value)]
    return resource
  }
}

/// A role that is given by its name or its ARN.
func roleAddress(_ role: String) -> Address { Address("iam/role", roleName(role)) }

/// The name of a role that is given by its name or its ARN, after its path where the ARN has one.
func roleName(_ role: String) -> String {
  String(role.split(separator: "/", maxSplits: 1).last ?? "")
}

extension WindowAction {
  /// The same some minutes later.
  func later(by minutes: Int) -> WindowAction {
    func later(_ time: LocalTime) -> LocalTime { LocalTime(minutes: time.minutes + minutes) }
    return WindowAction(
      isStart: isStart, name: name, time: time.later(by: minutes), begins: begins.map(later),
      ends: ends.map(later))
  }
}

extension ActionTime {
  fileprivate func later(by minutes: Int) -> ActionTime {
    switch self {
    case .once(let time): return .once(LocalTime(minutes: time.minutes + minutes))
    case .weekly(let days, let time):
      let later = time.minutes + minutes
      guard let clock = TimeOfDay(LocalTime(minutes: later % 1440)) else { return self }
      let shift = later / 1440
      return .weekly(
        days.map { Weekday.allCases[($0.number - 1 + shift) % 7] }.sorted(), clock)
    }
  }
}

extension Schedule {
  /// The windows of all schedules for a parking group, as far as they are right.
  static func windows(on group: Manifest, in context: CompilationContext) -> [ParkingWindow] {
    var ignored = Diagnostics()
    return schedules(for: group, in: context).flatMap {
      windows(of: $0, on: group, into: &ignored)
    }
  }

  /// The beginnings and ends of all windows for a parking group.
  static func edges(of group: Manifest, among all: [ParkingWindow], in context: CompilationContext)
    -> [ParkingEdge]
  {
    var ignored = Diagnostics()
    return schedules(for: group, in: context).flatMap { schedule -> [ParkingEdge] in
      guard let role = role(of: schedule, for: group) else { return [] }
      let actions = ParkingActions(manifest: schedule, role: role, context: context)
      return windows(of: schedule, on: group, into: &ignored).flatMap {
        actions.edges(of: $0, among: all, of: Parking.declared(group))
      }
    }
  }

  /// Reports what is wrong with a schedule for a parking group.
  static func checkParking(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) {
    checkFields(of: manifest, allowing: ["state"], into: &diagnostics)
    guard let group = target(Parking.self, "parking", of: manifest, in: context, into: &diagnostics)
    else { return }
    if role(of: manifest, for: group) == nil, !manifest.fields.has("role") {
      diagnostics.add(
        error: "a role is missing", at: manifest.fields.range(of: "target"),
        detail: "EventBridge Scheduler parks and starts resources with a role that may do so.",
        hint: "Add `role: NAME`, a role of IAM that trusts scheduler.amazonaws.com.")
    }
    let all = windows(on: group, in: context)
    for window in windows(of: manifest, on: group, into: &diagnostics) {
      window.checkConflicts(among: all, at: context.time, into: &diagnostics)
      window.checkClock(at: context.time, into: &diagnostics)
      window.checkPauses(among: all, at: context.time, into: &diagnostics)
    }
  }

  /// The role with which AWS parks and starts a group.
  static func role(of schedule: Manifest, for group: Manifest) -> Located<String>? {
    schedule.fields.string("role") ?? group.fields.string("role")
  }

  /// The schedules for a parking group.
  static func schedules(for group: Manifest, in context: CompilationContext) -> [Manifest] {
    context.manifests(of: Schedule.self).filter {
      $0.fields.object("target")?.string("parking")?.value == group.name.value
    }
  }

  private static func windows(
    of schedule: Manifest, on group: Manifest, into diagnostics: inout Diagnostics
  ) -> [ParkingWindow] {
    let declared = Parking.declared(group)
    return ParkingWindow.all(of: schedule, into: &diagnostics) { fields, diagnostics in
      guard fields.has("state") else {
        diagnostics.add(
          error: "a window that changes nothing", at: fields.range,
          detail: "A window for a Parking has `state`.",
          hint: "Add `state: \(declared == .parked ? "running" : "parked")`.")
        return nil
      }
      guard let state = fields.string("state").flatMap({ ParkingState(rawValue: $0.value) }) else {
        return nil
      }
      if state == declared {
        diagnostics.add(
          error: "a window that changes nothing", at: fields.range(of: "state"),
          detail:
            "\(group.reference), at \(place(of: group.range)), is \(declared.rawValue) outside of"
            + " all windows, too.",
          hint: declared == .running
            ? "Write `state: parked`, or give the Parking `state: parked`."
            : "Write `state: running`, or take `state: parked` from the Parking.")
        return nil
      }
      return state
    }
  }
}
