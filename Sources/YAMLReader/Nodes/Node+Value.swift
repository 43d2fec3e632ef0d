public import Model

extension Node {
  /// The node as plain data, without places; `.inf` and `.nan` become strings.
  public var value: Value {
    switch kind {
    case .sequence(let elements): return .list(elements.map(\.value))
    case .mapping(let entries):
      let members = entries.map { ($0.key.text, $0.value.value) }
      return .map(Dictionary(members, uniquingKeysWith: { first, _ in first }))
    case .scalar(let scalar):
      switch scalar.content {
      case .null: return .null
      case .bool(let truth): return .bool(truth)
      case .integer(let number): return Value(number)
      case .number(let number): return .number(number)
      case .nonFinite, .string: return .string(scalar.text)
      }
    }
  }
}
