internal import Foundation
internal import Model

/// The sentences about a plan that every view shares.
struct PlanWords {
  let plan: Plan
  let digest: String?

  /// What the plan is: `Plan for prod (123456789012, us-east-2), policy 4f2c1d9`.
  var title: String {
    var title: String
    let environment = environmentText(plan.environment)
    switch plan.goal {
    case .policy: title = "Plan for \(environment), \(policy)"
    case .rollback(let serial): title = "Rollback plan for \(environment), to serial \(serial)"
    }
    if !plan.selection.isEmpty { title += ", only \(enumerated(plan.selection))" }
    if let hash = digest?.split(separator: ":").last {
      title += ", plan \(short(String(hash), length: 12))"
    }
    return title
  }

  /// The policy that the plan was made from.
  private var policy: String {
    guard let commit = plan.policy.commit else { return "policy without a commit" }
    return "policy \(short(commit))"
      + (plan.policy.hasUncommittedChanges ? " + uncommitted changes" : "")
  }

  /// How many changes there are of each action; rare ones only where they occur.
  var counts: String {
    var parts = [Change.Action.create, .update, .delete].map {
      "\(plan.count(of: $0)) to \($0.verb)"
    }
    parts += [Change.Action.adopt, .forget].filter { plan.count(of: $0) > 0 }
      .map { "\(plan.count(of: $0)) to \($0.verb)" }
    return (parts + ["\(plan.drift.count) drifted"]).joined(separator: ", ")
  }

  /// What the plan does to the bill: `-$134.08/mo and 2 unknown`.
  var money: String {
    let unknown = plan.changes.count { !$0.cost.unknowns.isEmpty }
    let delta = plan.cost.delta
    let known = Rendering.money(delta, signed: true)
    if unknown == 0 { return known }
    return delta == 0 ? "\(unknown) unknown" : "\(known) and \(unknown) unknown"
  }

  /// The last line: counts and money, or that there is nothing to do.
  var totals: String {
    guard plan.isEmpty else {
      return "Plan: \(counts). \(money)\(priceDays(plan.cost))"
    }
    if plan.problems.contains(where: \.isError) { return "No changes can be planned." }
    if !plan.selection.isEmpty {
      return "No changes among the resources that match \(enumerated(plan.selection))."
    }
    let kept = plan.drift.count(where: \.isKept)
    let asWanted = max(0, plan.resourceCount - kept)
    let resources = counted(asWanted, "resource")
    let verb = asWanted == 1 ? "is" : "are"
    return switch plan.goal {
    case .policy:
      "No changes. \(resources) \(verb) as the \(policy(at: verb))"
        + (kept == 0 ? "" : " \(kept) drifted and \(kept == 1 ? "is" : "are") kept so.")
    case .rollback(let serial):
      "No changes. \(resources) \(verb) as \(verb == "is" ? "it" : "they") stood at serial \(serial)."
    }
  }

  private func policy(at verb: String) -> String {
    let object = verb == "is" ? "it" : "them"
    guard let commit = plan.policy.commit, !plan.policy.hasUncommittedChanges else {
      return "policy in the work tree wants \(object)."
    }
    return "policy at \(short(commit)) wants \(object)."
  }

  /// What else there is to know once everything has been shown, one sentence each.
  var closingRemarks: [String] {
    var remarks: [String] = []
    if !plan.refreshed.isEmpty {
      let records = counted(plan.refreshed.count, "record")
      remarks.append("With the next apply, \(records) of the state will be brought up to date.")
    }
    let errors = plan.problems.count(where: \.isError)
    if errors > 0 {
      remarks.append(
        "\(counted(errors, "problem")) \(errors == 1 ? "stands" : "stand") against this plan: it cannot be applied."
      )
    }
    if plan.cost.prices.hasSecondaryPrices {
      remarks.append(
        "\(secondaryMark) with a price that others retell, not read from AWS's own list."
      )
    }
    return remarks + plan.permissions.map(permissionRemark)
  }

  private func permissionRemark(_ permission: Permission) -> String {
    switch permission {
    case .delete:
      // Where deletions take no more than this, nothing else counts those that are for good.
      let lost =
        plan.goal == .policy ? plan.changes.count { $0.action == .delete && $0.isIrreversible } : 0
      return counted(plan.count(of: .delete), "deletion")
        + (lost == 0 ? "" : ", \(lost) of which no rollback brings back")
        + ": to apply it takes --allow-delete."
    case .irreversible:
      let count = plan.irreversibleChanges.count
      return "\(counted(count, "change")) that no rollback brings back: to apply it takes "
        + "--allow-irreversible."
    }
  }
}

/// An environment with its account and region.
func environmentText(_ environment: EnvironmentReference) -> String {
  "\(environment.name) (\(environment.account), \(environment.region))"
}
