public import Foundation
internal import Manifests
public import Model

/// A parking group as it stands at a time.
public struct ParkingGroup: Hashable, Sendable {
  /// Its name: that of its manifest.
  public let name: String
  /// Its manifest, as plans name it.
  public var manifest: String {
    ManifestReference(kind: Parking.schema.kind, name: name).description
  }
  /// What its manifest says.
  public let declared: ParkingState
  /// What a command has said.
  public let override: ParkingOverride?
  /// Whether it runs or is parked.
  public let state: ParkingState
  /// What its windows and its manifest say.
  public let scheduled: ParkingState
  /// Whether it has windows.
  public let isScheduled: Bool
  /// When its windows change its state next; nil where they do not.
  public let nextEdge: Date?
  /// The time zone of its windows.
  public let timeZone: TimeZone?
  /// The schedule whose window is in force, or else the one whose window begins next.
  public let schedule: ManifestReference?
  /// Whether AWS parks it by itself when a start has ended.
  public let hasRole: Bool

  init(_ name: String, _ rule: ParkingRule, at time: Date) {
    self.name = name
    declared = rule.declared
    override = rule.override
    state = rule.state
    scheduled = rule.scheduled(at: time)
    isScheduled = rule.isScheduled
    nextEdge = rule.nextEdge(after: time)
    timeZone = rule.windows.first?.timeZone
    schedule = (rule.window(at: time) ?? nextEdge.flatMap(rule.window))?.schedule
    hasRole = rule.role != nil
  }

  /// What a command records that wants it to be in `state`; nil where windows and the manifest say so anyway.
  /// With windows it holds until the next one begins or ends.
  ///
  /// - Parameter end: until when it is to be so at the most; nil where that is not said.
  public func saying(_ state: ParkingState, at time: Date, until end: Date? = nil)
    -> ParkingOverride?
  {
    if state == scheduled, end == nil { return nil }
    return ParkingOverride(state, since: time, until: [end, nextEdge].compactMap { $0 }.min())
  }
}

extension CompiledEnvironment {
  /// The parking groups at `time`, by name.
  public func parkingGroups(_ overrides: [String: ParkingOverride], at time: Date)
    -> [String: ParkingGroup]
  {
    var groups: [String: ParkingGroup] = [:]
    for selection in judging(overrides, at: time).selections {
      guard let rule = selection.parking else { continue }
      let name = selection.pattern.manifest.name
      if groups[name] == nil { groups[name] = ParkingGroup(name, rule, at: time) }
    }
    return groups
  }

  /// What is asked for where the groups that run ask for nothing: those that AWS parks by itself are looked
  /// for all the same.
  public func parked(_ overrides: [String: ParkingOverride], at time: Date) -> CompiledEnvironment {
    let judged = judging(overrides, at: time)
    return CompiledEnvironment(
      resources: resources,
      selections: judged.selections.filter { selection in
        guard let rule = selection.parking else { return true }
        return rule.state == .parked || rule.isMadeByAWS
      }, diagnostics: diagnostics)
  }

  /// The groups as they are at a time.
  private func judging(_ overrides: [String: ParkingOverride], at time: Date) -> CompiledEnvironment
  {
    CompiledEnvironment(
      resources: resources,
      selections: selections.map { selection in
        guard selection.parking != nil else { return selection }
        var selection = selection
        selection.parking?.override = overrides[selection.pattern.manifest.name]
        selection.parking?.time = time
        return selection
      }, diagnostics: diagnostics)
  }

  /// What goes with the resources of groups that AWS parks and starts by itself, such as scalable targets.
  ///
  /// - Parameters: as for ``resources(found:records:live:at:)``.
  public func parkedParts(
    found: [ResourceSelector: [String: LiveResource]], records: [Address: AppliedResource]
  ) -> Set<Address> {
    let parts = selections.filter { $0.parking?.isMadeByAWS == true }.flatMap { selection in
      selection.outcomes(found: found, records: records).flatMap { _, outcome -> [Address] in
        if case .parked(let parts) = outcome { parts.map(\.address) } else { [] }
      }
    }
    return Set(parts)
  }

