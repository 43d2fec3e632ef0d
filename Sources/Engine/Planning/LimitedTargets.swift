internal import Model

/// The targets of a plan that is about some attributes of some resources: all else stays as AWS holds it and as
/// the state records it, whatever the policy says of it by now.
///
/// - Parameter limits: the attributes that the plan may change, by resource.
func limited(
  _ targets: [Target], to limits: [Address: Set<String>], input: PlanInput
) -> [Target] {
  targets.compactMap { target in
    limits[target.address].flatMap {
      target.limited(
        to: $0, prior: input.state?.resources[target.address],
        isLive: input.live[target.address] != nil)
    }
  }
}

extension Target {
  /// The part of the target that is about `names`; nil where that is nothing, or where the resource as a whole is
  /// to come or to go.
  fileprivate func limited(to names: Set<String>, prior: AppliedResource?, isLive: Bool) -> Target?
  {
    let others = Set(attributes.keys).union((prior?.attributes ?? [:]).keys).subtracting(names)
    if others.isEmpty { return self }
    guard existence == .present, isLive else { return nil }
    var target = self
    target.attributes = attributes.filter { names.contains($0.key) }
    target.accepted = accepted.filter { names.contains($0.key) }
    target.untouched = others
    if target.attributes.isEmpty { return nil }
    if case .fixed(nil) = record, var rest = prior {
      // It goes on being managed: what is left is the next apply's.
      rest.attributes = rest.attributes.filter { others.contains($0.key) }
      rest.found = rest.found.filter { others.contains($0.key) }
      target.record = .fixed(rest)
    }
    return target
  }
}
