internal import Model

/// What others changed of the attributes that Weir applied. A value that is already as wanted is
/// no drift, and neither is one that somebody else is meant to move.
func drift(of prior: AppliedResource, live: LiveResource?, target: Target?, isReverted: Bool)
  -> Drift?
{
  guard let live else {
    if target?.existence == .absent { return nil }
    return Drift(
      address: prior.address, fields: [], isMissing: true, serial: prior.serial,
      isReverted: isReverted)
  }
  var fields: [FieldChange] = []
  for (name, applied) in prior.attributes.sorted(by: { $0.key < $1.key }) {
    let now = live.attributes[name]
    switch target?.attributes[name] {
    case .exactly(let wanted)? where wanted == now: continue
    case .absent? where now == nil: continue
    case .within?: continue
    default: break
    }
    fields += leafChanges(from: applied, to: now, at: name) { target?.source(of: $0) }
  }
  if fields.isEmpty { return nil }
  return Drift(
    address: prior.address, fields: fields, isMissing: false, serial: prior.serial,
    isReverted: isReverted)
}
