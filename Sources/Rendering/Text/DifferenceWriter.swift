internal import Model

/// Gathers the lines of a difference and counts its parts.
struct DifferenceWriter {
  /// How many columns a line may take beside its sign.
  let width: Int
  /// The lines so far.
  private(set) var lines: [ValueLine] = []

  private var noun = ""
  private var counts = (removed: 0, added: 0, unchanged: 0)

  /// A writer of lines of `width` columns.
  init(width: Int) { self.width = width }

  /// How much was removed, added and left.
  var summary: String {
    let parts = [
      (counts.removed, "removed"), (counts.added, "added"), (counts.unchanged, "unchanged"),
    ].filter { $0.0 > 0 }
    return parts.enumerated().map { index, part in
      (index == 0 ? counted(part.0, noun) : String(part.0)) + " " + part.1
    }.joined(separator: ", ")
  }

  /// Adds lines under a sign; a space stands before what only says where the next lines belong.
  mutating func add(_ sign: Character, _ lines: [String], depth: Int = 0) {
    let tone: Tone = sign == "+" ? .create : sign == "-" ? .delete : .dim
    let indent = String(repeating: "  ", count: depth)
    self.lines += lines.map { line in
      ValueLine(line.isEmpty ? "\(sign)" : "\(sign) \(indent)\(line)", tone)
    }
  }

  /// Adds the elements of two lists, one a line; with dashes where one of them takes several. The
  /// same element at another place has moved; another that looks the same has changed.
  mutating func write(from old: [Value], to new: [Value]) {
    noun = "element"
    write(from: old, to: new, depth: 0) { _ in 1 }
  }

  /// Adds the members of two maps by their keys; maps and lists that both have are entered.
  mutating func write(from old: [String: Value], to new: [String: Value]) {
    noun = "value"
    write(from: old, to: new, depth: 0)
  }

  /// Adds the lines of two texts.
  mutating func write(from old: String?, to new: String?) {
    func split(_ text: String?) -> [Substring] {
      text?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
    }
    let difference = ElementDifference(from: split(old), to: split(new))
    noun = "line"
    counts.unchanged = difference.unchanged
    for step in difference.steps {
      switch step {
      case .removed(let line):
        add("-", [lineText(String(line))])
        counts.removed += 1
      case .added(let line):
        add("+", [lineText(String(line))])
        counts.added += 1
      }
    }
  }

  private mutating func write(
    from old: [Value], to new: [Value], depth: Int, weight: (Value) -> Int
  ) {
    let difference = ElementDifference(from: old, to: new)
    let room = max(20, width - 2 * depth)
    let values = difference.steps.map(\.element)
    let isDashed = depth > 0 || values.contains { valueLines($0, width: room).count > 1 }
    let texts = values.map {
      isDashed ? elementLines($0, width: room) : valueLines($0, width: room)
    }
    var (removed, looks): (Set<Value>, Set<[String]>) = ([], [])
    for (step, text) in zip(difference.steps, texts) {
      guard case .removed(let value) = step else { continue }
      removed.insert(value)
      looks.insert(text)
    }
    counts.unchanged += old.reduce(0) { $0 + weight($1) }
    for (step, text) in zip(difference.steps, texts) {
      switch step {
      case .removed(let value):
        add("-", text, depth: depth)
        counts.removed += weight(value)
        counts.unchanged -= weight(value)
      case .added(let value):
        let remark = removed.contains(value) ? " (moved)" : looks.contains(text) ? " (changed)" : ""
        add("+", text.dropLast() + [(text.last ?? "") + remark], depth: depth)
        counts.added += weight(value)
      }
    }
  }

  private mutating func write(
    from old: [String: Value], to new: [String: Value], depth: Int
  ) {
    let room = max(20, width - 2 * depth)
    for key in Set(old.keys).union(new.keys).sorted() {
      switch (old[key], new[key]) {
      case (let before?, let after?) where before == after: counts.unchanged += leafCount(before)
      case (.map(let before)?, .map(let after)?):
        add(" ", ["\(keyText(key)):"], depth: depth)
        write(from: before, to: after, depth: depth + 1)
      case (.list(let before)?, .list(let after)?):
        add(" ", ["\(keyText(key)):"], depth: depth)
        write(from: before, to: after, depth: depth + 1, weight: leafCount)
      case (let before, let after):
        let texts = (
          before.map { memberLines(key, $0, width: room) } ?? [],
          after.map { memberLines(key, $0, width: room) } ?? []
        )
        add("-", texts.0, depth: depth)
        counts.removed += before.map(leafCount) ?? 0
        let remark = texts.0 == texts.1 ? " (changed)" : ""
        add("+", texts.1.dropLast() + texts.1.suffix(1).map { $0 + remark }, depth: depth)
        counts.added += after.map(leafCount) ?? 0
      }
    }
  }
}
