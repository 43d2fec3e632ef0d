internal import Foundation
internal import Model

/// The sentences about drift that every view shares.
extension DriftReport {
  /// What it is about: `Drift of prod (123456789012, us-east-2) since serial 12, policy 4f2c1d9`.
  var title: String {
    var title = "Drift of \(environmentText(environment)) since serial \(state.serial)"
    if let commit = policy.commit {
      title += ", policy \(short(commit))"
      if policy.hasUncommittedChanges { title += " + uncommitted changes" }
    }
    if !selection.isEmpty { title += ", only \(enumerated(selection))" }
    return title
  }

  /// The last line: how many, and their money.
  var totals: String {
    if state.serial == 0 { return "Nothing has been applied yet, so nothing can have drifted." }
    let resources = counted(resourceCount, "resource")
    guard !drift.isEmpty else { return "No drift: \(resources) \(isAre) as applied." }
    let unknown = drift.count { $0.cost?.unknowns.isEmpty == false }
    let delta = money(cost.delta, signed: true)
    let amount =
      unknown == 0
      ? delta : cost.delta == 0 ? "\(unknown) unknown" : "\(delta) and \(unknown) unknown"
    return "Drift: \(drift.count) of \(resources). \(amount)\(priceDays(cost))"
  }

  private var isAre: String { resourceCount == 1 ? "is" : "are" }
}

extension Document {
  /// Drift as a page.
  init(drift report: DriftReport) {
    var blocks: [Block] = [.paragraph(report.totals, .strong)]
    let folded = FoldedDrift.folding(report)
    if !folded.isEmpty {
      let hasAuthors = report.attributions != nil
      let columns =
        [Column("resource"), Column("drift"), Column("asked for at")]
        + (hasAuthors ? [Column("by")] : []) + [Column("next"), Column("money", .right)]
      blocks.append(
        .table(Table(columns: columns, rows: folded.map { Self.row($0, hasAuthors: hasAuthors) })))
    }
    self.init(title: report.title, blocks: blocks)
  }

  private static func row(_ drift: FoldedDrift, hasAuthors: Bool) -> [Cell] {
    var places: [String] = []
    for place in drift.first.fields.compactMap(drift.place) where !places.contains(place) {
      places.append(place)
    }
    let name = "\(drift.first.address.type) \(drift.title)"
    let others = drift.others(.max).map { "; also \($0)" } ?? ""
    return [
      Cell("! \(name)\(others)", isCode: true, tone: .drift),
      Cell(drift.first.shown(width: 120), isCode: false), Cell(places.joined(separator: ", ")),
    ] + (hasAuthors ? [Cell(drift.by ?? "")] : []) + [Cell(drift.next), Cell(drift.money)]
  }
}
