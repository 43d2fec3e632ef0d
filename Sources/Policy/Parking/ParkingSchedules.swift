internal import Crypto
internal import Foundation
internal import Manifests
internal import Model

extension DesiredSelection {
  /// The schedules of EventBridge Scheduler that park and start members.
  func schedules(for members: [ParkingMember]) -> [DesiredResource] {
    guard let rule = parking else { return [] }
    let edges = (rule.isScheduled ? rule.edges : []) + [endOfStart(rule)].compactMap { $0 }
    return members.filter { $0.reason == nil && $0.hindrance == nil }.flatMap { member in
      let last = member.moves.map(\.minute).max() ?? 0
      return edges.flatMap { edge -> [DesiredResource] in
        member.moves.compactMap { move in
          // A start is the way back.
          let minute = edge.state == .parked ? move.minute : last - move.minute
          guard edge.steps.indices.contains(minute) else { return nil }
          var resource = schedule(move, edge, edge.steps[minute])
          // The state knows by that in which order it is parked, and so given back.
          resource.dependsOn = member.moves.filter { $0.minute < move.minute }
            .map { address(of: $0, edge) }.sorted()
          return resource
        }
      }
    }
  }

  private func schedule(_ move: ParkingMove, _ edge: ParkingEdge, _ step: DesiredResource)
    -> DesiredResource
  {
    let call = move.call(edge.state)
    var resource = step
    resource.address = address(of: move, edge)
    if !resource.isSpent {
      resource.attributes["target"] = .exactly(.string(call.target ?? ""))
      resource.attributes["input"] = .exactly(call.input)
      let range = resource.sources["state"] ?? resource.range
      resource.sources["target"] = range
      resource.sources["input"] = range
    }
    resource.notes = [
      "\(edge.state == .parked ? "parks" : "starts") \(move.address) for \(pattern.manifest)"
    ]
    return resource
  }

  private func address(of move: ParkingMove, _ edge: ParkingEdge) -> Address {
    callAddress(
      edge.scheduleName(
        for: move, service: ParkedForm.of(selector.type)?.service ?? selector.type))
  }

  /// The end of a start that is not for good.
  private func endOfStart(_ rule: ParkingRule) -> ParkingEdge? {
    guard let until = rule.parksAt, let role = rule.role else { return nil }
    // AWS keeps to the minute.
    let minute = LocalTime(until + 59, in: .gmt)
    let isSpent = minute.instant(in: .gmt) <= rule.time
    let steps = (0..<ParkingEdge.minutes).map { later -> DesiredResource in
      let time = LocalTime(minutes: minute.minutes + later)
      var wishes: [String: Value] = [
        "expression": .string(ActionTime.once(time).expression), "timezone": "UTC",
      ]
      if !isSpent {
        wishes["state"] = "ENABLED"
        wishes["role"] = .string(role.value)
        wishes["retrySeconds"] = ParkingActions.retrySeconds
      }
      var step = pattern
      step.attributes = wishes.mapValues(DesiredValue.exactly)
      step.sources = wishes.mapValues { _ in pattern.range }
      step.sources["role"] = isSpent ? nil : role.range
      step.isSpent = isSpent
      step.needs = [roleAddress(role.value)]
      return step
    }
    return ParkingEdge(name: "\(pattern.manifest.name)-for", state: .parked, steps: steps)
  }
}

extension ParkingEdge {
  /// The most characters of a schedule's name (API description of scheduler, Name).
  private static let longest = 64
  /// The most characters that stand before the word for the service.
  private static let longestStem = 38

  /// The beginning of the names of its schedules.
  var stem: String { String(name.prefix(Self.longestStem)) }

  /// The name of the schedule with which it makes a move: legal, and of no other.
  func scheduleName(for move: ParkingMove, service: String) -> String {
    let suffix = state == .parked ? Movement.parkSuffix : Movement.startSuffix
    let text = [
      steps.first?.manifest.description ?? "", name, move.address.description,
      move.parked.keys.sorted().joined(separator: ","),
    ].joined(separator: " ")
    let digest = SHA256.hash(data: Data(text.utf8)).prefix(4).map { String(format: "%02x", $0) }
      .joined()
    let name = "\(stem)-\(service)-\(digest)\(suffix)"
    precondition(name.utf8.count <= Self.longest, "\(name) is longer than the name of a schedule")
    return name
  }
}
