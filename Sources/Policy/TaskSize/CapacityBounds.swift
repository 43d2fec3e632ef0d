internal import Foundation

/// The fewest and the most tasks of a service.
struct CapacityBounds: Hashable, CustomStringConvertible {
  /// The fewest.
  let min: Int
  /// The most; not below the fewest.
  let max: Int

  var description: String { "\(min) to \(max)" }

  /// The count that is nearest to `count` within the bounds.
  func clamp(_ count: Int) -> Int { Swift.min(Swift.max(count, min), max) }

  /// The counts within these bounds or `others`, and what lies between.
  func range(with others: [CapacityBounds]) -> ClosedRange<Decimal> {
    let least = others.reduce(min) { Swift.min($0, $1.min) }
    let most = others.reduce(max) { Swift.max($0, $1.max) }
    return Decimal(least)...Decimal(most)
  }
}
