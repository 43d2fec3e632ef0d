internal import Foundation
internal import Model

extension [String: any ResourceSchema] {
  /// What a resource of the state does by itself to another one; nil where it does nothing.
  func movement(of record: AppliedResource, until time: Date) -> Movement? {
    self[record.address.type]?.movement(
      by: record.address.name, attributes: record.attributes, until: time)
  }
}

/// What schedules make of attributes around a time, by the records of what moves them.
struct ScheduledValues {
  /// Which resource moved an attribute last, and how.
  private struct Move {
    let mover: Address
    let movement: Movement
    let time: Date

    func value(of name: String) -> Value? { movement.isReturn ? nil : movement.values[name] }
  }

  /// By address and attribute the last move: now, a grace ago, and a lead ahead.
  private let moves: [[Address: [String: Move]]]
  /// By address and attribute all values that moves other than ways back lead to.
  private let moved: [Address: [String: Set<Value>]]

  /// What `records` do around `time`.
  init(_ records: [AppliedResource], schemas: [String: any ResourceSchema], at time: Date) {
    let times = [time, time - Movement.grace, time + Movement.lead]
    var moved: [Address: [String: Set<Value>]] = [:]
    moves = times.map { time in
      var last: [Address: [String: Move]] = [:]
      for record in records {
        guard let movement = schemas.movement(of: record, until: time) else { continue }
        for name in movement.attributes where !movement.isReturn {
          moved[movement.address, default: [:]][name, default: []].insert(
            movement.values[name] ?? .null)
        }
        guard let moment = movement.last else { continue }
        let move = Move(mover: record.address, movement: movement, time: moment)
        for name in movement.attributes {
          if let other = last[movement.address]?[name], other.time >= moment { continue }
          last[movement.address, default: [:]][name] = move
        }
      }
      return last
    }
    self.moved = moved
  }

  /// What an attribute is to be for now: what a window in force makes of it, else the value that
  /// holds for good. Close to the beginning or the end of a window both are accepted.
  func wish(_ address: Address, _ name: String, lasting: Value) -> DesiredValue {
    let values = moves.map { $0[address]?[name]?.value(of: name) ?? lasting }
    let numbers = values.compactMap(\.number)
    guard numbers.count == values.count, let least = numbers.min(), let most = numbers.max(),
      least < most, let mover = moves.lazy.compactMap({ $0[address]?[name]?.mover }).first
    else { return DesiredValue(found: values[0]) }
    return .within(least...most, initial: values[0], owner: mover)
  }

  /// What a window in force makes of an attribute; nil outside of all windows.
  func value(_ address: Address, _ name: String) -> Value? {
    moves[0][address]?[name]?.value(of: name)
  }

  /// The manifest's part in the values that hold for now: the resource that a window in force began
  /// with; nil outside of all windows.
  func opener(of address: Address) -> Address? {
    moves[0][address]?.sorted { $0.key < $1.key }.lazy.map(\.value)
      .first { !$0.movement.isReturn }?.mover
  }

  /// Whether a schedule has parked an attribute and started it since, so that nothing is left to give back
  /// of what `record` says: what it has now is as it was found, or was made of it by others.
  func hasGivenBack(_ name: String, of record: AppliedResource, live: LiveResource?) -> Bool {
    guard let move = moves[0][record.address]?[name], move.movement.isStart, let live else {
      return false
    }
    let parked = moved[record.address]?[name] ?? []
    let applied = record.attributes[name] ?? .null
    return (parked.contains(applied) || applied == record.found[name])
      && !parked.contains(live.attributes[name] ?? .null)
  }
}

/// The ways back, and the rest of an apply, with what schedules that will stand make of them for now.
///
/// Recorded values may be those of a window, or those outside of it: what counts is the time of the
/// plan and the schedules that stand after it, not those of then.
///
/// - Parameter lasting: the records whose values hold for good.
func heedingSchedules(
  _ targets: [Target], lasting: [Address: AppliedResource], input: PlanInput
) -> [Target] {
  let current = input.state?.resources ?? [:]
  var after = current
  for target in targets {
    if case .fixed(let record) = target.record { after[target.address] = record }
  }
  var moved: [Address: Set<String>] = [:]
  var changed: Set<Address> = []
  let touched = Dictionary(targets.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
  for address in Set(after.keys).union(touched.keys) {
    let live = input.live[address]
    let record = after[address] ?? current[address]
    guard
      let movement = input.schemas[address.type]?.movement(
        by: address.name, attributes: record?.attributes ?? live?.attributes ?? [:],
        until: input.time)
    else { continue }
    moved[movement.address, default: []].formUnion(movement.attributes)
    guard let target = touched[address] else { continue }
    let isTaken = target.existence == .absent && (live != nil || current[address] != nil)
    if isTaken || !target.attributes.isEmpty { changed.insert(movement.address) }
  }
  let schedules = ScheduledValues(Array(after.values), schemas: input.schemas, at: input.time)
  return targets.map { target in
    guard target.existence == .present, case .fixed(var record?) = target.record,
      let names = moved[target.address], let lasting = lasting[target.address]?.attributes
    else { return target }
    var target = target
    var others: [String] = []
    for name in names.sorted() {
      guard let value = lasting[name],
        target.attributes[name] != nil || changed.contains(target.address)
      else { continue }
      let wish = schedules.wish(target.address, name, lasting: value)
      target.attributes[name] = wish
      target.accepted[name] = wish.accepted
      record.attributes[name] = value
      if let initial = wish.initialValue, initial != value, let number = value.number {
        others.append("\(name) \(number)")
      }
    }
    target.record = .fixed(record)
    if !others.isEmpty, let opener = schedules.opener(of: target.address) {
      target.notes.append(
        "a window is in force, begun by \(opener); after it \(others.joined(separator: ", "))")
    }
    return target
  }
}
