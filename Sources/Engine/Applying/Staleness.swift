internal import Model

/// What moved in AWS since the plan was made, of what the change touches and of what it records.
func staleReasons(_ change: Change, live: LiveResource?, vault: SecretVault) -> [String] {
  var vault = vault
  guard let before = change.before else {
    return live == nil ? [] : ["\(change.address) has been created by somebody else"]
  }
  guard let live else { return ["\(change.address) is no longer there"] }
  let now = vault.conceal(live)
  let touched = Set(change.set.keys).union(change.unset)
    .union(change.outcome?.attributes.keys.map { $0 } ?? []).sorted()
  return touched.filter { name in
    now.attributes[name] != before.attributes[name]
      && !change.accepts(now.attributes[name], of: name)
  }.map { name in
    "\(change.address): \(name) has changed since the plan was made"
  }
}

extension Snapshot {
  /// What stands before a plan is applied.
  init(of plan: Plan, serial: Int) {
    let entries = plan.changes.filter { $0.action.writes }.map { change in
      (
        change.address,
        Entry(
          before: change.before, touched: Set(change.set.keys).union(change.unset).sorted())
      )
    }
    self.init(serial: serial, resources: Dictionary(uniqueKeysWithValues: entries))
  }
}
