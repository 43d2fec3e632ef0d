internal import Foundation
public import Model

/// What the state branch tells of one apply.
public struct RecordFacts: Sendable {
  /// The environment.
  public let environment: EnvironmentReference
  /// The apply.
  public let entry: HistoryEntry
  /// The state at its end; nil where it is not known.
  public let state: State?
  /// Its plan and what became of each change; nil where that is not known.
  public let report: StoredReport?

  /// What is told of the apply `entry`.
  public init(
    environment: EnvironmentReference, entry: HistoryEntry, state: State?,
    report: StoredReport?
  ) {
    self.environment = environment
    self.entry = entry
    self.state = state
    self.report = report
  }
}

/// One apply, as `weir show SERIAL` shows it: who, when, from which policy, what became of each
/// change, and what Weir held at its end.
///
/// - Throws: `EncodingError`.
public func render(record: RecordFacts, format: OutputFormat, style: TextStyle) throws -> String {
  let entry = record.entry
  let title = "Serial \(entry.serial) of \(environmentText(record.environment))"
  var facts = [
    Fact("summary", entry.summary), Fact("by", entry.actor), Fact("ended", timeText(entry.time)),
    Fact("state", entry.version, isCode: true),
  ]
  if let commit = entry.policyCommit { facts.append(Fact("policy", commit, isCode: true)) }
  if let digest = entry.planDigest { facts.append(Fact("plan", digest, isCode: true)) }
  var blocks: [Block] = [.facts(facts)]
  if let report = record.report { blocks += reportBlocks(report) }
  let resources = (record.state?.resources.values.map { $0 } ?? [])
    .sorted { $0.address < $1.address }
  if record.state != nil {
    blocks += [.heading("What Weir held at its end: \(counted(resources.count, "resource"))")]
    blocks += resources.map { resource(of: $0, at: entry.serial) }
  }
  return try render(
    Document(title: title, blocks: blocks),
    json: RecordJSON(
      environment: record.environment, entry: entry, report: record.report,
      resources: record.state.map { _ in resources }),
    format: format, style: style)
}

private func resource(of resource: AppliedResource, at serial: Int) -> Block {
  var remarks = ["\(resource.manifest)"]
  remarks.append(
    resource.serial == serial ? "written by this apply" : "written at serial \(resource.serial)")
  if resource.wasCreated { remarks.append("created by Weir") }
  if resource.isProtected { remarks.append("protected") }
  if resource.onRemove != .restore { remarks.append("onRemove: \(resource.onRemove.rawValue)") }
  let values = resource.attributes.sorted { $0.key < $1.key }.map { key, value in
    Fact(key, cut(valueText(value), to: 200), isCode: true)
  }
  return .details(
    Cell("\(resource.address)", isCode: true, tone: .strong),
    [
      .paragraph(remarks.joined(separator: ", "), .dim),
      .facts(values),
    ])
}

/// One apply for programs.
private struct RecordJSON: Encodable {
  let formatVersion = viewFormatVersion
  let environment: EnvironmentReference
  let entry: HistoryEntry
  let report: StoredReport?
  let resources: [AppliedResource]?
}
