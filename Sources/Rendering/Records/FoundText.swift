public import Model

/// What was found of a resource, on one line: `reservedConcurrency 100, tags {a: b}`.
public func foundText(_ found: [String: Value]) -> String {
  found.sorted { $0.key < $1.key }
    .map { "\($0.key) \(valueText($0.value.isNull ? nil : $0.value))" }.joined(separator: ", ")
}
