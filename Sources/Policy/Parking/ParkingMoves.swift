internal import Foundation
internal import Model

/// What one call of AWS makes of a resource as it is parked, and another one as it is started.
struct ParkingMove: Hashable {
  let address: Address
  let parked: [String: Value]
  let running: [String: Value]
  /// How many minutes after the beginning it is parked.
  let minute: Int

  /// The call that brings a state about.
  func call(_ state: ParkingState) -> ScheduledCall {
    ScheduledCall(address, state == .parked ? parked : running)
  }
}

/// What is known when it is decided how schedules of AWS park and start resources.
struct ParkingContext {
  /// How resources are in AWS.
  let live: [Address: LiveResource]
  /// How they are in the state.
  let records: [Address: AppliedResource]
  /// What other manifests ask for.
  let wishes: [Address: DesiredResource]
  /// What the schedules of the state make of resources, by address and attribute.
  let recorded: RecordedCalls

  init(
    live: [Address: LiveResource], records: [Address: AppliedResource], wishes: [DesiredResource]
  ) {
    self.live = live
    self.records = records
    self.wishes = Dictionary(
      wishes.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    recorded = RecordedCalls(records)
  }

  /// Whether a resource has its parked values.
  func isParked(_ part: ParkedForm.Part) -> Bool {
    guard let live = live[part.address] else { return false }
    return part.parkedValues.allSatisfy { live.attributes[$0] ?? .null == $1 }
  }

  /// What is to be given back of a member by address.
  func found(_ member: ParkingMember) -> [Address: [String: Value]] {
    var found: [Address: [String: Value]] = [:]
    for move in member.moves {
      for part in member.parts where part.address == move.address {
        for (name, value) in move.running {
          found[move.address, default: [:]][name] = self.found(part, name) ?? value
        }
      }
    }
    return found
  }

  /// What was found of an attribute, or is found now, where no other manifest asks for it; nil where nothing
  /// says it.
  func found(_ part: ParkedForm.Part, _ name: String) -> Value? {
    guard wishes[part.address]?.attributes[name] == nil else { return nil }
    if let found = records[part.address]?.found[name] { return found }
    guard let live = live[part.address], !isParked(part) else { return nil }
    return live.attributes[name] ?? .null
  }

  /// The parts of a resource that are there.
  func present(_ parts: [ParkedForm.Part]) -> [ParkedForm.Part] {
    parts.filter { !$0.isOptional || live[$0.address] != nil }
  }

  /// The calls that park a resource and start it, in the order in which they park; or why schedules leave
  /// it as it is, in a full sentence.
  func moves(of parts: [ParkedForm.Part]) -> (moves: [ParkingMove], reason: String?) {
    let all = parts
    let parts = present(parts)
    var moves: [ParkingMove] = []
    for part in parts {
      let minute =
        part.dependsOn.contains { target in parts.contains { $0.address == target } } ? 1 : 0
      var running: [String: Value] = [:]
      for name in part.attributes.keys.sorted() {
        guard let value = runningValue(part, name, among: all) else {
          return ([], "It has its parked values already, and nothing says what it had before.")
        }
        running[name] = value
      }
      guard let split = split(part, running, at: minute) else {
        return ([], "No call of AWS that is written down beforehand parks and starts it.")
      }
      moves += split
    }
    guard moves.allSatisfy(\.isOneStep) else {
      return ([], "One call halves or doubles its shards at most.")
    }
    return (moves.filter { $0.parked != $0.running }, nil)
  }

  /// What an attribute is while the group runs: what other manifests want, what it is now, what was found
  /// when it was parked, or what the schedules say; nil where nothing says it.
  private func runningValue(
    _ part: ParkedForm.Part, _ name: String, among parts: [ParkedForm.Part]
  ) -> Value? {
    let wish = wishes[part.address]
    let isExact = if case .exactly? = wish?.attributes[name] { true } else { false }
    if !isExact, let target = parts.first(where: { $0.address == part.scaledBy[name] }),
      live[target.address] != nil || wishes[target.address] != nil,
      let least = runningValue(target, "minCapacity", among: parts)?.number
    {
      // It begins with the least that it scales to: what scaling makes of it changes all the time. Nothing
      // would scale it up from none.
      return .number(max(1, least))
    }
    if let lasting = wish?.lasting[name] { return lasting }
    switch wish?.attributes[name] {
    case .exactly(let value): return value
    case .absent: return .null
    case .within(let bounds, _, _): return .number(bounds.lowerBound)
    case nil: break
    }
    if let live = live[part.address], !isParked(part) { return live.attributes[name] ?? .null }
    return records[part.address]?.found[name] ?? recorded.running[part.address]?[name]
  }

  /// One call for a part or, where none makes all of it, one for each attribute: what is taken away goes
  /// first.
  private func split(_ part: ParkedForm.Part, _ running: [String: Value], at minute: Int)
    -> [ParkingMove]?
  {
    func move(_ names: [String], _ minute: Int) -> ParkingMove? {
      let move = ParkingMove(
        address: part.address, parked: part.parkedValues.filter { names.contains($0.key) },
        running: running.filter { names.contains($0.key) }, minute: minute)
      let isKnown = [ParkingState.parked, .running].allSatisfy { move.call($0).operation != nil }
      return isKnown ? move : nil
    }
    let names = part.attributes.keys.sorted()
    if let whole = move(names, minute) { return [whole] }
    let taken = names.filter { part.parkedValues[$0] == .null }
    let moves = names.compactMap { name in
      move([name], taken.contains(name) || taken.isEmpty ? minute : minute + 1)
    }
    return moves.count == names.count ? moves : nil
  }
}

/// What the schedules of the state make of resources.
struct RecordedCalls {
  /// What those that park make of attributes.
  private(set) var parked: [Address: [String: Value]] = [:]
  /// What those that start make of attributes.
  private(set) var running: [Address: [String: Value]] = [:]

  init(_ records: [Address: AppliedResource]) {
    for (address, record) in records where address.type == "scheduler/schedule" {
      let isPark = address.name.hasSuffix(Movement.parkSuffix)
      guard isPark || address.name.hasSuffix(Movement.startSuffix),
        let call = ScheduledCall(
          target: record.attributes["target"], input: record.attributes["input"])
      else { continue }
      if isPark {
        parked[call.address, default: [:]].merge(call.values) { first, _ in first }
      } else {
        running[call.address, default: [:]].merge(call.values) { first, _ in first }
      }
    }
  }
}

extension ParkedForm.Part {
  /// Its parked values; null where an attribute is taken away.
  var parkedValues: [String: Value] {
    attributes.mapValues { if case .exactly(let value) = $0 { value } else { .null } }
  }
}

extension ParkingMove {
  /// Whether AWS does it in one step (API description of kinesis, UpdateShardCount).
  fileprivate var isOneStep: Bool {
    guard let shards = running["shards"]?.number, let parked = parked["shards"]?.number else {
      return true
    }
    return shards <= parked * 2
  }
}
