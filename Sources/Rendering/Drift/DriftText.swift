internal import Model

/// Drift on a terminal or in a log: each resource with its fields, who changed it and what the next
/// apply does, and the totals on the last line.
struct DriftText {
  let report: DriftReport
  let style: TextStyle

  /// The whole text.
  var text: String {
    var lines = [style.paint(safe(report.title), .strong)]
    let folded = FoldedDrift.folding(report)
    let typeWidth = folded.map { displayWidth(safe($0.first.address.type)) }.max() ?? 0
    let heads = folded.map { "\(padded(safe($0.first.address.type), to: typeWidth))  \($0.title)" }
    let needed = zip(folded, heads).map { 6 + displayWidth($1) + displayWidth($0.money) }.max() ?? 0
    let end = max(72, min(max(72, style.width), needed))
    for (drift, head) in zip(folded, heads) {
      let gap = max(2, end - 4 - displayWidth(head) - displayWidth(drift.money))
      let money = drift.money.isEmpty ? "" : String(repeating: " ", count: gap) + drift.money
      lines.append("  \(style.paint("!", .drift)) \(head)\(money)")
      lines += below(drift)
    }
    if !folded.isEmpty { lines.append("") }
    lines.append(style.paint(safe(report.totals), .strong))
    return lines.joined(separator: "\n") + "\n"
  }

  private func below(_ drift: FoldedDrift) -> [String] {
    let width = style.width - 6
    var prose: [(label: String, text: String)] = []
    if drift.first.isMissing {
      prose.append(("gone", "not there any more in AWS, applied at serial \(drift.first.serial)"))
    }
    if let by = drift.by { prose.append(("by", safe(by))) }
    prose.append(("next", drift.next))
    if let others = drift.others(4) { prose.append(("also", others)) }
    let labels = drift.first.fields.map { safe($0.path) } + prose.map(\.label)
    let labelWidth = ChangeRow.labelWidth(labels, width: width)
    let fields = drift.first.fields.map { field in
      let label = safe(field.path)
      let room = max(24, width - max(labelWidth, displayWidth(label)) - 2)
      return (
        label: label,
        value: field.shownDrift(
          since: drift.first.serial, windowed: drift.first.windowed, room: room, width: width - 2),
        place: drift.place(of: field)
      )
    }
    let values = fields.map { "\(padded($0.label, to: labelWidth))  \($0.value.line)" }
    let column =
      zip(fields, values).filter { $0.0.place != nil }.map { displayWidth($0.1) }
      .filter { $0 <= style.width * 3 / 4 }.max() ?? 0
    let fieldLines = zip(fields, values).flatMap { field, value -> [String] in
      let line =
        field.place.map { "\(padded(value, to: column))  \(style.paint($0, .dim))" } ?? value
      return ["      \(line)"]
        + field.value.block.map { "        \(style.paint($0.text, $0.tone))" }
    }
    return fieldLines
      + prose.flatMap { row in
        wrapped(row.text, width: max(20, width - labelWidth - 2)).enumerated().map { index, line in
          "      \(padded(index == 0 ? row.label : "", to: labelWidth))  \(line)"
        }
      }
  }
}
