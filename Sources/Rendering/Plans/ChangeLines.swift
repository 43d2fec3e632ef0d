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
    let amounts = changes.map { markedMoney($0.first.cost, times: $0.count) }
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

  /// The fields, cost, reason and remarks of a change, its places in a column of their own as far
  /// as that column stays on the screen.
  private func below(_ change: FoldedChange) -> [String] {
    let rows = change.rows(width: style.width - 6)
    let labelWidth = ChangeRow.labelWidth(rows.map(\.label), width: style.width - 6)
    let heads = rows.map { row in
      row.value.line.isEmpty ? row.label : "\(padded(row.label, to: labelWidth))  \(row.value.line)"
    }
    let sourceColumn =
      zip(rows, heads).filter { $0.0.source != nil && displayWidth($0.0.label) <= labelWidth }
      .map { displayWidth($0.1) }.filter { $0 <= style.width * 3 / 4 }.max() ?? 0
    return zip(rows, heads).flatMap { row, head -> [String] in
      if row.isProse {
        let room = max(20, style.width - 8 - labelWidth)
        return wrapped(row.value.line, width: room).enumerated().map { index, line in
          "      \(padded(index == 0 ? row.label : "", to: labelWidth))  \(line)"
        }
      }
      let place = row.source.map { style.paint($0, .dim) }
      let line = place.map { "\(padded(head, to: sourceColumn))  \($0)" } ?? head
      return ["      \(line)"]
        + row.value.block.map { "        \(style.paint($0.text, $0.tone))" }
    }
  }
}
