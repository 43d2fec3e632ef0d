public import Foundation
internal import Manifests
internal import Model

/// What plans say of parking groups, one sentence each.
public func parkingRemarks(_ groups: [String: ParkingGroup], at time: Date) -> [String] {
  groups.values.sorted { $0.name < $1.name }.compactMap { group in
    group.override.flatMap { group.remark(on: $0, at: time) }
  }
}

extension ParkingGroup {
  /// A time in UTC and, where the group has windows, by their clock.
  private func text(_ time: Date) -> String {
    guard let timeZone else { return time.formatted(.iso8601) }
    return "\(time.formatted(.iso8601)) (\(LocalTime(time, in: timeZone)) \(timeZone.identifier))"
  }

  fileprivate func remark(on said: ParkingOverride, at time: Date) -> String? {
    let since = said.since.formatted(.iso8601)
    if isScheduled, let until = said.until {
      guard time < until else { return nil }
      let (what, command) = said.state == .parked ? ("is parked", "stop") : ("runs", "start")
      let then = said.state == .parked || until == nextEdge
      return
        "\(name) \(what) since \(since), as `weir \(command) \(name)` said, until \(text(until)); then"
        + " \(then ? "its windows hold again." : "AWS parks it again.")"
    }
    switch (said.state, state) {
    case (.parked, _):
      return "\(name) is parked since \(since), as `weir stop \(name)` said, until"
        + " `weir start \(name)`; its manifest says `state: \(declared.rawValue)`."
    case (.running, .running):
      guard let until = said.until else {
        return "\(name) runs since \(since), as `weir start \(name)` said, until"
          + " `weir stop \(name)`; its manifest says `state: \(declared.rawValue)`."
      }
      let start = "\(name) runs until \(text(until)), as `weir start \(name) --for` said; "
      return hasRole
        ? start + "schedules of AWS park it then."
        : start
          + "the first apply after that parks it. Weir does nothing by itself at that time; with"
          + " `role` in its manifest AWS does it."
    case (.running, .parked):
      let until = said.until?.formatted(.iso8601) ?? since
      return "\(name) was to run until \(until), as `weir start \(name) --for` said, and is"
        + " parked again; `weir start \(name)` starts it."
    }
  }
}

extension DesiredSelection {
  /// What to say of resources that schedules leave as they are, or that have not been started.
  func remarks(on members: [ParkingMember]) -> [String] {
    guard let rule = parking else { return [] }
    return members.compactMap { member in
      if member.isLeftParked {
        return
          "\(member.address) has its parked values although \(pattern.manifest) runs: AWS could not start it,"
          + " or somebody has stopped it since. `weir start \(pattern.manifest.name)` starts it."
      }
      guard member.reason == nil, let hindrance = member.hindrance else { return nil }
      return rule.isScheduled
        ? "The windows of \(pattern.manifest) leave \(member.address) as it is. \(hindrance)"
        : "AWS does not park \(member.address) by itself when the start ends: the first apply after that"
          + " does. \(hindrance)"
    }
  }

  /// The schedules that AWS may get for its resources, with `*` for what is not known, and their roles.
  var schedulePatterns: [Address] {
    guard let rule = parking else { return [] }
    let names = Set(
      rule.edges.map(\.stem) + (rule.role == nil ? [] : ["\(pattern.manifest.name)-for"]))
    let roles =
      rule.edges.flatMap(\.steps).flatMap(\.needs)
      + (rule.role.map { [roleAddress($0.value)] } ?? [])
    return names.sorted().map { callAddress("\($0)-*") } + Set(roles).sorted()
  }
}
