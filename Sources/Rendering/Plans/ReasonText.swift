internal import Model

/// Why a change is to be made, where its reason is not simply the manifest that asks for it or the
/// goal of the whole plan.
func reasonText(_ change: Change, goal: Plan.Goal) -> String? {
  switch change.reason {
  case .manifest: return nil
  case .rollback(let serial) where goal == .rollback(to: serial): return nil
  case .rollback(let serial): return "rollback to serial \(serial)"
  case .removed(let manifest, let policy):
    return "\(manifest) no longer asks for it: \(consequence(of: policy, change))"
  }
}

/// What becomes of a resource that the policy no longer mentions.
private func consequence(of policy: RemovalPolicy, _ change: Change) -> String {
  switch (change.action, policy) {
  case (.delete, .delete): "deleted, as its onRemove says"
  case (.delete, _): "Weir created it and deletes it"
  case (.create, _): "gives back what Weir found, which is no longer there"
  case (.update, _), (.adopt, _): "gives back what Weir found"
  case (.forget, .keep): "kept as it is, as its onRemove says"
  case (.forget, _) where change.before == nil: "it is no longer there"
  case (.forget, _) where !change.notes.isEmpty: "left as it is"
  case (.forget, _): "it already is as Weir found it"
  }
}
