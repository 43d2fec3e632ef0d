internal import Model

/// What differs between two values, part by part: a sign before every line, what both have only
/// counted.
struct ValueDifference {
  /// How much was removed, added and left: `1 element removed, 2 added, 3 unchanged`; `changed`
  /// where the values are of different kinds or have no parts.
  let summary: String
  /// What was removed (`-`) and added (`+`).
  let lines: [ValueLine]

  /// The way from `before` to `after` in lines of about `width` columns.
  init(before: Value?, after: Value?, width: Int) {
    var writer = DifferenceWriter(width: max(20, width - 2))
    switch (before, after) {
    case (.list(let old)?, .list(let new)?): writer.write(from: old, to: new)
    case (nil, .list(let new)?): writer.write(from: [], to: new)
    case (.list(let old)?, nil): writer.write(from: old, to: [])
    case (.map(let old)?, .map(let new)?): writer.write(from: old, to: new)
    case (nil, .map(let new)?): writer.write(from: [:], to: new)
    case (.map(let old)?, nil): writer.write(from: old, to: [:])
    case (.string(let old)?, .string(let new)?) where (old + new).contains("\n"):
      writer.write(from: old, to: new)
    case (nil, .string(let new)?) where new.contains("\n"): writer.write(from: nil, to: new)
    case (.string(let old)?, nil) where old.contains("\n"): writer.write(from: old, to: nil)
    default:
      if let before { writer.add("-", valueLines(before, width: writer.width)) }
      if let after { writer.add("+", valueLines(after, width: writer.width)) }
    }
    let whole = before == nil ? "added" : after == nil ? "removed" : "changed"
    summary = writer.summary.isEmpty ? whole : writer.summary
    lines = writer.lines
  }
}
