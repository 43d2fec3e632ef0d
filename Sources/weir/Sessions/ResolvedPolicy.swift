internal import Engine
internal import Model
internal import Policy

/// What a policy asks for once it is known what its selectors mean in AWS, and what was read for that.
struct ResolvedPolicy {
  /// All that it asks for.
  let desired: [DesiredResource]
  /// What was read, as it is.
  let live: [Address: LiveResource]
  /// What each selector means.
  let found: [ResourceSelector: [String: LiveResource]]
  /// What schedules of AWS have parked, as if Weir had recorded it.
  let parked: [Address: AppliedResource]
  /// By parking group what is to be given back once AWS has parked it by itself.
  let returns: [String: [Address: [String: Value]]]
  /// What to say of selectors, groups and what they mean.
  let remarks: [String]
}

extension Plan {
  /// Records what AWS has parked and is to stay parked until somebody says otherwise. What is parked for a window
  /// alone is not recorded: AWS starts it again.
  ///
  /// - Parameter state: the resources that the state holds without them.
  mutating func keep(
    _ parked: [Address: AppliedResource], of desired: [DesiredResource],
    beside state: [Address: AppliedResource]
  ) {
    let wanted = Dictionary(
      desired.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    let lasting = parked.values.filter { record in
      guard let wanted = wanted[record.address] else { return false }
      return record.attributes.contains { name, value in
        wanted.lasting[name] == nil
          && wanted.attributes[name] == (value.isNull ? .absent : .exactly(value))
      }
    }
    let kept = Set(lasting.map(\.address))
    refreshed.removeAll {
      parked[$0.address] != nil && state[$0.address] == nil && !kept.contains($0.address)
    }
    let known = Set(changes.map(\.address)).union(refreshed.map(\.address))
    refreshed += lasting.filter { !known.contains($0.address) }.sorted { $0.address < $1.address }
  }
}
