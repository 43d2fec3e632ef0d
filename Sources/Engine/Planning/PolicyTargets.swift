internal import Model

/// What the policy makes of each resource that it names or that the state still holds.
func policyTargets(
  desired: [DesiredResource], state: State?, schemas: [String: any ResourceSchema],
  elsewhere: [Address: [String: String]] = [:], live: [Address: LiveResource] = [:],
  schedules: ScheduledValues? = nil
) -> [Target] {
  /// What a schedule has given back already.
  func givenBack(_ record: AppliedResource?) -> Set<String> {
    guard let record, let schedules else { return [] }
    return record.found.keys.reduce(into: []) { names, name in
      if schedules.hasGivenBack(name, of: record, live: live[record.address]) { names.insert(name) }
    }
  }
  let named = Set(desired.map(\.address))
  let superseded = Dictionary(
    desired.compactMap { unwanted in unwanted.supersedes.map { ($0, unwanted.address) } },
    uniquingKeysWith: { first, _ in first })
  let wanted = desired.map {
    $0.isUnwanted
      ? target(deleting: $0)
      : target(
        of: $0, prior: state?.resources[$0.address], schemas: schemas,
        elsewhere: elsewhere[$0.address] ?? [:], givenBack: givenBack(state?.resources[$0.address]))
  }
  let removed = (state?.resources.values.map { $0 } ?? [])
    .filter { !named.contains($0.address) }
    .map {
      target(
        removing: $0, schema: schemas[$0.address.type], elsewhere: elsewhere[$0.address] ?? [:],
        supersededBy: superseded[$0.address], givenBack: givenBack($0))
    }
  return wanted + removed
}

/// What the policy asks for, and what it no longer asks for of the same resource.
private func target(
  of desired: DesiredResource, prior: AppliedResource?, schemas: [String: any ResourceSchema],
  elsewhere: [String: String], givenBack: Set<String>
) -> Target {
  let schema = schemas[desired.address.type]
  var attributes = normalized(desired.attributes, schema: schema)
  var reason = Change.Reason.manifest(desired.manifest)
  var notes = desired.notes
  var recorded: [String: Value] = [:]
  var precedes: [Address] = []
  if let prior, desired.onRemove != .keep, !desired.isSpent {
    precedes = prior.dependsOn.filter { !desired.dependsOn.contains($0) }
    let dropped = prior.found.filter {
      desired.attributes[$0.key] == nil && elsewhere[$0.key] == nil
        && !desired.lapsed.contains($0.key) && !givenBack.contains($0.key)
    }
    if !dropped.isEmpty {
      // Beside what is wanted now, what was found may have no place: a table on demand has no capacity.
      attributes = normalized(
        attributes.merging(dropped.mapValues(DesiredValue.init(found:))) { wanted, _ in wanted },
        schema: schema)
      recorded = prior.foundContext
      let names = dropped.keys.sorted().joined(separator: ", ")
      notes.append("no longer set by the policy, given back as found: \(names)")
      if dropped.count == attributes.count { reason = .removed(prior.manifest, .restore) }
    }
  }
  return Target(
    address: desired.address, existence: .present, attributes: attributes,
    accepted: attributes.compactMapValues(\.accepted), reason: reason, sources: desired.sources,
    range: desired.range, dependsOn: desired.dependsOn, precedes: precedes,
    isProtected: desired.isProtected, notes: notes,
    recorded: recorded, isSpent: desired.isSpent, lapsed: desired.lapsed, givenBack: givenBack,
    onDrift: desired.onDrift,
    record: .owned(desired))
}

/// What the policy asks to be deleted: nothing of it is left to be recorded.
private func target(deleting unwanted: DesiredResource) -> Target {
  Target(
    address: unwanted.address, existence: .absent, attributes: [:],
    reason: .manifest(unwanted.manifest), sources: unwanted.sources, range: unwanted.range,
    dependsOn: unwanted.dependsOn, isProtected: unwanted.isProtected, notes: unwanted.notes,
    isUnwanted: true, record: .fixed(nil))
}

/// What becomes of a resource that the policy no longer names.
///
/// - Parameter other: what is deleted and is the same thing; nothing is given back then.
private func target(
  removing prior: AppliedResource, schema: (any ResourceSchema)?, elsewhere: [String: String],
  supersededBy other: Address?, givenBack: Set<String>
) -> Target {
  let isDeletable = schema?.isDeletable ?? false
  var target = Target(
    address: prior.address, existence: .unmanaged, attributes: [:],
    reason: .removed(prior.manifest, prior.onRemove), dependsOn: prior.dependsOn,
    isProtected: prior.isProtected, record: .fixed(nil))
  if let other {
    target.notes.append("it is deleted as \(other)")
    return target
  }
  if let other = prior.attributes.keys.sorted().lazy.compactMap({ elsewhere[$0] }).first {
    target.notes.append("the environment \(other) asks for it now, so that it is left as it is")
    return target
  }
  switch prior.onRemove {
  case .keep: break
  case .delete where isDeletable: target.existence = .absent
  case .restore where prior.wasCreated && isDeletable: target.existence = .absent
  case .restore, .delete:
    target.existence = .present
    target.isGivenBack = true
    target.attributes = prior.found.filter { !givenBack.contains($0.key) }
      .mapValues(DesiredValue.init(found:))
    target.givenBack = givenBack
    target.recorded = prior.foundContext
  }
  return target
}

/// The wishes in the normal form of their type, so that equal meaning is no difference.
func normalized(
  _ attributes: [String: DesiredValue], schema: (any ResourceSchema)?
) -> [String: DesiredValue] {
  guard let schema else { return attributes }
  var exact: [String: Value] = [:]
  var others = attributes
  for (name, wish) in attributes {
    guard case .exactly(let value) = wish else { continue }
    exact[name] = value
    others[name] = nil
  }
  let normal = schema.normalized(exact)
  // What the normal form leaves out is what AWS does not hold: a default, an empty text.
  let absent = exact.filter { normal[$0.key] == nil }.mapValues { _ in DesiredValue.absent }
  return normal.mapValues(DesiredValue.exactly).merging(absent) { $1 }.merging(others) { $1 }
}
