internal import Model

/// The changes of a plan as aligned lines: sign, type, name and money, then what lies below.
struct ChangeLines {
  let changes: [FoldedChange]
  let style: TextStyle

  /// The lines of all changes, in the plan's order.
  var all: [String] {
    let typeWidth = changes.map { displayWidth(safe($0.first.address.type)) }.max() ?? 0
    let heads = changes.map { change in
      "\(padded(safe(change.first.address.type), to: typeWidth))  \(change.title)"
    }
    let amounts = changes.map { moneyColumn($0.first.cost, times: $0.count) }
    let end = min(
      max(72, style.width), max(72, zip(heads, amounts).map(Self.needed).max() ?? 0))
    return zip(changes, zip(heads, amounts)).flatMap { change, texts in
      [line(change.first.action, head: texts.0, amount: texts.1, end: end)] + below(change)
    }
  }

  /// The columns that a change's line takes at least.
  private static func needed(head: String, amount: String) -> Int {
    4 + displayWidth(head) + 2 + displayWidth(amount)
  }

  private func line(_ action: Change.Action, head: String, amount: String, end: Int) -> String {
    let room = max(2, end - 4 - displayWidth(head) - displayWidth(amount))
    let gap = String(repeating: " ", count: room)
    return "  \(style.paint(action.symbol, action.tone)) \(head)\(gap)\(amount)"
  }

  /// The fields, cost, reason and remarks of a change, its places in a column of their own.
  private func below(_ change: FoldedChange) -> [String] {
    let rows = change.rows(limit: max(24, (style.width - 40) / 2))
    let labelWidth = rows.map { displayWidth($0.label) }.filter { $0 <= 32 }.max() ?? 0
    let textWidth =
      rows.filter { $0.source != nil }.map { displayWidth($0.text) }.filter { $0 <= 56 }.max() ?? 0
    return rows.flatMap { row in
      let label = padded(row.label, to: labelWidth)
      let isLong = displayWidth(row.label) > labelWidth
      if let source = row.source {
        let place = style.paint(source, .dim)
        return ["      \(label)  \(padded(row.text, to: isLong ? 0 : textWidth))  \(place)"]
      }
      let room = max(20, style.width - 8 - labelWidth)
      let lines = row.isProse ? wrapped(row.text, width: room) : [row.text]
      return lines.enumerated().map { index, line in
        "      \(index == 0 ? label : padded("", to: labelWidth))  \(line)"
      }
    }
  }
}
