internal import Foundation
public import Model

/// The applies of an environment, the newest first, and the one that has not ended.
///
/// - Throws: `EncodingError`.
public func render(
  history: [HistoryEntry], pending: PendingApply?, environment: EnvironmentReference,
  format: OutputFormat, style: TextStyle
) throws -> String {
  var blocks: [Block] = []
  if let pending { blocks.append(.paragraph(unfinishedText(pending), .delete)) }
  if history.isEmpty {
    blocks.append(.paragraph("Nothing has been applied yet."))
  } else {
    blocks.append(.table(historyTable(history)))
  }
  return try render(
    Document(title: "History of \(environmentText(environment))", blocks: blocks),
    json: HistoryJSON(
      environment: environment, entries: history, unfinished: pending.map(UnfinishedJSON.init)),
    format: format, style: style)
}

/// That an apply has begun and not ended, and who holds the environment meanwhile.
func unfinishedText(_ pending: PendingApply) -> String {
  "Serial \(pending.serial) has begun and not ended: \(pending.lease.holder) began it at "
    + "\(timeText(pending.lease.since)) and holds the lease until "
    + "\(timeText(pending.lease.until)). \(counted(pending.plan.changes.count, "change")) planned."
}

private func historyTable(_ history: [HistoryEntry]) -> Table {
  Table(
    columns: [
      Column("serial", .right), Column("ended"), Column("by"), Column("policy"), Column("summary"),
    ],
    rows: history.map { entry in
      [
        Cell(String(entry.serial)), Cell(timeText(entry.time)), Cell(entry.actor),
        Cell(entry.policyCommit.map { short($0) } ?? "-", isCode: true), Cell(entry.summary),
      ]
    })
}

/// The history for programs.
private struct HistoryJSON: Encodable {
  let formatVersion = viewFormatVersion
  let environment: EnvironmentReference
  let entries: [HistoryEntry]
  let unfinished: UnfinishedJSON?
}

/// What every view's JSON says of an apply that has not ended.
struct UnfinishedJSON: Encodable {
  let serial: Int
  let lease: Lease
  let changes: Int

  init(_ pending: PendingApply) {
    serial = pending.serial
    lease = pending.lease
    changes = pending.plan.changes.count
  }
}
