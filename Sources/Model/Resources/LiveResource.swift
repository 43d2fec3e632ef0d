/// A resource as AWS holds it now, in its type's normal form.
public struct LiveResource: Hashable, Sendable, Codable {
  /// What Weir could own. An attribute that is not set is not in here.
  public var attributes: [String: Value]
  /// Facts that Weir never owns but needs to price, explain or rewrite the resource, such as the
  /// ARN of the running task definition.
  public var context: [String: Value]

  /// A resource with these attributes.
  public init(attributes: [String: Value], context: [String: Value] = [:]) {
    self.attributes = attributes
    self.context = context
  }
}

/// What one write is to achieve.
public struct ResourceWrite: Sendable {
  /// The resource's name.
  public let name: String
  /// As it is now; nil where it is not there.
  public let live: LiveResource?
  /// Attributes to set.
  public let set: [String: Value]
  /// Attributes to take away.
  public let unset: Set<String>
  /// On the way back: the context that was recorded with the values, such as the earlier revision.
  public let recorded: [String: Value]

  /// A write of the resource `name`.
  public init(
    name: String, live: LiveResource?, set: [String: Value], unset: Set<String> = [],
    recorded: [String: Value] = [:]
  ) {
    self.name = name
    self.live = live
    self.set = set
    self.unset = unset
    self.recorded = recorded
  }

  /// All attributes as they stand after the write.
  public var result: [String: Value] {
    var attributes = live?.attributes ?? [:]
    for key in unset { attributes[key] = nil }
    attributes.merge(set) { _, new in new }
    return attributes
  }
}
