internal import Model

/// The state after an apply: what was applied, and of what failed just what AWS shows.
///
/// - Parameter unsent: the changes of which nothing was sent to AWS: their records stay.
func nextState(
  _ state: State, plan: Plan, digest: String, serial: Int, outcomes: [ChangeOutcome],
  unsent: Set<Address> = [], live: [Address: LiveResource]
) -> State {
  var next = state
  next.serial = serial
  next.environment = plan.environment
  next.policyCommit = plan.policy.commit
  next.planDigest = digest
  if let parking = plan.parking { next.parking = parking }
  for record in plan.refreshed { next.resources[record.address] = record }
  let results = Dictionary(uniqueKeysWithValues: outcomes.map { ($0.address, $0.result) })
  for change in plan.changes {
    let prior = state.resources[change.address]
    switch results[change.address] {
    case .applied?: next.resources[change.address] = change.outcome
    case .failed? where !unsent.contains(change.address):
      next.resources[change.address] = change.partialRecord(
        prior: prior, live: live[change.address])
    case .failed?, .skipped?, nil: break
    }
  }
  return next
}

extension Change {
  /// The record after this change failed, perhaps half-way: of what AWS shows as it was wanted what
  /// the change would have recorded, of the rest what stood before.
  func partialRecord(prior: AppliedResource?, live: LiveResource?) -> AppliedResource? {
    guard let live else { return action == .delete ? nil : prior }
    let touched = Set(set.keys).union(unset)
    let made = touched.filter { isDone($0, in: live) }
    guard before == nil || !made.isEmpty, var record = outcome ?? prior else { return prior }
    for name in touched {
      if !made.contains(name) {
        record.attributes[name] = prior?.attributes[name]
        record.found[name] = prior?.found[name] ?? record.found[name]
      } else if outcome == nil, record.attributes[name] != nil {
        record.attributes[name] = live.attributes[name] ?? .null
      }
    }
    return record
  }
}

/// What an apply did, in one line.
///
/// - Parameter failures: what was not applied and is why it undoes what was; nil where it does not.
func summary(of outcomes: [ChangeOutcome], plan: Plan, failures: [ChangeOutcome]?) -> String {
  let applied = outcomes.filter { $0.result == .applied }
  let verbs: [(Change.Action, String)] = [
    (.create, "created"), (.update, "changed"), (.delete, "deleted"), (.adopt, "adopted"),
    (.forget, "forgotten"),
  ]
  let parts = verbs.compactMap { action, verb in
    let count = applied.count { $0.action == action }
    return count == 0 ? nil : "\(count) \(verb)"
  }
  let failed = outcomes.count - applied.count
  let all = parts + (failed == 0 ? [] : ["\(failed) not applied"])
  let nothing =
    plan.parking != nil
    ? "parking recorded"
    : plan.refreshed.isEmpty ? "nothing to do" : "records brought up to date"
  let text = all.isEmpty ? nothing : all.joined(separator: ", ")
  if let first = failures?.first(where: \.isFailed) ?? failures?.first {
    return "undone, because \(first.address) failed: \(text)"
  }
  if case .rollback(let serial) = plan.goal { return "rollback to serial \(serial): \(text)" }
  return text
}

extension ChangeOutcome {
  /// Whether it was tried and did not come about.
  var isFailed: Bool { if case .failed = result { true } else { false } }
}
