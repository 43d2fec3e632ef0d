public import Model

extension [Snapshot] {
  /// These snapshots as if everything that `state` owns had stood as it was applied: the way back to an
  /// apply leads to what it brought about, not to what others had made of it by the time of the next
  /// one, nor to what later applies only took over.
  public func asApplied(by state: State?) -> [Snapshot] {
    guard let state, let last else { return self }
    let touched = reduce(into: Set<Address>()) { $0.formUnion($1.resources.keys) }
    let others = state.resources.filter { !touched.contains($0.key) }.mapValues { record in
      Snapshot.Entry(
        before: LiveResource(attributes: record.attributes.filter { !$0.value.isNull }),
        touched: record.attributes.keys.sorted())
    }
    return map { $0.asApplied(by: state) } + [Snapshot(serial: last.serial, resources: others)]
  }
}

extension Snapshot {
  fileprivate func asApplied(by state: State) -> Snapshot {
    var entries = resources
    for (address, entry) in resources {
      guard let record = state.resources[address] else { continue }
      var before =
        entry.before ?? LiveResource(attributes: [:], context: record.foundContext)
      for (name, value) in record.attributes {
        before.attributes[name] = value.isNull ? nil : value
      }
      entries[address] = Entry(
        before: before, touched: Set(entry.touched).union(record.attributes.keys).sorted())
    }
    return Snapshot(serial: serial, resources: entries)
  }
}
