internal import Model

/// What a plan leaves alone of a resource, because its manifest says `onDrift: keep`.
enum KeptDrift {
  case nothing
  /// These attributes.
  case attributes(Set<String>)
  /// That it is not there any more.
  case absence

  /// Whether an attribute is left as it is.
  func holds(_ name: String) -> Bool {
    if case .attributes(let names) = self { names.contains(name) } else { false }
  }
}

extension Target {
  /// The target with the drift left alone that its manifest keeps: what differs from what was
  /// applied, as long as the policy asks for just that. What the policy asks for anew is a change.
  ///
  /// - Parameters:
  ///   - prior: as the state records it.
  ///   - live: as AWS holds it.
  func keepingDrift(from prior: AppliedResource?, live: LiveResource?) -> Target {
    guard onDrift == .keep, existence == .present, !isSpent, let prior else { return self }
    let unmoved = attributes.filter { $0.value.isSame(as: prior.attributes[$0.key]) }
    var target = self
    if let live {
      let drifted = unmoved.filter { !$0.value.holds(live.attributes[$0.key]) }
      if !drifted.isEmpty { target.kept = .attributes(Set(drifted.keys)) }
    } else if attributes.allSatisfy({ unmoved[$0.key] != nil || $0.value.isRange }) {
      target.kept = .absence
    }
    return target
  }
}

extension DesiredValue {
  /// Whether it asks for just what was applied.
  fileprivate func isSame(as applied: Value?) -> Bool {
    switch self {
    case .exactly(let value): applied == value
    case .absent: applied == .null
    case .within: false
    }
  }

  fileprivate var isRange: Bool { if case .within = self { true } else { false } }
}

/// What stands against a plan because somebody else changed what must not drift.
func driftProblems(_ drifts: [Drift], targets: [Target]) -> [PlanProblem] {
  let refusing = Dictionary(
    targets.filter { $0.onDrift == .refuse }.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
  return drifts.compactMap { drift in
    guard let target = refusing[drift.address] else { return nil }
    let names = drift.fields.map(\.path).joined(separator: ", ")
    let what = drift.isMissing ? "It is not there any more" : "Somebody else changed \(names)"
    return PlanProblem(
      .drift, drift.address,
      """
      \(what) since serial \(drift.serial), and its manifest says `onDrift: refuse`. Put it back \
      by hand, \(drift.isMissing ? "" : "take it over with `weir drift --accept`, ")or let Weir put \
      it back with `onDrift: revert`.
      """, source: target.range)
  }
}
