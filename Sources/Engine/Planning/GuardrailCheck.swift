internal import Foundation
public import Model

extension Plan {
  /// The plan with what the project's limits say to it, and with the permissions that its apply
  /// needs. Rollbacks are not limited: the way back is never barred, save what cannot be reversed
  /// and what deletes a protected resource, which both take their permission.
  ///
  /// - Parameter state: what Weir manages before it.
  public func guarded(by guardrails: Guardrails, state: State?) -> Plan {
    var plan = self
    plan.permissions =
      irreversibleChanges.isEmpty || guardrails.allowsIrreversible ? [] : [.irreversible]
    guard goal == .policy else {
      let deletesProtected = changes.contains {
        $0.action == .delete && state?.resources[$0.address]?.isProtected == true
      }
      if deletesProtected { plan.permissions.insert(.delete, at: 0) }
      return plan
    }
    let deletions = changes.filter { $0.action == .delete }
    // What nothing brings back is deleted unasked only where the project allows both.
    let areAllowed =
      guardrails.allowsDeletes
      && (guardrails.allowsIrreversible || !deletions.contains(where: \.isIrreversible))
    if !deletions.isEmpty, !areAllowed { plan.permissions.insert(.delete, at: 0) }
    plan.problems += guardrails.breaches(of: self, state: state).map { PlanProblem($0, $0.message) }
    let unknown = changes.count { !$0.cost.unknowns.isEmpty }
    if guardrails.maxIncrease != nil, unknown > 0 {
      plan.problems.append(
        PlanProblem(
          remark: "The cost of \(unknown) of its changes is not wholly known; maxIncrease counts "
            + "only what is known."))
    }
    return plan
  }

  /// The plan with these limits let pass.
  public func overriding(_ guardrails: Set<Guardrail>) -> Plan {
    var plan = self
    plan.problems = problems.map { problem in
      guard problem.code == .guardrail, let breach = problem.breach,
        guardrails.contains(breach.guardrail)
      else { return problem }
      return PlanProblem(
        breach, isOverridden: true,
        "\(breach.sentence) It was let pass with `--override-guardrail`.")
    }
    return plan
  }

  /// The permissions that its apply needs and that are not among `given`.
  public func missing(_ given: Set<Permission>) -> [Permission] {
    permissions.filter { !given.contains($0) }
  }
}

extension Guardrails {
  /// The limits that a plan goes beyond.
  func breaches(of plan: Plan, state: State?) -> [GuardrailBreach] {
    let writing = plan.changes.filter(\.action.writes)
    func breach(_ guardrail: Guardrail, _ figure: Decimal, _ limit: Decimal?) -> [GuardrailBreach] {
      guard let limit, figure > limit else { return [] }
      return [GuardrailBreach(guardrail, figure: figure, limit: limit)]
    }
    return breach(.maxChanges, Decimal(writing.count), maxChanges.map { Decimal($0) })
      + breach(.maxDeletes, Decimal(plan.count(of: .delete)), maxDeletes.map { Decimal($0) })
      + breach(.maxIncrease, plan.cost.delta, maxIncrease)
      + fleetBreaches(writing, state: state)
  }

  private func fleetBreaches(_ changes: [Change], state: State?) -> [GuardrailBreach] {
    guard let limit = maxPercentOfFleet else { return [] }
    let managed = state?.resources.keys.map { $0 } ?? []
    let fleets = Dictionary(grouping: managed, by: \.type).mapValues(Set.init)
    return fleets.sorted { $0.key < $1.key }.compactMap { type, fleet in
      let changed = changes.count { fleet.contains($0.address) }
      let percent = Decimal(changed) * 100 / Decimal(fleet.count)
      guard fleet.count >= Self.smallestFleet, percent > limit else { return nil }
      return GuardrailBreach(.maxPercentOfFleet, figure: percent, limit: limit, type: type)
    }
  }
}

extension GuardrailBreach {
  /// What, and what would do instead.
  fileprivate var message: String {
    """
    \(sentence) Apply less at a time with `--select`, raise `guardrails.\(guardrail.rawValue)` in \
    weir.yaml, or let it pass once with `weir apply --override-guardrail \(guardrail.rawValue)`.
    """
  }

  fileprivate var sentence: String {
    let (figure, limit) = (short(figure), short(limit))
    return switch guardrail {
    case .maxChanges: "It makes \(figure) changes, and the project allows \(limit) in one apply."
    case .maxDeletes: "It deletes \(figure), and the project allows \(limit) in one apply."
    case .maxIncrease:
      "It raises the known bill by \(figure) USD a month, and the project allows \(limit) USD."
    case .maxPercentOfFleet:
      "It changes \(figure)% of the managed resources of type \(type ?? ""), and the project "
        + "allows \(limit)%."
    }
  }
}

/// A figure to two places, upwards, so that one beyond a limit never looks as if it were within.
private func short(_ figure: Decimal) -> String {
  var (exact, rounded) = (figure, Decimal())
  unsafe NSDecimalRound(&rounded, &exact, 2, .up)
  return "\(rounded)"
}
