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

/// What became of each change of an apply, what the changes were, and the drift that it met.
func reportBlocks(_ report: StoredReport) -> [Block] {
  var blocks: [Block] = []
  if !report.outcomes.isEmpty {
    blocks += [.heading("What it did"), .table(.outcomes(report.outcomes))]
  }
  if !report.plan.changes.isEmpty {
    let words = PlanWords(plan: report.plan, digest: nil)
    blocks += [.heading("What was planned"), .paragraph(words.totals)]
    blocks += FoldedChange.folding(report.plan).map(plannedBlock)
  }
  if !report.plan.drift.isEmpty {
    blocks.append(.heading("Drift that it met"))
    blocks += report.plan.drift.map {
      .details(Cell("! \($0.address)", isCode: true, tone: .drift), [.paragraph($0.summary())])
    }
  }
  return blocks
}

/// One change with its fields.
private func plannedBlock(_ change: FoldedChange) -> Block {
  let action = change.first.action
  let amount = moneyColumn(change.first.cost, times: change.count)
  let title = "\(action.symbol) \(change.first.address.type) \(change.title)  \(amount)"
  let facts = change.rows(namesShown: .max).map { row in
    Fact(row.label, row.text + (row.source.map { " (\($0))" } ?? ""), isCode: !row.isProse)
  }
  return .details(Cell(title, isCode: true), facts.isEmpty ? [] : [.facts(facts)])
}
