public import Foundation
public import Model

/// What schedules of AWS have parked, by the state's records of them.
public struct ParkedBySchedules {
  private let state: State?
  private let schemas: [String: any ResourceSchema]
  private let time: Date
  /// The schedules that park, with what they do.
  private let movements: [(mover: AppliedResource, movement: Movement)]
  /// What those that start give back, by address and attribute.
  private let returns: [Address: [String: Value]]

  /// What the schedules of `state` have parked as of `time`.
  public init(_ state: State?, schemas: [String: any ResourceSchema], at time: Date) {
    self.state = state
    self.schemas = schemas
    self.time = time
    var movements: [(AppliedResource, Movement)] = []
    var returns: [Address: [String: Value]] = [:]
    for said in state?.parking.values.map({ $0 }) ?? [] {
      for found in said.found ?? [] { returns[found.address] = found.values }
    }
    for record in (state?.resources.values.map { $0 } ?? []).sorted(by: { $0.address < $1.address })
    {
      guard let movement = schemas.movement(of: record, until: time) else { continue }
      if movement.isStart {
        returns[movement.address, default: [:]].merge(movement.values) { $1 }
      } else if record.address.name.hasSuffix(Movement.parkSuffix) {
        movements.append((record, movement))
      }
    }
    self.movements = movements
    self.returns = returns
  }

  /// What must be read to know it.
  public var addresses: Set<Address> { Set(movements.map(\.movement.address)) }

  /// The records with which it is given back, as if Weir had parked it; none of what a record already tells,
  /// or what somebody else has stopped while AWS had it running.
  ///
  /// - Parameter evenIfStarted: whether what has its parked values counts although AWS was to have started it
  ///   since: for a command that is to start it.
  public func records(live: [Address: LiveResource], evenIfStarted: Bool = false)
    -> [Address: AppliedResource]
  {
    if movements.isEmpty { return [:] }
    let recorded = state?.resources ?? [:]
    let schedules = ScheduledValues(Array(recorded.values), schemas: schemas, at: time)
    let moved = Dictionary(
      movements.map { ($0.mover.address, $0.movement.address) }, uniquingKeysWith: { $1 })
    var parked: [Address: AppliedResource] = [:]
    for (mover, movement) in movements {
      let address = movement.address
      guard let now = live[address],
        movement.values.allSatisfy({ name, value in
          (evenIfStarted || schedules.value(address, name) == value)
            && (now.attributes[name] ?? .null) == value
        })
      else { continue }
      for (name, value) in movement.values {
        guard recorded[address]?.found[name] == nil, let found = returns[address]?[name] else {
          continue
        }
        var record =
          parked[address] ?? recorded[address]
          ?? AppliedResource(
            address: address, attributes: [:], found: [:], foundContext: now.context,
            wasCreated: false, onRemove: mover.onRemove, isProtected: false,
            manifest: mover.manifest,
            dependsOn: mover.dependsOn.compactMap { moved[$0] }.filter { $0 != address },
            serial: mover.serial)
        record.attributes[name] = value
        record.found[name] = found
        parked[address] = record
      }
    }
    return parked
  }
}
