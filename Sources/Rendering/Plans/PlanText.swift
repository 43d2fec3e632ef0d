internal import Model

/// A plan on a terminal or in a log: changes with their fields, drift apart, problems, a table by
/// type, and the totals on the last line.
struct PlanText {
  let plan: Plan
  let digest: String?
  let style: TextStyle

  /// The whole text.
  var text: String {
    let words = PlanWords(plan: plan, digest: digest)
    let title = [style.paint(safe(words.title), .strong)]
    let changes = FoldedChange.folding(plan)
    let notes = CommonNotes(changes)
    let shown = ChangeLines(changes: notes.removed(from: changes), style: style).all
    var sections = [title + shown, noteLines(notes), driftLines]
    sections.append(problemLines("Problems", plan.problems.filter(\.isError), .delete))
    sections.append(problemLines("Remarks", plan.problems.filter { !$0.isError }, .plain))
    sections.append(typeLines)
    let remarks = words.closingRemarks.flatMap { wrapped($0, width: style.width) }
    let totals = legendLines + remarks + [style.paint(safe(words.totals), .strong)]
    if plan.isEmpty, plan.drift.isEmpty, plan.problems.isEmpty {
      sections[0] += totals
    } else {
      sections.append(totals)
    }
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private func noteLines(_ notes: CommonNotes) -> [String] {
    if notes.notes.isEmpty { return [] }
    return ["Notes"]
      + notes.lines.flatMap { subject, text in
        wrapped("\(safe(subject)): \(safe(text))", width: style.width - 4).enumerated()
          .map { index, line in (index == 0 ? "  i " : "    ") + line }
      }
  }

  private var driftLines: [String] {
    guard !plan.drift.isEmpty else { return [] }
    let typeWidth = plan.drift.map { displayWidth(safe($0.address.type)) }.max() ?? 0
    let nameWidth = plan.drift.map { displayWidth(safe($0.address.name)) }.max() ?? 0
    let heading = style.paint("Drift: what others changed since it was applied", .drift)
    return [heading]
      + plan.drift.flatMap { drift in
        let type = padded(safe(drift.address.type), to: typeWidth)
        let name = padded(safe(drift.address.name), to: min(nameWidth, 40))
        let head = "  \(style.paint("!", .drift)) \(type)  \(name)"
        let shown = drift.shown(width: style.width - 6)
        return ["\(head)  drift: \(shown.line); \(drift.consequence)"]
          + shown.block.map { "      \(style.paint($0.text, $0.tone))" }
      }
  }

  private func problemLines(_ title: String, _ problems: [PlanProblem], _ tone: Tone) -> [String] {
    guard !problems.isEmpty else { return [] }
    let lines = problems.flatMap { problem in
      var head = "  \(style.paint(problem.isError ? "x" : "i", tone)) \(safe(problem.subject))"
      if let source = problem.source {
        head += "  " + style.paint("\(safe(source.file)):\(source.start.line)", .dim)
      }
      return [head] + wrapped(problem.message, width: style.width - 6).map { "      " + $0 }
    }
    return [style.paint(title, tone)] + lines
  }

  private var typeLines: [String] {
    Table.byType(plan)?.lines(style: style).map { "  " + $0 } ?? []
  }

  private var legendLines: [String] {
    Change.Action.allCases.filter { plan.count(of: $0) > 0 }.compactMap(\.legend)
      .map { style.paint($0, .dim) }
  }
}
