internal import Foundation
public import Model

/// How an apply went.
///
/// - Throws: `EncodingError`.
public func render(report: ApplyReport, format: OutputFormat, style: TextStyle) throws -> String {
  var blocks: [Block] = []
  switch report.result {
  case .applied, .nothingToDo: break
  case .stale:
    blocks = report.staleReasons.map { .paragraph("- \($0)") }
    blocks.append(.paragraph("Nothing was written. Plan again and review the new plan."))
  case .appliedInPart:
    let missed = report.outcomes.filter { $0.result != .applied }
    blocks = [.table(.outcomes(missed))]
    blocks += undoBlocks(report.undo)
  case .undone: blocks = undoBlocks(report.undo)
  }
  if let version = report.version, report.result != .nothingToDo, report.result != .stale {
    blocks.append(.paragraph("The state is now at \(short(version)).", .dim))
  }
  return try render(
    Document(title: verdict(report), blocks: blocks), json: ReportJSON(report: report),
    format: format, style: style)
}

/// What failed before an apply was undone, or why it was not undone.
private func undoBlocks(_ undo: ApplyReport.Undo?) -> [Block] {
  guard let undo else { return [] }
  if let obstacle = undo.obstacle { return [.paragraph("It was not undone: \(obstacle)")] }
  return [
    .paragraph("What was not applied, so that the rest was undone:"),
    .table(.outcomes(undo.failures)),
  ]
}

/// What became of an apply, in a sentence.
func verdict(_ report: ApplyReport) -> String {
  let environment = report.environment.name
  let applied = report.outcomes.count { $0.result == .applied }
  let bill =
    money(report.cost.delta, signed: true)
    + (report.cost.unknowns.isEmpty ? "" : " and an unknown part")
  return switch report.result {
  case .applied:
    "Applied serial \(report.serial) to \(environment): \(counted(applied, "change")), \(bill)."
  case .undone:
    "Apply \(report.serial) to \(environment) failed and was undone: all is as it was before."
  case .appliedInPart where report.undo != nil && report.undo?.obstacle == nil:
    "Apply \(report.serial) to \(environment) failed and was undone in part: \(applied) of "
      + "\(counted(report.outcomes.count, "change"))."
  case .appliedInPart:
    "Applied serial \(report.serial) to \(environment) in part: \(applied) of "
      + "\(counted(report.outcomes.count, "change")), \(bill)."
  case .nothingToDo: "Nothing to do: \(environment) stays at serial \(report.serial)."
  case .stale: "The plan for \(environment) is stale: what it saw has moved."
  }
}

/// A report for programs: its own JSON with its version and the sum.
private struct ReportJSON: Encodable {
  let report: ApplyReport

  private enum Key: String, CodingKey { case formatVersion, monthlyCostDelta }

  func encode(to encoder: any Encoder) throws {
    try report.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(viewFormatVersion, forKey: .formatVersion)
    try container.encode(report.cost.delta, forKey: .monthlyCostDelta)
  }
}
