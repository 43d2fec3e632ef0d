internal import Foundation

/// The fewest and the most tasks of a service.
struct CapacityBounds: Hashable, CustomStringConvertible {
  /// The fewest.
  let min: Int
  /// The most; not below the fewest.
  let max: Int

  var description: String { "\(min) to \(max)" }

  /// The count that is nearest to `count` within the bounds; the fewest where none is given.
  func clamp(_ count: Int?) -> Int { Swift.min(Swift.max(count ?? min, min), max) }

  /// The counts within these bounds or `other`, and what lies between.
  func range(with other: CapacityBounds) -> ClosedRange<Decimal> {
    Decimal(Swift.min(min, other.min))...Decimal(Swift.max(max, other.max))
  }
}
