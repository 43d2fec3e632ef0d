public import Model

extension Snapshot {
  /// This snapshot as if everything that `state` owns had stood as it was applied: the way back to
  /// an apply leads to what it brought about, not to what others had made of it by the time of the
  /// next one.
  public func asApplied(by state: State?) -> Snapshot {
    guard let state else { return self }
    var entries = resources
    for (address, entry) in resources {
      guard let record = state.resources[address] else { continue }
      var before =
        entry.before ?? LiveResource(attributes: [:], context: record.foundContext)
      for (name, value) in record.attributes {
        before.attributes[name] = value.isNull ? nil : value
      }
      entries[address] = Entry(before: before, touched: entry.touched)
    }
    return Snapshot(serial: serial, resources: entries)
  }
}
