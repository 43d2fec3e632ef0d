internal import Foundation
public import Model

/// What others changed since it was applied, in one of the four forms. All show the same facts.
///
/// - Throws: `EncodingError` in JSON, for instance for a secret in clear text.
public func render(drift report: DriftReport, format: OutputFormat, style: TextStyle) throws
  -> String
{
  switch format {
  case .text: DriftText(report: report, style: style).text
  case .json: try jsonText(DriftJSON(report))
  case .markdown: Document(drift: report).markdown
  case .html: Document(drift: report).html
  }
}

/// The report for programs.
private struct DriftJSON: Encodable {
  let formatVersion = viewFormatVersion
  let environment: EnvironmentReference
  let policy: PolicyReference
  let state: StateReference
  let selection: [String]?
  let time: Date
  let resourceCount: Int
  let monthlyCostDelta: Value
  let drift: [Item]

  struct Item: Encodable {
    let address: Address
    let isMissing: Bool
    let serial: Int
    let isReverted: Bool
    let onDrift: DriftPolicy
    let fields: [Field]
    let cost: CostChange?
    let by: Attribution?
  }

  /// A difference, by the words of this view.
  struct Field: Encodable {
    let path: String
    let applied: Value?
    let live: Value?
    let source: SourceRange?
  }

  init(_ report: DriftReport) {
    environment = report.environment
    policy = report.policy
    state = report.state
    selection = report.selection.isEmpty ? nil : report.selection
    time = report.time
    resourceCount = report.resourceCount
    monthlyCostDelta = .number(report.cost.delta)
    drift = report.drift.map { drift in
      Item(
        address: drift.address, isMissing: drift.isMissing, serial: drift.serial,
        isReverted: drift.isReverted, onDrift: drift.onDrift ?? .revert,
        fields: drift.fields.map {
          Field(path: $0.path, applied: $0.before, live: $0.after, source: $0.source)
        }, cost: drift.cost, by: report.attributions?[drift.address])
    }
  }
}
