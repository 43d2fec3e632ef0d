/// The candidate that somebody may have meant; nil if none is near.
///
/// Near is a different case, a beginning in common, or an edit distance (with swapped neighbours as
/// one edit) of up to a third of the length.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased().unicodeScalars)
  guard (2...64).contains(wanted.count) else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in candidates where candidate.unicodeScalars.count <= 64 {
    let other = Array(candidate.lowercased().unicodeScalars)
    var distance = editDistance(wanted, other)
    let shorter = min(wanted.count, other.count)
    if shorter >= 3, distance > 1, wanted.prefix(shorter) == other.prefix(shorter) { distance = 1 }
    guard distance <= (wanted.count + 1) / 3 else { continue }
    if let known = best, (known.distance, known.name) <= (distance, candidate) { continue }
    best = (candidate, distance)
  }
  return best?.name
}

/// The hint that goes with a wrong name; nil if nothing is near.
func spellingHint(_ name: String, among candidates: some Sequence<String>) -> String? {
  nearestName(to: name, among: candidates).map { "Did you mean `\($0)`?" }
}

/// The Damerau-Levenshtein distance (optimal string alignment).
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var older: [Int] = []
  var old = Array(0...right.count)
  for (row, scalar) in left.enumerated() {
    var new = [row + 1]
    for (column, other) in right.enumerated() {
      var cost = min(
        old[column] + (scalar == other ? 0 : 1), old[column + 1] + 1, new[column] + 1)
      if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
        cost = min(cost, older[column - 1] + 1)
      }
      new.append(cost)
    }
    (older, old) = (old, new)
  }
  return old[right.count]
}
