/// How CloudTrail tells of writes to the resources of a type.
public struct WriteEvents: Sendable {
  /// What a request of an operation can have changed; attributes by what their paths begin with.
  public enum Effect: Hashable, Sendable {
    /// These attributes.
    case attributes(Set<String>)
    /// For each member that the request has, these attributes.
    case members([String: Set<String>])
  }

  /// An identifier that AWS gives a resource when it is made.
  public struct Identifier: Sendable {
    /// The entry of a resource's context with it.
    public let entry: String
    /// The operation that makes a resource, by CloudTrail's name.
    public let operation: String
    /// What that operation answered, from the event's response.
    public let made: @Sendable (_ responseElements: Value) -> String?

    /// An identifier that stands in `entry` of the context, and in what `operation` answers.
    public init(
      _ entry: String, from operation: String,
      made: @escaping @Sendable (_ responseElements: Value) -> String?
    ) {
      self.entry = entry
      self.operation = operation
      self.made = made
    }
  }

  /// Where CloudTrail records them; nil for the region of the resources.
  public let region: String?
  /// The operations that change or make a resource, by CloudTrail's names.
  public let changing: [String]
  /// What the operations change, where that is not everything.
  public let effects: [String: Effect]
  /// The operations that delete one.
  public let deleting: [String]
  /// What requests know a resource by, where that is not its name; nil where it is.
  public let identifier: Identifier?
  /// The names or identifiers of the resources that a request is about, from its parameters.
  public let names: @Sendable (_ requestParameters: Value) -> [String]

  /// Writes that CloudTrail records.
  public init(
    region: String? = nil, changing: [String], effects: [String: Effect] = [:],
    deleting: [String], identifier: Identifier? = nil,
    names: @escaping @Sendable (_ requestParameters: Value) -> [String]
  ) {
    self.region = region
    self.changing = changing
    self.effects = effects
    self.deleting = deleting
    self.identifier = identifier
    self.names = names
  }

  /// Whether a request of `operation` can have changed one of the attributes at `paths`.
  ///
  /// - Parameter requestParameters: its parameters; nil for any such request.
  public func canChange(
    _ paths: Set<String>, by operation: String, _ requestParameters: Value? = nil
  ) -> Bool {
    let attributes: Set<String>
    switch effects[operation] {
    case nil: return true
    case .attributes(let changed)?: attributes = changed
    case .members(let members)?:
      attributes = members.reduce(into: []) { all, member in
        if requestParameters == nil || requestParameters?[member.key] != nil {
          all.formUnion(member.value)
        }
      }
    }
    return paths.contains { path in attributes.contains(String(path.prefix { $0 != "." })) }
  }
}
