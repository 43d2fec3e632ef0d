internal import Model

/// The rest of an apply that was interrupted: every intent with what it was to bring about.
func finishTargets(_ pending: PendingApply) -> [Target] {
  pending.plan.changes.map { change in
    var attributes = change.set.mapValues(DesiredValue.exactly)
    for name in change.unset { attributes[name] = .absent }
    let existence: Target.Existence =
      switch change.action {
      case .create, .update, .adopt: .present
      case .delete: .absent
      case .forget: .unmanaged
      }
    let sources = Dictionary(
      change.fields.compactMap { field in field.source.map { (field.path, $0) } },
      uniquingKeysWith: { first, _ in first })
    return Target(
      address: change.address, existence: existence, attributes: attributes,
      accepted: change.accepted ?? [:], reason: change.reason, sources: sources,
      dependsOn: change.after, isOrderFixed: true,
      isProtected: false, recorded: change.recorded, isGivenBack: change.action != .create,
      record: .fixed(change.outcome))
  }
}
