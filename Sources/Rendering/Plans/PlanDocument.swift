internal import Model

extension Document {
  /// A plan as a page.
  init(plan: Plan, digest: String?) {
    let words = PlanWords(plan: plan, digest: nil)
    var blocks: [Block] = [.paragraph(words.totals, .strong)]
    blocks += words.closingRemarks.map { .paragraph($0) }
    if let table = Table.byType(plan) { blocks.append(.table(table)) }
    blocks += Self.problems(plan.problems)
    blocks += Self.drift(plan.drift)
    if !plan.changes.isEmpty {
      blocks.append(.heading("Changes"))
      blocks += FoldedChange.folding(plan).map(Self.change)
      let legend = Change.Action.allCases.filter { plan.count(of: $0) > 0 }.compactMap(\.legend)
      blocks += legend.map { .paragraph($0, .dim) }
    }
    var facts = [Fact("made", timeText(plan.time)), Fact("state", "serial \(plan.state.serial)")]
    if let commit = plan.policy.commit { facts.append(Fact("policy", commit, isCode: true)) }
    if let digest { facts.append(Fact("digest", digest, isCode: true)) }
    blocks += [.heading("About this plan"), .facts(facts)]
    self.init(title: words.title, blocks: blocks)
  }

  private static func change(_ change: FoldedChange) -> Block {
    let action = change.first.action
    let amount = markedMoney(change.first.cost, times: change.count)
    let title = "\(action.symbol) \(change.first.address.type)  \(change.title)  \(amount)"
    let rows = change.rows(width: 120, namesShown: .max)
    let table = Table(
      columns: [Column("what"), Column("value"), Column("asked for at")],
      rows: rows.map {
        let value = $0.isProse ? Cell($0.value.line) : Cell($0.value)
        return [Cell($0.label), value, Cell($0.source ?? "", tone: .dim)]
      })
    return .details(
      Cell(title, isCode: true, tone: action.tone), rows.isEmpty ? [] : [.table(table)])
  }

  private static func drift(_ drift: [Drift]) -> [Block] {
    guard !drift.isEmpty else { return [] }
    let table = Table(
      columns: [Column("resource"), Column("drift"), Column("what becomes of it")],
      rows: drift.map {
        [
          Cell("! \($0.address)", isCode: true, tone: .drift),
          Cell($0.shown(width: 120), isCode: false),
          Cell($0.consequence),
        ]
      })
    return [.heading("Drift: what others changed since it was applied"), .table(table)]
  }

  private static func problems(_ problems: [PlanProblem]) -> [Block] {
    guard !problems.isEmpty else { return [] }
    let table = Table(
      columns: [Column("resource"), Column("message"), Column("at")],
      rows: problems.map { problem in
        let place = problem.source.map { "\($0.file):\($0.start.line)" } ?? ""
        let tone: Tone = problem.isError ? .delete : .plain
        return [
          Cell(problem.subject, isCode: true, tone: tone), Cell(problem.message),
          Cell(place, tone: .dim),
        ]
      })
    let hasErrors = problems.contains(where: \.isError)
    return [.heading(hasErrors ? "Problems" : "Remarks"), .table(table)]
  }
}
