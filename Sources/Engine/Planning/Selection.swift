public import Model

extension Plan {
  /// The part of the plan that concerns addresses which match one of the patterns: `*` stands for
  /// any text, `?` for one character, and `\` takes either as it is, for names may hold them. A pattern
  /// is held against `TYPE NAME` and against the name.
  /// What must be made before a change that is selected is taken along, with a remark.
  public func selecting(_ patterns: [String]) -> Plan {
    if patterns.isEmpty { return self }
    return selecting(called: patterns) { address in patterns.contains { address.matches($0) } }
  }

  /// The part of the plan that concerns what `isSelected` says, which is called `names` where it is shown.
  /// What must be made before is taken along, with a remark.
  public func selecting(called names: [String], isSelected: (Address) -> Bool) -> Plan {
    let taken = dependencies(of: changes.map(\.address).filter(isSelected))
    func isPart(_ address: Address) -> Bool { isSelected(address) || taken[address] != nil }
    var part = self
    part.selection = names
    part.changes = changes.filter { isPart($0.address) }
    part.drift = drift.filter { isPart($0.address) }
    part.refreshed = refreshed.filter { isPart($0.address) }
    part.problems = problems.filter { $0.address.map(isPart) ?? true }
    part.problems += taken.sorted { $0.key < $1.key }.map { address, dependent in
      PlanProblem(
        .remark, address,
        "It is taken along, although it is not selected: \(dependent) comes after it.")
    }
    return part
  }

  /// What must be made before `selected` and is not among them, each with a change that waits for it.
  private func dependencies(of selected: [Address]) -> [Address: Address] {
    let before = Dictionary(changes.map { ($0.address, $0.after) }, uniquingKeysWith: { $1 })
    var taken: [Address: Address] = [:]
    var open = selected
    while let dependent = open.popLast() {
      for address in before[dependent] ?? []
      where before[address] != nil && taken[address] == nil && !selected.contains(address) {
        taken[address] = dependent
        open.append(address)
      }
    }
    return taken
  }
}

extension Address {
  /// Whether `TYPE NAME`, or the name alone, matches a pattern of `*` and `?`. It matches itself.
  public func matches(_ pattern: String) -> Bool {
    let parts = PatternPart.all(in: pattern)
    return [description, name, "\(type)/\(name)"].contains {
      $0 == pattern || Engine.matches(Array($0), parts)
    }
  }
}

/// A part of a pattern.
private enum PatternPart: Equatable {
  case anyText
  case anyCharacter
  case character(Character)

  /// The parts of `pattern`, where `\` takes a `*`, `?` or `\` behind it as it is.
  static func all(in pattern: String) -> [Self] {
    var parts: [Self] = []
    var rest = pattern[...]
    while let first = rest.popFirst() {
      switch first {
      case "*": parts.append(.anyText)
      case "?": parts.append(.anyCharacter)
      case "\\":
        let isEscape = rest.first.map { #"*?\"#.contains($0) } ?? false
        parts.append(.character(isEscape ? rest.removeFirst() : first))
      default: parts.append(.character(first))
      }
    }
    return parts
  }
}

/// Whether a text matches a pattern, in time linear in both for one `*`.
private func matches(_ text: [Character], _ pattern: [PatternPart]) -> Bool {
  var place = (text: 0, pattern: 0)
  var star: (text: Int, pattern: Int)?
  while place.text < text.count {
    if place.pattern < pattern.count, pattern[place.pattern] == .anyText {
      star = (place.text, place.pattern)
      place.pattern += 1
    } else if place.pattern < pattern.count,
      pattern[place.pattern] == .anyCharacter
        || pattern[place.pattern] == .character(text[place.text])
    {
      place = (place.text + 1, place.pattern + 1)
    } else if let last = star {
      star = (last.text + 1, last.pattern)
      place = (last.text + 1, last.pattern + 1)
    } else {
      return false
    }
  }
  return pattern[place.pattern...].allSatisfy { $0 == .anyText }
}
