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
  /// As filters of EC2. In their values `*` and `?` are wildcards and `\` takes them as they are (EC2 user guide,
  /// List and filter using the CLI and API), so that each of the three gets a `\`. What passes is to be matched once
  /// more.
  var ec2Filters: [Value] {
    values.sorted { $0.key < $1.key }.map { key, values in
      values.isEmpty
        ? ["Name": "tag-key", "Values": [Self.literal(key)]]
        : ["Name": .string("tag:\(key)"), "Values": .list(values.map(Self.literal))]
    }
  }

  private static func literal(_ text: String) -> Value {
    .string(String(text.flatMap { #"*?\"#.contains($0) ? ["\\", $0] : [$0] }))
  }
}
