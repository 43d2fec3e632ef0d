/// How CloudTrail tells of writes to the resources of a type.
public struct WriteEvents: Sendable {
  /// Where CloudTrail records them; nil for the region of the resources.
  public let region: String?
  /// The operations that change or make a resource, by CloudTrail's names.
  public let changing: [String]
  /// The operations that delete one.
  public let deleting: [String]
  /// The names of the resources that a request is about, from its parameters.
  public let names: @Sendable (_ requestParameters: Value) -> [String]

  /// Writes that CloudTrail records.
  public init(
    region: String? = nil, changing: [String], deleting: [String],
    names: @escaping @Sendable (_ requestParameters: Value) -> [String]
  ) {
    self.region = region
    self.changing = changing
    self.deleting = deleting
    self.names = names
  }
}
