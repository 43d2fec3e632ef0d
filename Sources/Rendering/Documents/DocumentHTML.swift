extension Document {
  /// The page as one HTML file that needs nothing else.
  var html: String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>\(escapedHTML(title))</title>
    <style>
    \(styleSheet)
    </style>
    </head>
    <body>
    <main>
    <h1>\(escapedHTML(title))</h1>
    \(blocks.map(Document.html).joined(separator: "\n"))
    </main>
    </body>
    </html>

    """
  }

  private static func html(of block: Block) -> String {
    switch block {
    case .heading(let title): "<h2>\(escapedHTML(title))</h2>"
    case .paragraph(let prose, let tone): "<p class=\"\(tone.rawValue)\">\(escapedHTML(prose))</p>"
    case .facts(let facts):
      "<dl>\n"
        + facts.map { "<dt>\(escapedHTML($0.label))</dt><dd>\($0.value.html)</dd>\n" }.joined()
        + "</dl>"
    case .table(let table): table.html
    case .details(let title, let blocks):
      "<details open>\n<summary>\(title.html)</summary>\n"
        + blocks.map { html(of: $0) + "\n" }.joined() + "</details>"
    }
  }
}

extension Table {
  /// The table in HTML, in a frame that scrolls on a narrow screen.
  fileprivate var html: String {
    let head = columns.map { "<th\(side(of: $0))>\(escapedHTML($0.title))</th>" }.joined()
    let body = rows.map { row in
      let cells = zip(columns, row).map { column, cell in
        "<td\(side(of: column))>\(cell.html)</td>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    return """
      <div class="scroll"><table>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(body.joined())</tbody>
      </table></div>
      """
  }

  private func side(of column: Column) -> String {
    column.alignment == .right ? " class=\"right\"" : ""
  }
}

extension Cell {
  fileprivate var html: String {
    let words = isCode && !text.isEmpty ? "<code>\(escapedHTML(text))</code>" : escapedHTML(text)
    let shown = tone == .plain ? words : "<span class=\"\(tone.rawValue)\">\(words)</span>"
    guard !block.isEmpty else { return shown }
    let lines = block.map { line in
      line.tone == .plain
        ? escapedHTML(line.text)
        : "<span class=\"\(line.tone.rawValue)\">\(escapedHTML(line.text))</span>"
    }
    return "\(shown)<pre>\(lines.joined(separator: "\n"))</pre>"
  }
}

/// Text in which nothing is markup, safe also within a quoted attribute.
func escapedHTML(_ text: String) -> String {
  var shown = ""
  for character in safe(text).unicodeScalars {
    switch character {
    case "&": shown += "&amp;"
    case "<": shown += "&lt;"
    case ">": shown += "&gt;"
    case "\"": shown += "&quot;"
    case "'": shown += "&#39;"
    default: shown.unicodeScalars.append(character)
    }
  }
  return shown
}

/// How pages look, by day and by night.
private let styleSheet = """
  :root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --faint: #6a737d;
    --line: #d8dee4; --create: #1a7f37; --change: #8a6100; --delete: #c0232c; --drift: #0b7285; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117;
    --faint: #8d96a0; --line: #30363d; --create: #3fb950; --change: #d29922; --delete: #f85149;
    --drift: #39c5cf; } }
  body { margin: 0; background: var(--paper); color: var(--ink);
    font: 15px/1.5 system-ui, sans-serif; }
  main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
  code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
  pre { margin: 0.2rem 0; font: 0.85em/1.4 ui-monospace, monospace; white-space: pre-wrap;
    overflow-wrap: anywhere; }
  .scroll { overflow-x: auto; } table { border-collapse: collapse; margin: 0.5rem 0; }
  th, td { padding: 0.2rem 0.8rem 0.2rem 0; text-align: left; vertical-align: top; }
  th { color: var(--faint); font-weight: 500; border-bottom: 1px solid var(--line); }
  .right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  details { border-top: 1px solid var(--line); padding: 0.5rem 0; } summary { cursor: pointer; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; }
  dt { color: var(--faint); } dd { margin: 0; } .strong { font-weight: 600; }
  .dim { color: var(--faint); } .create { color: var(--create); }
  .change { color: var(--change); } .delete { color: var(--delete); }
  .drift { color: var(--drift); }
  """
