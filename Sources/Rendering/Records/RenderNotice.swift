public import Model

/// What a notice tells of how an apply ended. No value of a resource is in it.
public struct NoticeFacts: Sendable {
  /// How it went.
  public let report: ApplyReport
  /// The plan that was applied.
  public let plan: Plan
  /// Who applied.
  public let actor: String

  /// How `plan` was applied by `actor`.
  public init(report: ApplyReport, plan: Plan, actor: String) {
    self.report = report
    self.plan = plan
    self.actor = actor
  }
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
    default:
      (notice.isRollback ? "rolled back" : "applied") + ", \(counted(applied, "change"))"
    }
  let text = "weir: \(report.environment.name) \(report.serial) \(how)"
  let ascii = text.unicodeScalars.map { (0x20...0x7E).contains($0.value) ? Character($0) : "?" }
  return String(ascii.prefix(100))
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
  if let version = report.version { facts.append(("state", version)) }
  var lines = [verdict(report), ""]
  lines += facts.map { label, value in
    label + String(repeating: " ", count: 13 - label.count) + safe(value)
  }
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
  fileprivate var isRollback: Bool { if case .rollback = plan.goal { true } else { false } }
}
