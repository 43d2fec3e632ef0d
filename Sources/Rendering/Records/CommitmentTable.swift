internal import Foundation
internal import Model

extension Table {
  /// Commitments, one a row.
  static func commitments(_ commitments: [Commitment]) -> Table {
    Table(
      columns: [
        Column("commitment"), Column("pays for"), Column("state"), Column("ends"),
        Column("unused", .right), Column("a month", .right), Column("unused a month", .right),
      ],
      rows: commitments.map { commitment in
        [
          Cell(commitment.id, isCode: true), Cell(commitment.subject), Cell(commitment.state),
          Cell(commitment.end.map { timeText($0) } ?? "never by itself"),
          Cell(commitment.unused.map(String.init) ?? "unknown"),
          Cell(amount(commitment.cost)), Cell(commitment.unusedCost.map(amount) ?? "unknown"),
        ]
      })
  }
}

/// How many there are, and what they cost together.
func commitmentText(_ commitments: [Commitment]) -> String {
  if commitments.isEmpty { return "no capacity reservation and no Savings Plan" }
  let whole = commitments.reduce(.zero) { $0 + $1.cost }
  let unused = commitments.compactMap(\.unusedCost)
  return "\(commitments.count), owed whether used or not: \(amount(whole))"
    + (unused.isEmpty
      ? ""
      : "; for reserved instances that nobody runs: \(amount(unused.reduce(.zero, +)))")
}

/// A cost a month; where a part of it is not known, at least the rest.
private func amount(_ cost: MonthlyCost) -> String {
  if cost.isKnown { return money(cost.amount, signed: false) }
  return cost.amount == 0 ? "unknown" : ">= \(money(cost.amount, signed: false))"
}
