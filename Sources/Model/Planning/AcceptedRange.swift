public import Foundation

/// The numbers that count as done besides the one that a change sets, because somebody else may move
/// the attribute within them.
public struct AcceptedRange: Hashable, Sendable, Codable {
  /// The lowest.
  public let min: Decimal
  /// The highest.
  public let max: Decimal

  /// The numbers within `range`.
  public init(_ range: ClosedRange<Decimal>) {
    min = range.lowerBound
    max = range.upperBound
  }

  /// Whether a value is a number among them.
  public func contains(_ value: Value?) -> Bool {
    guard let number = value?.number else { return false }
    return min <= number && number <= max
  }
}

extension Change {
  /// Whether an attribute that the change touches is where it is to be.
  public func isDone(_ name: String, in live: LiveResource) -> Bool {
    let value = live.attributes[name]
    return value == set[name] || accepts(value, of: name)
  }

  /// Whether a value of an attribute lies where somebody else may move it.
  public func accepts(_ value: Value?, of name: String) -> Bool {
    accepted?[name]?.contains(value) ?? false
  }

  /// What to set, given what is live now: what somebody else has brought within bounds meanwhile
  /// stays as it is.
  public func values(toSetOn live: LiveResource?) -> [String: Value] {
    guard let live, let before else { return set }
    var values = set
    for (name, value) in live.attributes
    where accepts(value, of: name) && !accepts(before.attributes[name], of: name) {
      values[name] = value
    }
    return values
  }
}
