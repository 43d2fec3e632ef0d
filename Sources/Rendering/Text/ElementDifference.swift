/// What was taken out of a list and what was put in, in the order in which both lists have it.
struct ElementDifference<Element: Equatable> {
  /// One element that only one of the lists has.
  enum Step {
    case removed(Element)
    case added(Element)

    /// The element.
    var element: Element {
      switch self {
      case .removed(let element), .added(let element): element
      }
    }
  }

  /// Beyond this product of both lengths, all that lies between what both begin and end with
  /// counts as replaced: finding the fewest steps costs time and memory with its square.
  private static var limit: Int { 250_000 }

  /// What differs.
  let steps: [Step]
  /// How many elements are in both.
  let unchanged: Int

  /// The way from `old` to `new`.
  init(from old: [Element], to new: [Element]) {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let rest = zip(old[start...].reversed(), new[start...].reversed())
    let end = rest.prefix { $0 == $1 }.count
    let before = Array(old[start..<(old.count - end)])
    let after = Array(new[start..<(new.count - end)])
    var removed = Set(before.indices)
    var added = Set(after.indices)
    if before.count * after.count <= Self.limit {
      let difference = after.difference(from: before)
      removed = Set(difference.removals.map(\.offset))
      added = Set(difference.insertions.map(\.offset))
    }
    var steps: [Step] = []
    var (i, j) = (0, 0)
    while i < before.count || j < after.count {
      if removed.contains(i) {
        steps.append(.removed(before[i]))
        i += 1
      } else if added.contains(j) {
        steps.append(.added(after[j]))
        j += 1
      } else {
        (i, j) = (i + 1, j + 1)
      }
    }
    self.steps = steps
    unchanged = old.count - removed.count
  }
}

extension CollectionDifference.Change {
  /// Where the element stands in its list.
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
