internal import Foundation
internal import Model

/// How an environment stands, as `weir status` shows it.
///
/// - Throws: `EncodingError`.
public func render(status: StatusFacts, format: OutputFormat, style: TextStyle) throws -> String {
  var facts: [Fact] = []
  if let entry = status.lastApply {
    facts.append(Fact("last apply", "serial \(entry.serial), \(timeText(entry.time))"))
    facts.append(Fact("summary", entry.summary))
    facts.append(Fact("by", entry.actor))
  } else {
    facts.append(Fact("last apply", "none yet"))
  }
  facts += [
    Fact("policy", policyText(status)),
    Fact("resources", String(status.stored.state?.resources.count ?? 0)),
    Fact("lease", leaseText(status)),
  ]
  if let backup = status.backup { facts.append(Fact("backup", backupText(backup))) }
  if let commitments = status.commitments {
    facts.append(Fact("commitments", commitmentText(commitments)))
  }
  var blocks: [Block] = [.facts(facts)]
  if let commitments = status.commitments, !commitments.isEmpty {
    blocks.append(.table(.commitments(commitments)))
  }
  if let pending = status.stored.pending {
    let advice =
      status.isLeased
      ? "It may still be running." : "Nothing holds it any more: run weir recover to end it."
    let changes = counted(pending.plan.changes.count, "change")
    blocks.append(
      .paragraph(
        "Serial \(pending.serial), \(changes), has begun and not ended. \(advice)", .delete))
  }
  return try render(
    Document(title: environmentText(status.environment), blocks: blocks),
    json: StatusJSON(status), format: format, style: style)
}

private func policyText(_ status: StatusFacts) -> String {
  let head = status.head.commit.map { short($0) } ?? "no commit"
  let uncommitted = status.head.hasUncommittedChanges ? " + uncommitted changes" : ""
  guard let applied = status.stored.state?.policyCommit.map({ short($0) }) else {
    return "\(standingText(status)); here is \(head)\(uncommitted)"
  }
  if status.isPolicyApplied { return "\(applied), the same as here" }
  let here = "\(applied); here is \(head)\(uncommitted)"
  if status.isLastApplyWhole { return here }
  if case .rollback? = status.report?.plan.goal { return here + "; the last apply was a rollback" }
  return here + "; the last apply was made in part"
}

/// How an environment stands whose last apply was of no commit.
private func standingText(_ status: StatusFacts) -> String {
  guard status.lastApply != nil else { return "not applied yet" }
  let left = status.stored.state?.resources.count ?? 0
  if left == 0 { return "none: all was given up" }
  guard case .rollback? = status.report?.plan.goal else { return "without a commit" }
  return "none: \(counted(left, "resource")) \(left == 1 ? "is" : "are") still managed"
}

private func leaseText(_ status: StatusFacts) -> String {
  guard let lease = status.stored.pending?.lease else { return "free" }
  let since = "\(lease.holder) since \(timeText(lease.since))"
  return status.isLeased
    ? "\(since) until \(timeText(lease.until))" : "\(since), ran out at \(timeText(lease.until))"
}

private func backupText(_ backup: StatusFacts.Backup) -> String {
  let last = backup.last.map { "up to serial \($0)" } ?? "empty"
  if backup.missing.isEmpty { return "\(backup.place), \(last)" }
  return "\(backup.place), \(last); it lacks serial "
    + backup.missing.map(String.init).joined(separator: ", ")
}

/// The status for programs.
private struct StatusJSON: Encodable {
  let formatVersion = viewFormatVersion
  let environment: EnvironmentReference
  let serial: Int
  let lastApply: HistoryEntry?
  let policyCommit: String?
  let head: StatusFacts.Head
  let isPolicyApplied: Bool
  let isLeased: Bool
  let resources: Int
  let unfinished: UnfinishedJSON?
  let backup: StatusFacts.Backup?
  let commitments: [Commitment]?

  init(_ status: StatusFacts) {
    environment = status.environment
    serial = status.stored.state?.serial ?? 0
    lastApply = status.lastApply
    policyCommit = status.stored.state?.policyCommit
    head = status.head
    isPolicyApplied = status.isPolicyApplied
    isLeased = status.isLeased
    resources = status.stored.state?.resources.count ?? 0
    unfinished = status.stored.pending.map(UnfinishedJSON.init)
    backup = status.backup
    commitments = status.commitments
  }
}
