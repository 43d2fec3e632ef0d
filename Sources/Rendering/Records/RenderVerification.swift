public import Model

/// What the check of a state branch found: what was checked, then every problem, then what mends them.
///
/// - Throws: `EncodingError`.
public func render(
  verification: StateVerification, environment: EnvironmentReference, format: OutputFormat,
  style: TextStyle
) throws -> String {
  let count = verification.problems.count
  let title =
    verification.version == nil
    ? "There is no branch \(verification.branch)."
    : count == 0
      ? "The state of \(environmentText(environment)) is sound."
      : "The state of \(environmentText(environment)) has \(counted(count, "problem"))."
  var blocks: [Block] = []
  if verification.version != nil { blocks.append(.facts(checkedFacts(verification))) }
  if count > 0 {
    blocks.append(.table(problemTable(verification.problems)))
    blocks += StateVerification.Problem.Remedy.allCases.filter { remedy in
      verification.problems.contains { $0.remedy == remedy }
    }.map { .paragraph("- \(advice($0))") }
  }
  if !verification.mended.isEmpty {
    blocks.append(
      .details(
        Cell(
          "\(counted(verification.mended.count, "problem")) of the time before a state was restored"
        ),
        [.table(problemTable(verification.mended))]))
  }
  return try render(
    Document(title: title, blocks: blocks), json: VerificationJSON(environment, verification),
    format: format, style: style)
}

private func checkedFacts(_ found: StateVerification) -> [Fact] {
  let span = found.serials.first.flatMap { first in
    found.serials.last.map { $0 == first ? "\(first)" : "\(first) to \($0)" }
  }
  var facts = [
    Fact("branch", "\(found.branch) at \(short(found.version ?? ""))"),
    Fact(
      "commits",
      "\(found.commits)" + (found.isShallow ? "; this clone is shallow and lacks the first" : "")),
    Fact("serials", span ?? "none yet"), Fact("resources", "\(found.resources)"),
    Fact("lineage", found.lineage ?? "none yet"),
    Fact("unfinished", found.unfinished.map { "serial \($0)" } ?? "nothing"),
    Fact("Git remote", remoteText(found.remote)),
  ]
  if let backedUp = found.backedUp {
    facts.append(
      Fact(
        "backup",
        backedUp.last.map { "\(counted(backedUp.count, "serial")), last \($0)" } ?? "empty"))
  }
  return facts
}

private func remoteText(_ standing: StateVerification.RemoteStanding) -> String {
  switch standing {
  case .none: "none"
  case .same: "the same"
  case .ahead: "lacks commits that wait here"
  case .behind: "has commits that are not here yet, and that were checked"
  case .diverged: "has other commits"
  case .unreachable: "did not answer"
  }
}

private func problemTable(_ problems: [StateVerification.Problem]) -> Table {
  Table(
    columns: [Column("where"), Column("file"), Column("what is wrong")],
    rows: problems.map {
      [Cell($0.place, isCode: true), Cell($0.path ?? "-", isCode: true), Cell($0.message)]
    })
}

private func advice(_ remedy: StateVerification.Problem.Remedy) -> String {
  switch remedy {
  case .restore:
    "Bring back a state that can be read: weir state restore --from-backup, or from a file that "
      + "weir state export wrote, also of an earlier serial of this branch. The commits stay in the "
      + "history."
  case .upgrade: "Use a newer version of Weir."
  case .push: "Check that the Git remote answers: the next command pushes what waits here."
  case .backup: "Copy what is missing: weir state backup."
  case .compare:
    "Compare what both sides hold before anything is applied: git log, and weir state export."
  }
}

/// The check for programs.
private struct VerificationJSON: Encodable {
  let formatVersion = viewFormatVersion
  let environment: EnvironmentReference
  let isSound: Bool
  let verification: StateVerification

  init(_ environment: EnvironmentReference, _ verification: StateVerification) {
    self.environment = environment
    self.verification = verification
    isSound = verification.problems.isEmpty
  }
}
