extension Document {
  /// The page as text for a terminal or log.
  func text(_ style: TextStyle) -> String {
    var lines = [style.paint(safe(title), .strong)]
    for (index, block) in blocks.enumerated() {
      if index > 0, block.isApart(from: blocks[index - 1]) { lines.append("") }
      lines += Document.lines(of: [block], style: style, indent: "")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(of blocks: [Block], style: TextStyle, indent: String) -> [String] {
    var lines: [String] = []
    for block in blocks {
      switch block {
      case .heading(let title):
        lines += ["", indent + style.paint(safe(title), .strong)]
      case .paragraph(let prose, let tone):
        lines += wrapped(prose, width: style.width - indent.count).map {
          indent + style.paint($0, tone)
        }
      case .facts(let facts): lines += factLines(facts, style: style, indent: indent + "  ")
      case .table(let table):
        lines += table.lines(style: style).map { indent + "  " + $0 }
      case .details(let title, let blocks):
        lines.append(indent + "  " + style.paint(safe(title.text), title.tone))
        lines += Self.lines(of: blocks, style: style, indent: indent + "    ")
      }
    }
    return lines
  }

  private static func factLines(_ facts: [Fact], style: TextStyle, indent: String) -> [String] {
    let width = facts.map { displayWidth($0.label) }.filter { $0 <= style.width / 2 }.max() ?? 0
    return facts.flatMap { fact in
      let room = max(20, style.width - indent.count - width - 2)
      let lines =
        fact.value.isCode ? [safe(fact.value.text)] : wrapped(fact.value.text, width: room)
      return lines.enumerated().map { index, line in
        let label = index == 0 ? fact.label : ""
        return line.isEmpty
          ? indent + label
          : indent + padded(label, to: width) + "  " + style.paint(line, fact.value.tone)
      } + fact.value.block.map { indent + "  " + style.paint($0.text, $0.tone) }
    }
  }
}

extension Block {
  /// Whether an empty line stands between it and the block before: words from columns.
  fileprivate func isApart(from other: Block) -> Bool {
    switch (other, self) {
    case (.heading, _), (_, .heading), (.paragraph, .paragraph): false
    case (.paragraph, _), (_, .paragraph): true
    default: false
    }
  }
}

extension Table {
  /// The table as aligned lines, the names of the columns first.
  func lines(style: TextStyle, showsTitles: Bool = true) -> [String] {
    let texts = rows.map { row in row.map { safe($0.text) } }
    let widths = columns.indices.map { index in
      let cells = texts.map { index < $0.count ? displayWidth($0[index]) : 0 }
      return max(showsTitles ? columns[index].title.count : 0, cells.max() ?? 0)
    }
    func line(_ cells: [(text: String, tone: Tone)]) -> String {
      var line = ""
      for (index, cell) in cells.enumerated() {
        if index > 0 { line += "  " }
        let isLast = index == cells.count - 1
        let spaces = String(repeating: " ", count: max(0, widths[index] - displayWidth(cell.text)))
        let painted = style.paint(cell.text, cell.tone)
        switch columns[index].alignment {
        case .right: line += spaces + painted
        case .left: line += painted + (isLast ? "" : spaces)
        }
      }
      return line
    }
    let titles = showsTitles ? [line(columns.map { ($0.title, .dim) })] : []
    return titles
      + zip(texts, rows).flatMap { texts, row in
        [line(zip(texts, row).map { ($0, $1.tone) })]
          + row.flatMap(\.block).map { "  " + style.paint($0.text, $0.tone) }
      }
  }
}
