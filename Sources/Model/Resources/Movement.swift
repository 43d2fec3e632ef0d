public import Foundation

/// What a resource does by itself to attributes of another one, as a scheduled action does to the
/// bounds of a scalable target.
public struct Movement: Hashable, Sendable {
  /// How the names of those end that lead back to the values that hold without any of them. Names
  /// in AWS: what has another name is another resource.
  public static let returnSuffix = "-end"
  /// How the names of those end that start what was parked: they lead back, too, and what was found counts
  /// as given back by them.
  public static let startSuffix = "-run"
  /// How the names of those end that park.
  public static let parkSuffix = "-park"
  /// For how many seconds afterwards the values of before are accepted: AWS may be a little late.
  public static let grace: TimeInterval = 300
  /// For how many seconds before it the values of after are accepted: a clock may be a little slow.
  public static let lead: TimeInterval = 30

  /// Whose attributes.
  public let address: Address
  /// The attributes that it may set.
  public let attributes: [String]
  /// The values that it sets.
  public let values: [String: Value]
  /// Whether it leads back to the values that hold without it.
  public let isReturn: Bool
  /// Whether it gives back what was found when the resource was parked.
  public let isStart: Bool
  /// When it did so last; nil where it has not yet, or where that is not known.
  public let last: Date?
  /// Whether it never does so again.
  public let isOver: Bool

  /// What a resource does to `attributes` of `address`.
  public init(
    _ address: Address, attributes: [String], values: [String: Value], isReturn: Bool,
    isStart: Bool = false, last: Date?, isOver: Bool
  ) {
    self.address = address
    self.attributes = attributes
    self.values = values
    self.isReturn = isReturn
    self.isStart = isStart
    self.last = last
    self.isOver = isOver
  }
}
