internal import Manifests
internal import Model

extension RuleDocument {
  /// The filter of a rule in AWS's shape: one condition as it is, several under `And`, and none as
  /// the empty prefix (API description of s3, LifecycleRuleFilter).
  func filter(_ fields: Fields, into diagnostics: inout Diagnostics) -> Value {
    var conditions: [String: Value] = [:]
    if let prefix = fields.string("prefix"), !prefix.value.isEmpty {
      conditions["Prefix"] = .string(prefix.value)
    }
    let tags = fields.stringMap("tags").sorted { $0.key.value < $1.key.value }
      .map { tag -> Value in ["Key": .string(tag.key.value), "Value": .string(tag.value.value)] }
    conditions.merge(sizes(fields, into: &diagnostics)) { own, _ in own }
    switch (conditions.count, tags.count) {
    case (0, 0): return ["Prefix": ""]
    case (1, 0): return .map(conditions)
    case (0, 1): return ["Tag": tags[0]]
    case (_, 0): return ["And": .map(conditions)]
    default:
      conditions["Tags"] = .list(tags)
      return ["And": .map(conditions)]
    }
  }

  /// Says where each condition of the filter is asked for that one scalar states.
  mutating func locateConditions(_ fields: Fields) {
    let names = [
      "prefix": "Prefix", "minSize": "ObjectSizeGreaterThan", "maxSize": "ObjectSizeLessThan",
    ]
    for (field, member) in names where fields.has(field) {
      let form: WrittenForm = field == "prefix" ? .text : .quantity(.dataSize)
      // Alone it stands as it is, beside others under `And`.
      for path in ["Filter.\(member)", "Filter.And.\(member)"] {
        locate(path, at: fields.range(of: field), as: form)
      }
    }
  }

  private func sizes(_ fields: Fields, into diagnostics: inout Diagnostics) -> [String: Value] {
    var sizes: [String: Value] = [:]
    let (least, most) = (fields.bytes("minSize"), fields.bytes("maxSize"))
    if let least { sizes["ObjectSizeGreaterThan"] = Value(Int(least.value)) }
    if let most { sizes["ObjectSizeLessThan"] = Value(Int(most.value)) }
    if let least, let most, least.value >= most.value {
      diagnostics.add(
        error: "a rule for no object", at: most.range,
        detail: "No object is larger than `minSize` and smaller than `maxSize`.")
    }
    return sizes
  }
}
