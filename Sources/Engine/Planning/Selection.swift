public import Model

extension Plan {
  /// The part of the plan that concerns addresses which match one of the patterns: `*` stands for
  /// any text, `?` for one character. A pattern is held against `TYPE NAME` and against the name.
  public func selecting(_ patterns: [String]) -> Plan {
    if patterns.isEmpty { return self }
    func isSelected(_ address: Address) -> Bool {
      patterns.contains { pattern in
        [address.description, address.name, "\(address.type)/\(address.name)"].contains {
          matches($0, pattern: pattern)
        }
      }
    }
    var part = self
    part.selection = patterns
    part.changes = changes.filter { isSelected($0.address) }
    part.drift = drift.filter { isSelected($0.address) }
    part.refreshed = refreshed.filter { isSelected($0.address) }
    part.problems = problems.filter { $0.address.map(isSelected) ?? true }
    return part
  }
}

/// Whether a text matches a pattern of `*` and `?`, in time linear in both for one `*`.
private func matches(_ text: String, pattern: String) -> Bool {
  let text = Array(text)
  let pattern = Array(pattern)
  var place = (text: 0, pattern: 0)
  var star: (text: Int, pattern: Int)?
  while place.text < text.count {
    if place.pattern < pattern.count, pattern[place.pattern] == "*" {
      star = (place.text, place.pattern)
      place.pattern += 1
    } else if place.pattern < pattern.count,
      pattern[place.pattern] == "?" || pattern[place.pattern] == text[place.text]
    {
      place = (place.text + 1, place.pattern + 1)
    } else if let last = star {
      star = (last.text + 1, last.pattern)
      place = (last.text + 1, last.pattern + 1)
    } else {
      return false
    }
  }
  return pattern[place.pattern...].allSatisfy { $0 == "*" }
}
