extension Document {
  /// The page as GitHub Markdown.
  var markdown: String {
    var parts = ["### \(markdownProse(title))"]
    for block in blocks { parts.append(Document.markdown(of: block)) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func markdown(of block: Block) -> String {
    switch block {
    case .heading(let title): "#### \(markdownProse(title))"
    case .paragraph(let prose, let tone):
      tone == .plain || tone == .dim ? markdownParagraph(prose) : "**\(markdownProse(prose))**"
    case .facts(let facts):
      facts.map { "- \(markdownProse($0.label)): \($0.value.markdownItem)" }.joined(separator: "\n")
    case .table(let table): table.markdown
    case .details(let title, let blocks):
      ([title.markdown] + blocks.map(markdown(of:))).joined(separator: "\n\n")
    }
  }
}

extension Table {
  /// The table in GitHub's form.
  var markdown: String {
    ([markdownHead] + rows.map(Table.markdownRow)).joined(separator: "\n")
  }

  /// The names of the columns and the line below them.
  var markdownHead: String {
    let titles = columns.map { markdownProse($0.title) }.joined(separator: " | ")
    let rules = columns.map { $0.alignment == .right ? "---:" : "---" }.joined(separator: " | ")
    return "| \(titles) |\n| \(rules) |"
  }

  /// One row.
  static func markdownRow(_ cells: [Cell]) -> String {
    "| \(cells.map(\.markdown).joined(separator: " | ")) |"
  }
}

extension Cell {
  /// The text in Markdown, on one line also where it has several, as a table wants it.
  var markdown: String {
    let lines = block.map { "<br>" + markdownCode($0.text) }.joined()
    return (isCode && (block.isEmpty || !text.isEmpty) ? markdownCode(text) : markdownProse(text))
      + lines
  }

  /// The text within an item of a list, its further lines as a block of code below it.
  var markdownItem: String {
    guard !block.isEmpty else { return markdown }
    let fence = markdownFence(block.map(\.text).joined(separator: "\n"))
    let lines = fence.split(separator: "\n", omittingEmptySubsequences: false)
    return markdownProse(text) + lines.map { "\n" + ($0.isEmpty ? "" : "  " + $0) }.joined()
  }
}
