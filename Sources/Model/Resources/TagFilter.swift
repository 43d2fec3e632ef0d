/// Which tags resources have to have: every key, with one of its values.
///
/// As the criterion `tags` of a ``ResourceSelector`` it is a map of lists.
public struct TagFilter: Hashable, Sendable {
  /// The values that each key may have; any where there are none.
  public let values: [String: [String]]

  /// The tags with one of `values` for each key.
  public init(_ values: [String: [String]]) {
    self.values = values.mapValues { $0.sorted() }
  }

  /// The filter of a selector; nil where it does not look at tags.
  public init?(_ selector: ResourceSelector) {
    guard let values = selector.criteria["tags"]?.map, !values.isEmpty else { return nil }
    self.init(values.mapValues { ($0.list ?? []).compactMap(\.string) })
  }

  /// As a criterion of a selector.
  public var criterion: Value { .map(values.mapValues { .list($0.map(Value.string)) }) }

  /// Whether a resource with these tags is meant.
  public func matches(_ tags: [String: String]) -> Bool {
    values.allSatisfy { key, values in
      tags[key].map { values.isEmpty || values.contains($0) } ?? false
    }
  }
}
