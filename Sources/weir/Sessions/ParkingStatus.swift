internal import Engine
internal import Foundation
internal import GitStorage
internal import Model
internal import Policy
internal import Rendering

extension EnvironmentSession {
  /// How a parking group stands in AWS, and what it costs.
  ///
  /// - Throws: `AWSError`, `ErrorFacts`, `GitError`; `Refusal` where there is no such group.
  func status(ofGroup name: String, in policy: CompiledEnvironment) async throws -> ParkingFacts {
    let group = try policy.parkingGroup(name, of: self)
    let found = try await find(ofGroup: name, in: policy)
    let members = policy.group(name).parkedMembers(found: found, records: records)
    var live = found.live
    let unread = Set(members.flatMap { [$0.address] + $0.parts.keys }).subtracting(live.keys)
    live.merge(try await readLive(unread, types: aws.types)) { $1 }
    let parked = parkedBySchedules.records(live: live)
    let history = try await store.history(limit: nil)
    let times = Dictionary(history.map { ($0.serial, $0.time) }, uniquingKeysWith: { $1 })
    let others = Dictionary(
      policy.resources.map { ($0.address, $0.attributes) }, uniquingKeysWith: { first, _ in first })
    let costs = ParkingCosts(
      live: live, records: records.merging(parked) { $1 }, others: others, types: aws.types)
    let manifest = ManifestReference(kind: "Parking", name: name)
    let holders =
      group.state == .parked
      ? [:]
      : try await holders(
        besides: name, in: policy, saying: stored.state?.parking ?? [:], found: found)
    return ParkingFacts(
      environment: environment, name: name, declared: group.declared, state: group.state,
      window: group.window, override: group.override,
      members: members.map { member in
        let record = records[member.address]
        let isParked = costs.isParked(member)
        // What other manifests have parts of keeps their name in the state.
        let isOwn =
          costs.isRecorded(member) && (group.state == .parked || record?.manifest == manifest)
        return ParkingFacts.Member(
          address: member.address,
          state: member.reason == nil ? (isParked ? (isOwn ? .parked : nil) : .running) : nil,
          reason: member.reason
            ?? (isParked && !isOwn
              ? holders[member.address].map { "Parking/\($0) has it parked." }
                ?? "It is so already, and not by Weir." : nil),
          since: isParked && isOwn ? record.flatMap { times[$0.serial] } : nil,
          cost: costs.now(member), saving: isParked && !isOwn ? .zero : costs.saving(member))
      })
  }
}

extension ParkingGroup {
  /// What its windows make of it, and until when.
  fileprivate var window: ParkingFacts.Window? {
    guard let schedule, let nextEdge, let timeZone else { return nil }
    return ParkingFacts.Window(schedule, scheduled, until: Firing(nextEdge, in: timeZone))
  }
}

/// What the resources of a parking group cost as they are, and what parking saves.
private struct ParkingCosts {
  let live: [Address: LiveResource]
  let records: [Address: AppliedResource]
  /// What other manifests ask for, which holds once the group runs.
  let others: [Address: [String: DesiredValue]]
  let types: [String: any ResourceType]

  /// Whether the resource itself has its parked values.
  func isParked(_ member: ParkedMember) -> Bool {
    guard let wishes = member.parts[member.address], let live = live[member.address] else {
      return false
    }
    return wishes.allSatisfy { $1.isParked(live.attributes[$0]) }
  }

  /// Whether the state records the parked values as applied.
  func isRecorded(_ member: ParkedMember) -> Bool {
    guard let wishes = member.parts[member.address], let record = records[member.address] else {
      return false
    }
    return wishes.allSatisfy { record.attributes[$0] == ($1.parkedValue ?? .null) }
  }

  func now(_ member: ParkedMember) -> MonthlyCost { sum(member) { $1.attributes } }

  /// What it costs while it runs, less what it costs parked. While it is parked, it is to run as other manifests
  /// say or else as it was found.
  func saving(_ member: ParkedMember) -> MonthlyCost {
    let isParked = isParked(member)
    let running = sum(member) { address, live in
      guard isParked, let wishes = member.parts[address] else { return live.attributes }
      var attributes = live.attributes
      for name in wishes.keys {
        attributes[name] =
          others[address]?[name]?.runningValue ?? records[address]?.found[name] ?? attributes[name]
      }
      return attributes.filter { !$0.value.isNull }
    }
    let parked = sum(member) { address, live in
      let wishes = member.parts[address] ?? [:]
      return live.attributes.merging(wishes.mapValues { $0.parkedValue ?? .null }) { $1 }
        .filter { !$0.value.isNull }
    }
    var saving = running + parked
    saving.amount = running.amount - parked.amount
    return saving
  }

  private func sum(
    _ member: ParkedMember, _ attributes: (Address, LiveResource) -> [String: Value]
  ) -> MonthlyCost {
    Set([member.address] + member.parts.keys).reduce(.zero) { sum, address in
      guard let live = live[address], let type = types[address.type] else { return sum }
      return sum
        + type.monthlyCost(attributes: attributes(address, live), context: live.context)
    }
  }
}

extension DesiredValue {
  /// The value; nil where it is not to be set.
  fileprivate var parkedValue: Value? { if case .exactly(let value) = self { value } else { nil } }

  /// The value with which it runs; nil where that is whatever is there.
  fileprivate var runningValue: Value? {
    switch self {
    case .exactly(let value): value
    case .within(let bounds, let initial, _): initial ?? .number(bounds.lowerBound)
    case .absent: .null
    }
  }

  fileprivate func isParked(_ live: Value?) -> Bool { live == parkedValue }
}
