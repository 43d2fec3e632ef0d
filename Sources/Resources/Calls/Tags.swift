internal import Model

extension Value {
  /// Tags as most services list them, `[{Key, Value}]` in either spelling, by their keys.
  var tags: [String: String] {
    Dictionary(
      elements.compactMap { tag in
        (tag["Key"] ?? tag["key"])?.string
          .map { ($0, (tag["Value"] ?? tag["value"])?.string ?? "") }
      }, uniquingKeysWith: { $1 })
  }
}

extension TagFilter {
  /// As filters of EC2, which take wildcards: what they let pass is to be matched once more.
  var ec2Filters: [Value] {
    values.sorted { $0.key < $1.key }.map { key, values in
      values.isEmpty
        ? ["Name": "tag-key", "Values": [.string(key)]]
        : ["Name": .string("tag:\(key)"), "Values": .list(values.map(Value.string))]
    }
  }
}
