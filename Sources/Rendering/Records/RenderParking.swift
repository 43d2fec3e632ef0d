public import Foundation
public import Model

/// A parking group and its resources, as `weir status GROUP` shows them.
public struct ParkingFacts: Sendable {
  /// A resource of the group.
  public struct Member: Sendable, Encodable {
    /// Which resource.
    public let address: Address
    /// Whether it runs or Weir has it parked; nil where it stays as it is.
    public let state: ParkingState?
    /// Why it stays as it is, in a full sentence; nil where it does not.
    public let reason: String?
    /// Since when Weir has it parked; nil where it does not.
    public let since: Date?
    /// What it costs as it is.
    public let cost: MonthlyCost
    /// What parking saves, or would save.
    public let saving: MonthlyCost

    /// A resource of the group.
    public init(
      address: Address, state: ParkingState?, reason: String?, since: Date?, cost: MonthlyCost,
      saving: MonthlyCost
    ) {
      self.address = address
      self.state = state
      self.reason = reason
      self.since = since
      self.cost = cost
      self.saving = saving
    }
  }

  /// What the windows of schedules make of the group.
  public struct Window: Sendable, Encodable {
    /// The schedule whose window is in force, or else begins next.
    public let schedule: String
    /// Whether the group runs or is parked by its windows.
    public let state: ParkingState
    /// Until when, by the clock of the schedule, too.
    public let until: Firing

    /// A group that is in `state` until then.
    public init(_ schedule: ManifestReference, _ state: ParkingState, until: Firing) {
      self.schedule = schedule.description
      self.state = state
      self.until = until
    }
  }

  let environment: EnvironmentReference
  let name: String
  let declared: ParkingState
  let state: ParkingState
  let window: Window?
  let override: ParkingOverride?
  let members: [Member]

  /// The group `name`, whose manifest says `declared`.
  public init(
    environment: EnvironmentReference, name: String, declared: ParkingState, state: ParkingState,
    window: Window?, override: ParkingOverride?, members: [Member]
  ) {
    self.environment = environment
    self.name = name
    self.declared = declared
    self.state = state
    self.window = window
    self.override = override
    self.members = members
  }
}

/// A parking group with each of its resources, what it costs now and what parking saves.
///
/// - Throws: `EncodingError`.
public func render(parking: ParkingFacts, format: OutputFormat, style: TextStyle) throws -> String {
  let table = Table(
    columns: [
      Column("type"), Column("name"), Column("state"), Column("since"),
      Column("costs now", .right), Column("parking saves", .right),
    ],
    rows: parking.members.map { member in
      [
        Cell(member.address.type, isCode: true), Cell(member.address.name, isCode: true),
        Cell(member.state?.rawValue ?? "stays", tone: member.state == .parked ? .dim : .plain),
        Cell(member.since.map(timeText) ?? ""), Cell(costText(member.cost)),
        Cell(member.reason == nil ? costText(member.saving) : ""),
      ]
    })
  var facts = [
    Fact("state", parking.state.rawValue), Fact("manifest", "state: \(parking.declared.rawValue)"),
  ]
  if let window = parking.window {
    facts.append(
      Fact(
        "windows", "\(window.schedule): \(window.state.rawValue) until \(window.until.text)"))
  }
  if let said = parking.override {
    let command = said.state == .parked ? "stop" : "start"
    let until = said.until.map { ", until \(timeText($0))" } ?? ""
    facts.append(Fact("said", "weir \(command) at \(timeText(said.since))\(until)"))
  }
  var blocks: [Block] = [.facts(facts)]
  if parking.members.isEmpty {
    blocks.append(.paragraph("No resource that can be parked has its tags."))
  } else {
    blocks.append(.table(table))
    blocks.append(
      .paragraph(
        "It costs \(costText(parking.cost)) as it is; parking \(parking.savings).", .strong))
    blocks += parking.members.compactMap { member in
      member.reason.map { .paragraph("\(member.address) stays as it is. \($0)") }
    }
  }
  blocks.append(
    .paragraph(
      "S3 buckets and SNS topics are kept: they cost by what is stored and sent.", .dim))
  return try render(
    Document(
      title: "Parking/\(parking.name) in \(environmentText(parking.environment))", blocks: blocks),
    json: ParkingJSON(parking), format: format, style: style)
}

/// A cost as it is known: `$3.00/mo`, `>= $3.00/mo`, `unknown`.
private func costText(_ cost: MonthlyCost) -> String {
  if cost.isKnown { return money(cost.amount, signed: false) }
  return cost.amount == 0 ? "unknown" : ">= \(money(cost.amount, signed: false))"
}

extension ParkingFacts {
  fileprivate var cost: MonthlyCost { members.reduce(.zero) { $0 + $1.cost } }
  fileprivate var saving: MonthlyCost {
    members.filter { $0.reason == nil }.reduce(.zero) { $0 + $1.saving }
  }

  /// What parking saves of what is parked, and would save of what runs.
  fileprivate var savings: String {
    func sum(_ state: ParkingState) -> MonthlyCost? {
      let members = members.filter { $0.state == state }
      return members.isEmpty ? nil : members.reduce(.zero) { $0 + $1.saving }
    }
    let parts = [(sum(.parked), "saves"), (sum(.running), "would save")].compactMap { cost, verb in
      cost.map { "\(verb) \(costText($0))" }
    }
    return parts.isEmpty ? "saves nothing" : parts.joined(separator: " and ")
  }
}

/// The group for programs.
private struct ParkingJSON: Encodable {
  let formatVersion = viewFormatVersion
  let environment: EnvironmentReference
  let group: String
  let state: ParkingState
  let manifestState: ParkingState
  let window: ParkingFacts.Window?
  let override: ParkingOverride?
  let resources: [ParkingFacts.Member]
  let monthlyCost: MonthlyCost
  let monthlySaving: MonthlyCost

  init(_ facts: ParkingFacts) {
    environment = facts.environment
    group = facts.name
    state = facts.state
    manifestState = facts.declared
    window = facts.window
    override = facts.override
    resources = facts.members
    monthlyCost = facts.cost
    monthlySaving = facts.saving
  }
}
