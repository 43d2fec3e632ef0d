internal import Model

/// The ways back with what schedules of AWS have parked and no schedule will start any more: it gets what was
/// found.
func givingBackParked(_ targets: [Target], input: PlanInput) -> [Target] {
  guard !input.parked.isEmpty else { return targets }
  var byAddress = Dictionary(targets.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
  var standing: Set<Address> = []
  for record in input.state?.resources.values.map({ $0 }) ?? [] {
    guard record.address.name.hasSuffix(Movement.startSuffix),
      byAddress[record.address]?.existence != .absent,
      let movement = input.schemas.movement(of: record, until: input.time)
    else { continue }
    standing.insert(movement.address)
  }
  let reason: Change.Reason =
    if case .rollback(let serial, _, _) = input.intent {
      .rollback(serial)
    } else {
      .rollback(input.state?.serial ?? 0)
    }
  for (address, record) in input.parked where !standing.contains(address) {
    var target =
      byAddress[address]
      ?? Target(
        address: address, existence: .present, attributes: [:], reason: reason,
        dependsOn: record.dependsOn, isProtected: false, isGivenBack: true, record: .fixed(nil))
    guard target.existence != .absent else { continue }
    let known = input.state?.resources[address]?.found ?? [:]
    for (name, value) in record.found
    where known[name] == nil && target.attributes[name] == nil {
      target.attributes[name] = DesiredValue(found: value)
    }
    target.existence = .present
    byAddress[address] = target
  }
  return Array(byAddress.values)
}
