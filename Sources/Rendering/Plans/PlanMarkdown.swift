internal import Model

/// A plan as a comment on a pull request: verdict and money first, a table of changes, the details
/// folded, and never longer than GitHub takes.
struct PlanMarkdown {
  /// GitHub refuses 65,536 characters; counting bytes keeps this below however it counts.
  static let limit = 65_000

  let plan: Plan
  let digest: String?

  /// The whole comment. Its first line lets CI find the comment and bring it up to date.
  var text: String {
    let all = FoldedChange.folding(plan)
    let common = CommonNotes(all)
    let folded = common.removed(from: all)
    var room = Self.limit - head.utf8.count - foot.utf8.count
    let notes = noteSection(common, room: room / 8)
    let problems = problemSection(room: room / 4)
    let drift = driftSection(room: room / 4)
    let types = plan.changes.count > 20 ? Table.byType(plan)?.markdown ?? "" : ""
    room -= problems.utf8.count + drift.utf8.count + types.utf8.count + notes.utf8.count
    let rows = changeTable(folded, room: room)
    room -= rows.utf8.count
    let sections = [
      head, types, rows, notes, problems, drift, details(folded, room: room), foot,
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var words: PlanWords { PlanWords(plan: plan, digest: nil) }

  private var head: String {
    let name = plan.environment.name.filter { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    let marker = "<!-- weir plan \(name.replacing("--", with: "-")) -->"
    let remarks = words.closingRemarks.map { "\n\n" + markdownParagraph($0) }.joined()
    return "\(marker)\n**\(verdict)**\n\n\(markdownParagraph(words.title))\(remarks)"
  }

  private var verdict: String {
    if plan.isEmpty { return markdownProse(words.totals) }
    let isRefused = plan.problems.contains(where: \.isError)
    return (isRefused ? "Cannot be applied. " : "")
      + "\(Self.plainMoney(words.money)): \(words.counts)"
      + markdownProse(priceDays(plan.cost))
  }

  private var foot: String {
    let digest = digest.map { ", digest \(markdownCode($0))" } ?? ""
    return "<sub>Made \(timeText(plan.time)) from state serial \(plan.state.serial)\(digest)</sub>"
  }

  /// Amounts are written here alone on their line or in their cell, where a dollar begins no
  /// formula.
  private static func plainMoney(_ money: String) -> String {
    money.replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  private func changeTable(_ changes: [FoldedChange], room: Int) -> String {
    guard !changes.isEmpty else { return "" }
    let rows = changes.map { change in
      let action = change.first.action
      let times = change.count > 1 ? " x\(change.count)" : ""
      let amount = Self.plainMoney(markedMoney(change.first.cost, times: change.count))
      return "| \(action.symbol) \(action.verb) | \(markdownCode(change.first.address.type)) "
        + "\(markdownCode(change.first.address.name))\(times) | \(amount) |"
    }
    let head = "| action | resource | money |\n| --- | --- | ---: |"
    return list(rows, under: head, room: room, separator: "\n") {
      "\n\n\(counted($0, "more row")) are left out."
    }
  }

  private func details(_ changes: [FoldedChange], room: Int) -> String {
    let lines = changes.flatMap { ChangeLines(changes: [$0], style: .plain).all }
      .map { $0.dropFirst(2) }
    guard !lines.isEmpty else { return "" }
    let open = "<details><summary>Details</summary>\n\n"
    let close = "\n\n</details>"
    var kept: [Substring] = []
    var used = open.utf8.count + close.utf8.count + 200
    // A fence grows with the longest run of backticks, so that run counts twice.
    used += 2 * markdownFence(lines.joined(separator: "\n")).prefix { $0 == "`" }.count
    for line in lines {
      used += line.utf8.count + 1
      if used > room { break }
      kept.append(line)
    }
    let left = lines.count - kept.count
    guard !kept.isEmpty else { return "The details are left out: \(counted(left, "line"))." }
    let note = left > 0 ? "\n\n\(counted(left, "more line")) of details are left out." : ""
    return open + markdownFence(kept.joined(separator: "\n")) + note + close
  }

  private func noteSection(_ notes: CommonNotes, room: Int) -> String {
    if notes.notes.isEmpty { return "" }
    let rows = notes.lines.map { "- \(markdownCode($0.subject)): \(markdownProse($0.text))" }
    return list(rows, under: "**Notes**\n", room: room, separator: "\n") {
      "\n\n\($0) more are left out."
    }
  }

  private func driftSection(room: Int) -> String {
    guard !plan.drift.isEmpty else { return "" }
    let rows = plan.drift.map { drift in
      let shown = drift.shown(width: TextStyle.plain.width - 6)
      let line = ShownValue(line: "\(shown.line); \(drift.consequence)", block: shown.block)
      return "- \(markdownCode("\(drift.address)")): \(Cell(line, isCode: false).markdownItem)"
    }
    return list(
      rows, under: "**Drift: what others changed since it was applied**\n", room: room,
      separator: "\n"
    ) { "\n\n\($0) more are left out." }
  }

  private func problemSection(room: Int) -> String {
    guard !plan.problems.isEmpty else { return "" }
    let rows = plan.problems.map { problem in
      let place = problem.source.map { " (\(markdownCode("\($0.file):\($0.start.line)")))" } ?? ""
      return "- \(markdownCode(problem.subject)): \(markdownProse(problem.message))\(place)"
    }
    let title = plan.problems.contains(where: \.isError) ? "Problems" : "Remarks"
    return list(rows, under: "**\(title)**\n", room: room, separator: "\n") {
      "\n\n\($0) more are left out."
    }
  }

  /// As many of `rows` as fit, and how many do not.
  private func list(
    _ rows: [String], under head: String, room: Int, separator: String,
    left: (Int) -> String
  ) -> String {
    var text = head
    for (index, row) in rows.enumerated() {
      if text.utf8.count + row.utf8.count + 200 > room { return text + left(rows.count - index) }
      text += separator + row
    }
    return text
  }
}
