internal import Model

/// Notes that many changes of a plan have, told once: those that all changes of their types have.
struct CommonNotes {
  /// A note and the changes that have it.
  struct Note {
    let text: String
    /// The types, each with the number of its changes: all that there are.
    let types: [(type: String, count: Int)]
  }

  /// The notes, in the order in which the plan first has them.
  let notes: [Note]

  /// How many changes are shown with a note, each by itself, before it is told once.
  private static let fewest = 3

  /// The common notes of changes that identical ones are folded into.
  init(_ changes: [FoldedChange]) {
    var order: [String] = []
    var counts: [String: [String: Int]] = [:]
    var shown: [String: Int] = [:]
    var totals: [String: Int] = [:]
    for change in changes {
      let type = change.first.address.type
      totals[type, default: 0] += change.count
      for note in Set(change.first.notes) {
        counts[note, default: [:]][type, default: 0] += change.count
        shown[note, default: 0] += 1
      }
      for note in change.first.notes where !order.contains(note) { order.append(note) }
    }
    notes = order.compactMap { text in
      let types = counts[text] ?? [:]
      guard (shown[text] ?? 0) >= Self.fewest, types.allSatisfy({ totals[$0.key] == $0.value })
      else { return nil }
      return Note(
        text: text, types: types.sorted { $0.key < $1.key }.map { (type: $0.key, count: $0.value) })
    }
  }

  /// The notes, with the changes that have each in words.
  var lines: [(subject: String, text: String)] {
    notes.map { note in
      let subjects = note.types.map { "\($0.type) (x\($0.count))" }
      return (subjects.joined(separator: ", "), note.text)
    }
  }

  /// The changes without these notes.
  func removed(from changes: [FoldedChange]) -> [FoldedChange] {
    let common = Set(notes.map(\.text))
    return changes.map { change in
      var change = change
      change.notes = change.notes.filter { !common.contains($0) }
      return change
    }
  }
}
