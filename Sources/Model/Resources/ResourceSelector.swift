/// Which resources of a type a manifest means where it does not name them.
public struct ResourceSelector: Hashable, Sendable {
  /// The type.
  public let type: String
  /// What they have in common, in words that the type defines: a `prefix` of the name, `tags`.
  public let criteria: [String: Value]

  /// The resources of `type` that meet all `criteria`.
  public init(type: String, criteria: [String: Value]) {
    self.type = type
    self.criteria = criteria
  }
}
