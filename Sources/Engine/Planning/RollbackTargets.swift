internal import Model

/// The way back to the end of apply `serial`: every attribute that a later apply touched gets the
/// value that it had before the first of them.
///
/// - Parameters:
///   - deleted: resources that `current` still holds and that Weir itself may have deleted.
///   - dependencies: what depends on what by the apply that is undone; else as the states record it.
func rollbackTargets(
  to serial: Int, earlier: State?, current: State?, snapshots: [Snapshot],
  deleted: Set<Address> = [], dependencies: [Address: [Address]] = [:]
) -> [Target] {
  var firsts: [Address: FirstTouch] = [:]
  for snapshot in snapshots {
    for (address, entry) in snapshot.resources {
      firsts[address, default: FirstTouch(before: entry.before)].add(entry)
    }
  }
  let targets = firsts.map { address, first in
    target(
      address: address, first: first, earlier: earlier?.resources[address],
      current: current?.resources[address], serial: serial, dependsOn: dependencies[address],
      isGone: current?.resources[address] != nil && !deleted.contains(address))
  }
  let addresses = Set(earlier?.resources.keys.map { $0 } ?? [])
    .union(current?.resources.keys.map { $0 } ?? []).subtracting(firsts.keys)
  let untouched = addresses.map { address in
    let record = earlier?.resources[address]
    return Target(
      address: address, existence: record == nil ? .unmanaged : .present, attributes: [:],
      reason: .rollback(serial), dependsOn: [], isProtected: record?.isProtected ?? false,
      isGivenBack: true, record: .fixed(record))
  }
  return targets + untouched
}

extension PendingApply {
  /// What this unfinished apply may have deleted.
  var deleted: Set<Address> {
    Set(plan.changes.filter { $0.action == .delete }.map(\.address))
  }

  /// What depends on what, of all that this unfinished apply was to create or change.
  var dependencies: [Address: [Address]] {
    let records = plan.changes.compactMap(\.outcome)
    return Dictionary(records.map { ($0.address, $0.dependsOn) }, uniquingKeysWith: { $1 })
  }
}

/// What stood before an attribute was touched for the first time.
private struct FirstTouch {
  /// The resource before it was touched for the first time; nil where it was not there.
  let before: LiveResource?
  /// The attributes touched; null where one was not set.
  var attributes: [String: Value] = [:]

  mutating func add(_ entry: Snapshot.Entry) {
    for name in entry.touched where attributes[name] == nil {
      attributes[name] = entry.before?.attributes[name] ?? .null
    }
  }
}

/// - Parameter isGone: whether it is somebody else's doing where the resource is not there.
private func target(
  address: Address, first: FirstTouch, earlier: AppliedResource?, current: AppliedResource?,
  serial: Int, dependsOn: [Address]?, isGone: Bool
) -> Target {
  var record = earlier
  for (name, value) in first.attributes where record?.attributes[name] != nil {
    record?.attributes[name] = value
  }
  return Target(
    address: address, existence: first.before == nil ? .absent : .present,
    attributes: first.before == nil ? [:] : first.attributes.mapValues(DesiredValue.init(found:)),
    reason: .rollback(serial),
    dependsOn: dependsOn ?? current?.dependsOn ?? earlier?.dependsOn ?? [],
    isProtected: current?.isProtected ?? false, recorded: first.before?.context ?? [:],
    isGivenBack: isGone, record: .fixed(record))
}
