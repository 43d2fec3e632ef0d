/// An attribute of another resource that a resource keeps within bounds, as a scalable target does with
/// the count of a service: AWS moves it as soon as the bounds are set.
public struct BoundedAttribute: Hashable, Sendable {
  /// Whose attribute.
  public let address: Address
  /// The attribute.
  public let attribute: String
  /// The attribute of the bounding resource that holds the least.
  public let least: String
  /// The attribute of the bounding resource that holds the most.
  public let most: String
  /// The attribute of the bounding resource that lists what is suspended; nil where nothing can be.
  public let suspension: String?
  /// What `suspension` lists where nothing is moved.
  public let suspended: Set<Value>

  /// `attribute` of `address`, between what `least` and `most` hold, moved unless `suspension` lists all
  /// of `suspended`.
  public init(
    _ address: Address, _ attribute: String, least: String, most: String,
    suspension: String? = nil, suspended: Set<Value> = []
  ) {
    self.suspension = suspension
    self.suspended = suspended
    self.address = address
    self.attribute = attribute
    self.least = least
    self.most = most
  }
}
