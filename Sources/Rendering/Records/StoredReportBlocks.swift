public import Model

/// What the state branch keeps of an apply for people: `reports/SERIAL.md`.
public func markdown(of report: StoredReport) -> String {
  let plan = report.plan
  var facts = [
    Fact("summary", report.summary), Fact("by", report.actor), Fact("ended", timeText(report.time)),
  ]
  if let commit = plan.policy.commit {
    let uncommitted = plan.policy.hasUncommittedChanges ? " + uncommitted changes" : ""
    facts.append(Fact("policy", commit + uncommitted, isCode: true))
  }
  let title = "Serial \(report.serial) of \(environmentText(plan.environment))"
  return Document(title: title, blocks: [.facts(facts)] + reportBlocks(report)).markdown
}

/// What became of each change of an apply, what the changes were, and the drift that it met; names
/// and values in `width` columns.
func reportBlocks(_ report: StoredReport, width: Int = TextStyle.plain.width - 6) -> [Block] {
  var blocks: [Block] = []
  if !report.outcomes.isEmpty {
    blocks += [.heading("What it did"), .table(.outcomes(report.outcomes))]
  }
  if !report.plan.changes.isEmpty {
    let words = PlanWords(plan: report.plan, digest: nil)
    blocks += [.heading("What was planned"), .paragraph(words.totals)]
    blocks += FoldedChange.folding(report.plan).map { plannedBlock($0, width: width) }
  }
  // What a limit said and somebody let pass, and on a way back why it was gone.
  let remarks = report.plan.problems.filter { $0.breach != nil || report.plan.goal != .policy }
  if !remarks.isEmpty {
    blocks += [
      .heading("Remarks"),
      .facts(remarks.map { Fact($0.subject, $0.message) }),
    ]
  }
  if !report.plan.drift.isEmpty {
    blocks.append(.heading("Drift that it met"))
    blocks += report.plan.drift.map { drift in
      let title = Cell("! \(drift.address)", isCode: true, tone: .drift)
      return .details(title, [.facts([Fact("drift", drift.shown(width: width), isCode: false)])])
    }
  }
  return blocks
}

/// One change with its fields.
private func plannedBlock(_ change: FoldedChange, width: Int) -> Block {
  let action = change.first.action
  let amount = moneyColumn(change.first.cost, times: change.count)
  let title = "\(action.symbol) \(change.first.address.type) \(change.title)  \(amount)"
  let facts = change.rows(width: width, namesShown: .max).map { row in
    if row.isProse { return Fact(row.label, row.value.line) }
    let texts = [row.value.line, row.source.map { "(\($0))" } ?? ""].filter { !$0.isEmpty }
    return Fact(
      row.label, ShownValue(line: texts.joined(separator: " "), block: row.value.block))
  }
  return .details(Cell(title, isCode: true), facts.isEmpty ? [] : [.facts(facts)])
}
