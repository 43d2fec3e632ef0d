internal import Foundation
internal import Manifests
internal import Model

/// A window in which a parking group runs or is parked, otherwise than its manifest says.
typealias ParkingWindow = ScheduleWindow<ParkingState>

/// What manifests say of the state of a parking group.
struct ParkingRule: Hashable, Sendable {
  /// What its own manifest says.
  let declared: ParkingState
  /// The windows of all schedules for it, as far as they are right.
  var windows: [ParkingWindow] = []
  /// The beginnings and ends of these windows.
  var edges: [ParkingEdge] = []
  /// The role with which AWS parks it when a start has ended.
  var role: Located<String>?
  /// What a command says, as long as the group is there.
  var override: ParkingOverride?
  /// When it is judged.
  var time = Date.distantPast

  /// Whether schedules of AWS park and start it.
  var isScheduled: Bool { !windows.isEmpty }

  /// Whether schedules of AWS park it, now or later, or have parked it.
  var isMadeByAWS: Bool { isScheduled || parksAt != nil }

  /// What the command says that still holds; nil where there is none.
  var said: ParkingState? { override?.state(at: time, isScheduled: isScheduled) }

  /// Whether it runs or is parked.
  var state: ParkingState { said ?? scheduled(at: time) }

  /// What windows and the manifest say.
  func scheduled(at time: Date) -> ParkingState {
    window(at: time)?.effect ?? declared
  }

  /// The window in force.
  func window(at time: Date) -> ParkingWindow? {
    windows.first { $0.occurrence(at: time) != nil }
  }

  /// When AWS parks it next because a start has ended; nil where it does not.
  var parksAt: Date? {
    guard role != nil, let override, override.state == .running, let until = override.until else {
      return nil
    }
    guard isScheduled else { return until }
    // At the beginning of a window its own schedules do.
    let isEdge = scheduled(at: until - 1) != scheduled(at: until)
    return !isEdge && scheduled(at: until) == .parked ? until : nil
  }

  /// When windows change its state next; nil where they do not in the year to come.
  func nextEdge(after time: Date) -> Date? {
    let now = scheduled(at: time)
    let edges = windows.flatMap { window -> [Date] in
      let today = LocalTime(time, in: window.timeZone).day
      // What is in force longest covers a week; a holiday may leave out one more.
      let days =
        if case .once(let from, _) = window.span { from.day...from.day } else {
          today - 8...today + 366
        }
      return window.occurrences(beginningOn: days).flatMap {
        [$0.from.instant(in: window.timeZone), $0.until.instant(in: window.timeZone)]
      }
    }
    return edges.filter { $0 > time }.sorted().first { scheduled(at: $0) != now }
  }
}

/// A time at which a window of a parking group begins or ends.
struct ParkingEdge: Hashable {
  /// The names of the schedule and of the window: `office-nights`.
  let name: String
  /// What the group is from then on.
  let state: ParkingState
  /// Schedules in AWS for that minute, the next one, and so on, without name and without what they call.
  let steps: [DesiredResource]

  /// How many minutes an edge takes at most: for what scales, for what is taken away, and for the rest.
  static let minutes = 3
}
