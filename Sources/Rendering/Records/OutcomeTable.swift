internal import Model

extension Table {
  /// What became of each change.
  static func outcomes(_ outcomes: [ChangeOutcome]) -> Table {
    Table(
      columns: [Column("change"), Column("type"), Column("name"), Column("outcome")],
      rows: outcomes.map { outcome in
        let action = outcome.action
        return [
          Cell("\(action.symbol) \(action.verb)", tone: action.tone),
          Cell(outcome.address.type, isCode: true), Cell(outcome.address.name, isCode: true),
          Cell(outcomeText(outcome), tone: outcome.result == .applied ? .plain : .delete),
        ]
      })
  }
}

/// What became of a change: `changed`, `failed: AccessDenied`, `not tried: …`.
func outcomeText(_ outcome: ChangeOutcome) -> String {
  switch outcome.result {
  case .applied: outcome.action.past
  case .failed(let message): "failed: \(message)"
  case .skipped(let message): "not tried: \(message)"
  }
}
