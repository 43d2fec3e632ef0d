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
  if let report = record.report { blocks += reportBlocks(report, width: style.width - 6) }
  let resources = (record.state?.resources.values.map { $0 } ?? [])
    .sorted { $0.address < $1.address }
  if record.state != nil {
    blocks += heldBlocks(resources, at: entry.serial, width: style.width - 6)
  }
  return try render(
    Document(title: title, blocks: blocks),
    json: RecordJSON(
      environment: record.environment, entry: entry, report: record.report,
      resources: record.state.map { _ in resources }),
    format: format, style: style)
}

/// What Weir held: in full what this apply wrote, of all else which apply wrote it.
private func heldBlocks(_ resources: [AppliedResource], at serial: Int, width: Int) -> [Block] {
  let others = resources.filter { $0.serial != serial }
  let title = "What Weir held at its end: \(counted(resources.count, "resource"))"
  var blocks: [Block] = [.heading(title)]
  blocks += resources.filter { $0.serial == serial }.map { heldBlock($0, width: width) }
  guard !others.isEmpty else { return blocks }
  let table = Table(
    columns: [Column("type"), Column("name"), Column("as of")],
    rows: others.map {
      [
        Cell($0.address.type, isCode: true), Cell($0.address.name, isCode: true),
        Cell("serial \($0.serial)"),
      ]
    })
  let rest =
    others.count == resources.count
    ? "All of it as earlier applies left it" : "The rest, as earlier applies left it"
  return blocks + [.heading("\(rest): \(counted(others.count, "resource"))"), .table(table)]
}

/// One resource that the apply wrote, with its attributes.
private func heldBlock(_ resource: AppliedResource, width: Int) -> Block {
  var remarks = ["\(resource.manifest)"]
  if resource.wasCreated { remarks.append("created by Weir") }
  if resource.isProtected { remarks.append("protected") }
  if resource.onRemove != .restore { remarks.append("onRemove: \(resource.onRemove.rawValue)") }
  let values = resource.attributes.sorted { $0.key < $1.key }.map { key, value in
    Fact(key, ShownValue(value, width: max(24, width - displayWidth(key) - 2)))
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