  /// These resources with what parking makes of them, and the schedules with which AWS does it by itself.
  ///
  /// - Parameters: as for ``resources(found:records:live:at:)``.
  func parking(
    _ resources: [DesiredResource], found: [ResourceSelector: [String: LiveResource]],
    records: [Address: AppliedResource], live: [Address: LiveResource]
  ) -> SelectedResources {
    let groups = selections.filter { $0.parking != nil }
    if groups.isEmpty { return SelectedResources(resources: resources) }
    var all = live
    for (selector, resources) in found {
      for (name, resource) in resources { all[Address(selector.type, name)] = resource }
    }
    let context = ParkingContext(live: all, records: records, wishes: resources)
    var selected = SelectedResources(resources: resources)
    var parked: [ParkedResource] = []
    var schedules: [DesiredResource] = []
    for group in groups {
      let members = group.members(found: found, context)
      parked += members.flatMap { group.parked($0, context, live: all[$0.address]) }
      schedules += group.schedules(for: members)
      selected.remarks += group.remarks(on: members)
      guard group.parking?.parksAt != nil else { continue }
      for member in members {
        for (address, values) in context.found(member) {
          selected.returns[group.pattern.manifest.name, default: [:]][address] = values
        }
      }
    }
    // Windows whose names and dates run into each other ask for one schedule twice.
    let unique = Dictionary(
      schedules.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    selected.resources = (selected.resources.parking(parked) + unique.values)
      .sorted { $0.address < $1.address }
    return selected
  }

  /// What is asked for where parking leaves alone what other environments of the account ask for.
  public func leaving(_ elsewhere: [Address: [String: String]]) -> CompiledEnvironment {
    var owners: [String: [String: String]] = [:]
    for (address, environments) in elsewhere {
      owners[address.type, default: [:]][address.name] = environments.values.min()
    }
    return CompiledEnvironment(
      resources: resources,
      selections: selections.map { selection in
        guard selection.parking != nil else { return selection }
        var selection = selection
        let type = selection.selector.type
        let others = ParkedForm.of(type)?.other.flatMap { owners[$0] } ?? [:]
        selection.elsewhere = (owners[type] ?? [:]).merging(others) { own, _ in own }
        return selection
      }, diagnostics: diagnostics)
  }

  /// What parking can touch, with `*` for any name.
  public var parkingPatterns: [Address] {
    selections.filter { $0.parking != nil }.flatMap { selection -> [Address] in
      let schedules = selection.schedulePatterns
      guard
        case .parked(let parts)? = ParkedForm.of(selection.selector.type)?.outcome(
          ParkedForm.Subject("*"))
      else { return schedules }
      return parts.map(\.address) + schedules
    }
  }

  /// The selections of the parking group `name` alone.
  public func group(_ name: String) -> CompiledEnvironment {
    CompiledEnvironment(
      resources: [],
      selections: selections.filter { $0.parking != nil && $0.pattern.manifest.name == name },
      diagnostics: diagnostics)
  }

  /// What parking makes of each resource of the groups, and why some stay as they are.
  ///
  /// - Parameters: as for ``resources(found:records:)``.
  public func parkedMembers(
    found: [ResourceSelector: [String: LiveResource]], records: [Address: AppliedResource]
  ) -> [ParkedMember] {
    selections.flatMap { selection in
      selection.outcomes(found: found, records: records).map { name, outcome in
        let address = Address(selection.selector.type, name)
        return switch outcome {
        case .kept(let reason): ParkedMember(address: address, parts: [:], reason: reason)
        case .parked(let parts):
          ParkedMember(
            // What is found as one type may be parked as another.
            address: parts.contains { $0.address == address }
              ? address : parts.last?.address ?? address,
            parts: Dictionary(
              parts.map { ($0.address, $0.attributes) }, uniquingKeysWith: { first, _ in first }),
            reason: nil)
        }
      }
    }.sorted { $0.address < $1.address }
  }

  /// Which resources of the groups stay as they are, and why.
  ///
  /// - Parameters: as for ``resources(found:records:)``.
  public func keptRemarks(
    found: [ResourceSelector: [String: LiveResource]], records: [Address: AppliedResource]
  ) -> [String] {
    selections.flatMap { selection in
      selection.outcomes(found: found, records: records).compactMap { name, outcome in
        guard case .kept(let reason) = outcome else { return nil }
        let address = Address(selection.selector.type, name)
        return "\(selection.pattern.manifest) leaves \(address) as it is. \(reason)"
      }
    }
  }

  /// What to say of resources that were parked in another way than their group says by now.
  ///
  /// - Parameters: as for ``resources(found:records:)``.
  public func otherwiseRemarks(
    found: [ResourceSelector: [String: LiveResource]], records: [Address: AppliedResource]
  ) -> [String] {
    selections.compactMap { selection in
      let names = selection.outcomes(found: found, records: records).map(\.name)
      let count = names.count { name in
        guard let (form, _) = selection.parkedOtherwise(name, records: records) else {
          return false
        }
        // What the way that it says by now keeps for itself differs in nothing.
        let live = found[selection.selector]?[name]
        let subject = ParkedForm.Subject(name, live: live, owner: selection.owners[name])
        guard case .parked(let parts)? = ParkedForm.of(selection.selector.type)?.outcome(subject)
        else { return false }
        return !parts.contains { $0.address.type == form.type }
      }
      if count == 0 { return nil }
      return
        "\(selection.pattern.manifest): \(count) of \(selection.selector.type) stay parked in the way"
        + " they were, and not as the manifest says by now, until the group is started."
    }
  }

  /// What to say of groups that mean nothing in AWS: a tag may be misspelt.
  ///
  /// - Parameters: as for ``resources(found:records:)``.
  public func emptyGroups(
    found: [ResourceSelector: [String: LiveResource]], records: [Address: AppliedResource]
  ) -> [String] {
    Dictionary(grouping: selections.filter { $0.parking != nil }, by: \.pattern.manifest)
      .filter { _, selections in
        selections.allSatisfy { $0.outcomes(found: found, records: records).isEmpty }
      }
      .keys.sorted().map { "\($0): no resource that can be parked has its tags." }
  }
}

/// A resource of a parking group.
public struct ParkedMember: Hashable, Sendable {
  /// Which resource.
  public let address: Address
  /// Its parked values and those of what goes with it, by address.
  public let parts: [Address: [String: DesiredValue]]
  /// Why it stays as it is, in a full sentence; nil where it is parked.
  public let reason: String?
}

extension Plan {
  /// The plan with a word on what no group parks, where it parks something.
  public var tellingWhatParkingKeeps: Plan {
    let isParking = changes.contains {
      $0.notes.contains { $0.hasPrefix(DesiredSelection.parkedNote) }
    }
    guard isParking else { return self }
    var plan = self
    plan.problems.append(
      PlanProblem(
        remark: "Parking keeps S3 buckets and SNS topics: they cost by what is stored and sent."))
    return plan
  }
}
