internal import Foundation
internal import Model

extension Table {
  /// What a plan does to each resource type; nil where it changes so few that the
  /// totals say it all.
  static func byType(_ plan: Plan) -> Table? {
    let types = Dictionary(grouping: plan.changes, by: \.address.type)
    guard types.count > 3 else { return nil }
    let actions =
      [Change.Action.create, .update, .delete]
      + [Change.Action.adopt, .forget].filter { plan.count(of: $0) > 0 }
    return Table(
      columns: [Column("type")] + actions.map { Column($0.verb, .right) }
        + [Column("money", .right)],
      rows: types.keys.sorted().map { type in
        let changes = types[type] ?? []
        let counts = actions.map { action in changes.count { $0.action == action } }
        let cost = CostChange(
          before: changes.reduce(.zero) { $0 + $1.cost.before },
          after: changes.reduce(.zero) { $0 + $1.cost.after })
        return [Cell(type, isCode: true)] + counts.map { Cell(String($0)) } + [
          Cell(markedMoney(cost))
        ]
      })
  }
}
