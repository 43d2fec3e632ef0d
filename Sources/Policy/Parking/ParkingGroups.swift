public import Foundation
public import Model

/// A parking group as it stands at a time.
public struct ParkingGroup: Hashable, Sendable {
  /// Its name: that of its manifest.
  public let name: String
  /// What its manifest says.
  public let declared: ParkingState
  /// What a command has said.
  public let override: ParkingOverride?
  /// Whether it runs or is parked.
  public let state: ParkingState
}

extension CompiledEnvironment {
  /// The parking groups at `time`, by name.
  public func parkingGroups(_ overrides: [String: ParkingOverride], at time: Date)
    -> [String: ParkingGroup]
  {
    var groups: [String: ParkingGroup] = [:]
    for selection in selections {
      guard let declared = selection.parking else { continue }
      let name = selection.pattern.manifest.name
      let said = overrides[name]
      groups[name] = ParkingGroup(
        name: name, declared: declared, override: said, state: said?.state(at: time) ?? declared)
    }
    return groups
  }

  /// What is asked for where the groups that run ask for nothing.
  public func parked(_ overrides: [String: ParkingOverride], at time: Date) -> CompiledEnvironment {
    let groups = parkingGroups(overrides, at: time)
    return selecting { groups[$0]?.state == .parked }
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
      guard
        case .parked(let parts)? = ParkedForm.of(selection.selector.type)?.outcome(
          ParkedForm.Subject("*"))
      else { return [] }
      return parts.map(\.address)
    }
  }

  /// The selections of the parking group `name` alone.
  public func group(_ name: String) -> CompiledEnvironment {
    var only = selecting { $0 == name }
    only = CompiledEnvironment(
      resources: [], selections: only.selections.filter { $0.parking != nil },
      diagnostics: only.diagnostics)
    return only
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

  private func selecting(_ isMeant: (String) -> Bool) -> CompiledEnvironment {
    CompiledEnvironment(
      resources: resources,
      selections: selections.filter { $0.parking == nil || isMeant($0.pattern.manifest.name) },
      diagnostics: diagnostics)
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

/// What plans say of parking groups, one sentence each.
public func parkingRemarks(_ groups: [String: ParkingGroup], at time: Date) -> [String] {
  groups.values.sorted { $0.name < $1.name }.compactMap { group in
    guard let said = group.override else { return nil }
    let since = said.since.formatted(.iso8601)
    switch (said.state, group.state) {
    case (.parked, _):
      return "\(group.name) is parked since \(since), as `weir stop \(group.name)` said, until"
        + " `weir start \(group.name)`; its manifest says `state: \(group.declared.rawValue)`."
    case (.running, .running):
      guard let until = said.until else {
        return "\(group.name) runs since \(since), as `weir start \(group.name)` said, until"
          + " `weir stop \(group.name)`; its manifest says `state: \(group.declared.rawValue)`."
      }
      return
        "\(group.name) runs until \(until.formatted(.iso8601)), as `weir start \(group.name) --for`"
        + " said; the first apply after that parks it. Weir does nothing by itself at that time."
    case (.running, .parked):
      let until = said.until?.formatted(.iso8601) ?? since
      return
        "\(group.name) was to run until \(until), as `weir start \(group.name) --for` said, and is"
        + " parked again; `weir start \(group.name)` starts it."
    }
  }
}
