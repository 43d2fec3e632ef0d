internal import Model

/// What others changed of the attributes that Weir applied. A value that is already as wanted is
/// no drift, and neither is one that somebody else is meant to move, or one of what is spent.
///
/// - Parameters:
///   - change: what the plan does to the resource.
///   - schedules: what the schedules of the state make of it.
func drift(
  of prior: AppliedResource, live: LiveResource?, target: Target?, change: Change?,
  schedules: ScheduledValues, schema: (any ResourceSchema)?
) -> Drift? {
  // Nobody waits for what is spent, unless it is still to come in another form.
  if target?.isSpent == true, change == nil { return nil }
  guard let live else {
    if target?.existence == .absent { return nil }
    return Drift(
      address: prior.address, fields: [], isMissing: true, serial: prior.serial,
      isReverted: change?.action == .create, onDrift: target?.saidOnDrift,
      cost: driftCost(of: prior, expecting: prior.attributes, live: nil, schema: schema))
  }
  var fields: [FieldChange] = []
  var windowed: [String] = []
  var expected = prior.attributes
  var isReverted = true  // unless something that moved is left as it is
  for (name, applied) in prior.attributes.sorted(by: { $0.key < $1.key }) {
    if target?.givenBack.contains(name) == true, target?.attributes[name] == nil { continue }
    if target?.lapsed.contains(name) == true || target?.untouched.contains(name) == true {
      continue
    }
    let now = live.attributes[name]
    let wish = schedules.wish(prior.address, name, lasting: applied)
    let isWanted =
      switch target?.attributes[name] {
      case .exactly(let wanted)?: wanted == now
      case .absent?: now == nil
      case .within?: true
      case nil: false
      }
    if isWanted || wish.holds(now) {
      expected[name] = now ?? .null
      continue
    }
    let value = wish.initialValue ?? applied
    expected[name] = value
    let moved = leafChanges(from: value, to: now, at: name) { target?.source(of: $0) }
    fields += moved
    if value != applied { windowed += moved.map(\.path) }
    if !moved.isEmpty, change?.writes(name) != true { isReverted = false }
  }
  if fields.isEmpty { return nil }
  return Drift(
    address: prior.address, fields: fields, isMissing: false, serial: prior.serial,
    isReverted: isReverted, onDrift: target?.saidOnDrift,
    cost: driftCost(of: prior, expecting: expected, live: live, schema: schema),
    windowed: windowed.isEmpty ? nil : windowed)
}

/// What drift does to the bill: from the attributes as they should be to all as AWS holds them now.
private func driftCost(
  of prior: AppliedResource, expecting expected: [String: Value], live: LiveResource?,
  schema: (any ResourceSchema)?
) -> CostChange? {
  guard let schema else { return nil }
  let context = live?.context ?? prior.foundContext
  var applied = live?.attributes ?? [:]
  for (name, value) in expected { applied[name] = value.isNull ? nil : value }
  let after = live.map { schema.monthlyCost(attributes: $0.attributes, context: context) }
  return CostChange(
    before: schema.monthlyCost(attributes: applied, context: context), after: after ?? .zero)
}

extension Target {
  /// What the manifest says about drift, where it is not what goes without saying.
  fileprivate var saidOnDrift: DriftPolicy? { onDrift == .revert ? nil : onDrift }
}

extension Change {
  /// Whether an attribute is not left as it is.
  fileprivate func writes(_ name: String) -> Bool {
    action == .delete || set[name] != nil || unset.contains(name)
  }
}
