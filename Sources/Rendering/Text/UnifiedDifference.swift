/// What differs between two texts, line by line, with two lines around each difference, as `diff -u`
/// shows it.
func unifiedDifference(_ before: String, _ after: String) -> [(text: String, tone: Tone)] {
  let (old, new) = (lines(of: before), lines(of: after))
  let difference = new.difference(from: old)
  var removed = Set<Int>()
  var inserted = Set<Int>()
  for change in difference {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): inserted.insert(offset)
    }
  }
  var rows: [(mark: Character, old: Int, new: Int, text: Substring)] = []
  var (left, right) = (0, 0)
  while left < old.count || right < new.count {
    if removed.contains(left) {
      rows.append(("-", left, right, old[left]))
      left += 1
    } else if inserted.contains(right) {
      rows.append(("+", left, right, new[right]))
      right += 1
    } else {
      rows.append((" ", left, right, old[left]))
      (left, right) = (left + 1, right + 1)
    }
  }
  return hunks(rows)
}

private func hunks(_ rows: [(mark: Character, old: Int, new: Int, text: Substring)])
  -> [(text: String, tone: Tone)]
{
  let context = 2
  let changed = rows.indices.filter { rows[$0].mark != " " }
  var stretches: [ClosedRange<Int>] = []
  for index in changed {
    let near = max(0, index - context)...min(rows.count - 1, index + context)
    if let last = stretches.last, near.lowerBound <= last.upperBound + 1 {
      stretches[stretches.count - 1] = last.lowerBound...near.upperBound
    } else {
      stretches.append(near)
    }
  }
  return stretches.flatMap { stretch -> [(text: String, tone: Tone)] in
    let part = rows[stretch]
    guard let first = part.first else { return [] }
    let counts = (old: part.count { $0.mark != "+" }, new: part.count { $0.mark != "-" })
    let head = "@@ -\(first.old + 1),\(counts.old) +\(first.new + 1),\(counts.new) @@"
    return [(head, .dim)]
      + part.map { row in
        ("\(row.mark)\(row.text)", row.mark == "-" ? .delete : row.mark == "+" ? .create : .plain)
      }
  }
}

/// The lines of a text without their breaks.
private func lines(of text: String) -> [Substring] {
  var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
  if lines.last?.isEmpty == true { lines.removeLast() }
  return lines
}
