internal import Model

/// An expression of Budgets and Cost Explorer, which says what of the cost is meant.
enum CostExpression {
  /// An expression with its lists of values in order and without what AWS takes by default.
  static func normalized(_ expression: Value) -> Value {
    switch expression {
    case .list(let terms): return .list(terms.map(normalized))
    case .map(let members):
      var normal: [String: Value] = [:]
      for (key, member) in members.without() {
        switch key {
        case "Values":
          normal[key] = .list(
            Set(member.elements.compactMap(\.string)).sorted().map(Value.string))
        case "MatchOptions" where [["EQUALS"], []].contains(member): continue
        default:
          let inner = normalized(member)
          if inner != [:], inner != [] { normal[key] = inner }
        }
      }
      return .map(normal)
    default: return expression
    }
  }
}
