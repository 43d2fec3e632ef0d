public import Model

/// What a notice tells of how an apply ended. No value of a resource is in it.
public struct NoticeFacts: Sendable {
  /// How it went.
  public let report: ApplyReport
  /// The plan that was applied.
  public let plan: Plan
  /// Who applied.
  public let actor: String
  /// How an unfinished apply was taken up; nil where it was none.
  public let recovery: Recovery?

  /// What `weir recover` does with an unfinished apply.
  public enum Recovery: Sendable {
    case finish, undo
  }

  /// How `plan` was applied by `actor`.
  public init(report: ApplyReport, plan: Plan, actor: String, recovery: Recovery? = nil) {
    self.report = report
    self.plan = plan
    self.actor = actor
    self.recovery = recovery
  }
}

/// What a notice tells of an apply that could not be brought to an end.
public struct UnfinishedFacts: Sendable {
  /// The environment.
  public let environment: EnvironmentReference
  /// The number of the apply.
  public let serial: Int
  /// Who applied.
  public let actor: String
  /// The commit of the policy; nil where there is none.
  public let policyCommit: String?
  /// Why it could not be ended.
  public let reason: String

  /// An apply of `plan` by `actor` that was left for `reason`.
  public init(serial: Int, plan: Plan, actor: String, reason: String) {
    environment = plan.environment
    self.serial = serial
    self.actor = actor
    policyCommit = plan.policy.commit
    self.reason = reason
  }
}

/// The subject of a notice of an apply that is left unfinished.
public func subject(of notice: UnfinishedFacts) -> String {
  ascii("weir: \(notice.environment.name) \(notice.serial) is unfinished")
}

/// The text of a notice of an apply that is left unfinished.
public func text(of notice: UnfinishedFacts) -> String {
  let environment = notice.environment.name
  let lines =
    ["Apply \(notice.serial) to \(environment) is unfinished: \(safe(notice.reason))", ""]
    + columns([
      ("environment", environmentText(notice.environment)), ("serial", "\(notice.serial)"),
      ("by", notice.actor), ("policy", notice.policyCommit ?? "no commit"),
    ]) + ["", "weir recover --env \(environment)"]
  return lines.joined(separator: "\n") + "\n"
}

/// The subject of a notice: ASCII on one line, 100 characters at most (SNS API, Publish).
public func subject(of notice: NoticeFacts) -> String {
  let report = notice.report
  let applied = report.outcomes.count { $0.result == .applied }
  let all = report.outcomes.count
  let how =
    switch report.result {
    case .undone: "failed and was undone"
    case _ where applied == 0 && all > 0: "failed"
    case _ where applied < all: "applied in part, \(applied) of \(counted(all, "change"))"
    default: "\(notice.verb), \(counted(applied, "change"))"
    }
  return ascii("weir: \(report.environment.name) \(report.serial) \(how)")
}

/// The text of a notice.
public func text(of notice: NoticeFacts) -> String {
  let (report, plan) = (notice.report, notice.plan)
  var facts = [
    ("environment", environmentText(report.environment)), ("serial", "\(report.serial)"),
    ("by", notice.actor), ("policy", plan.policy.commit ?? "no commit"),
  ]
  if case .rollback(let serial) = plan.goal { facts.append(("back to", "serial \(serial)")) }
  facts.append(("bill", moneyColumn(report.cost)))
  switch notice.recovery {
  case .finish?: facts.append(("recovery", "finished what was left unfinished"))
  case .undo?: facts.append(("recovery", "undid what was left unfinished"))
  case nil: break
  }
  if let version = report.version { facts.append(("state", version)) }
  var lines = [verdict(report), ""] + columns(facts)
  let missed =
    report.result == .undone
    ? report.undo?.failures ?? [] : report.outcomes.filter { $0.result != .applied }
  if !missed.isEmpty { lines += ["", "Not applied:"] }
  lines += missed.prefix(shownFailures).map { outcome in
    switch outcome.result {
    case .applied: "  \(safe("\(outcome.address)"))"
    case .failed(let message): "  \(safe("\(outcome.address)")): failed: \(safe(message))"
    case .skipped(let message): "  \(safe("\(outcome.address)")): not tried: \(safe(message))"
    }
  }
  if missed.count > shownFailures { lines.append("  and \(missed.count - shownFailures) more") }
  lines += ["", "weir show \(report.serial) --env \(report.environment.name)"]
  return lines.joined(separator: "\n") + "\n"
}

/// How many failures a notice lists.
private let shownFailures = 20

extension NoticeFacts {
  fileprivate var verb: String {
    switch (recovery, plan.goal) {
    case (.finish?, _): "recovered"
    case (.undo?, _): "undone"
    case (nil, .rollback): "rolled back"
    case (nil, .policy): "applied"
    }
  }
}

private func ascii(_ text: String) -> String {
  let characters = text.unicodeScalars.map {
    (0x20...0x7E).contains($0.value) ? Character($0) : "?"
  }
  return String(characters.prefix(100))
}

private func columns(_ facts: [(String, String)]) -> [String] {
  facts.map { label, value in
    label + String(repeating: " ", count: 13 - label.count) + safe(value)
  }
}
