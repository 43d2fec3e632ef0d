internal import Engine
internal import Foundation
internal import Manifests
internal import Model
internal import Policy
internal import Rendering
internal import Resources

/// The way of `weir stop` and `weir start`: an apply of one parking group's resources, which records what
/// the command says.
struct ParkingSession {
  /// The name of the Parking manifest.
  let group: String
  let command: CommandContext
  let approval: ApprovalOptions
  /// Whether the plan is only shown.
  let isDryRun: Bool
  /// What was found by somebody else before he stopped the group, or why that cannot be read.
  var found: Result<StoppedState, any Error>?

  /// Plans and applies what `saying` makes of what the manifest says; nil is that it holds again.
  ///
  /// - Throws: as an apply does; `Refusal` where there is no such group.
  func run(_ saying: (_ group: ParkingGroup, _ time: Date) -> ParkingOverride?) async throws
    -> ExitStatus
  {
    let workspace = try command.workspace()
    let (policy, reference) = try await command.policy(in: workspace)
    if !isDryRun { try refuseUncommitted(reference) }
    let (environment, all) = try policy.environment(named: command.options.environment)
    let rules = PolicyRules(policy, environment)
    let compiled = all.leaving(rules.elsewhere)
    var session = try await command.session(
      of: environment, in: workspace, project: policy.loaded.project, isReading: isDryRun)
    if !isDryRun, let pending = session.stored.pending { throw ApplyError.locked(pending) }
    let (known, found) = try check(compiled, session)
    var parking = session.stored.state?.parking ?? [:]
    let said = saying(known, session.time)
    // Saying the same once more changes neither since when nor what is recorded.
    let isSame = said?.state == parking[group]?.state && said?.until == parking[group]?.until
    if !isSame { parking[group] = said }
    // What a start leaves parked is of other groups, which the plan asks for, too.
    let parked = compiled.parked(parking, at: session.time).selections
    let resources = try await session.find(
      Set((compiled.group(group).selections + parked).map(\.selector)))
    let adopted = try await session.adopt(found, ofGroup: group, in: compiled, resources)
    let attributes = session.attributes(ofGroup: group, in: compiled, resources)
    let (planned, vault) = try await session.plan(
      compiled, of: reference, rules: rules, parking: parking,
      only: ParkingMembers(manifest: "Parking/\(group)", attributes: attributes), found: resources)
    var plan = planned
    plan.record(adopted)
    if compiled.parkingGroups(parking, at: session.time)[group]?.state == .running {
      plan.problems += try await session.holders(
        besides: group, in: compiled, saying: parking, found: resources
      ).filter { attributes[$0.key] != nil }.sorted { $0.key < $1.key }.map { address, holder in
        PlanProblem(
          .remark, address,
          "It stays parked: Parking/\(holder) holds it, until `weir start \(holder)`.")
      }
    }
    plan.allowDeletion(
      of: Set(
        session.records.values.filter {
          $0.address.type == "scheduler/schedule" && $0.manifest.description == "Parking/\(group)"
        }.map(\.address)))
    if isDryRun {
      command.console.write(
        try render(
          plan: plan, digest: nil, format: command.options.format,
          style: command.console.outputStyle))
      tellRequests(session.aws, console: command.console)
      return .done
    }
    let status = try await ApplySession(
      session: session, workspace: workspace, command: command, approval: approval,
      project: policy.loaded.project
    ).run(plan, vault: vault, isApproved: false)
    tellRequests(session.aws, console: command.console)
    return status
  }
}

extension ParkingSession {
  /// The group, and what is to be taken over of it.
  ///
  /// - Throws: `Refusal` that says all that is wrong with both.
  private func check(_ policy: CompiledEnvironment, _ session: EnvironmentSession) throws
    -> (group: ParkingGroup, found: StoppedState?)
  {
    var known: ParkingGroup?
    var state: StoppedState?
    var refusals: [Refusal] = []
    do { known = try policy.parkingGroup(group, of: session) } catch let refusal as Refusal {
      refusals.append(refusal)
    }
    do { state = try found?.get() } catch let refusal as Refusal { refusals.append(refusal) }
    if let state, known != nil, let difference = state.difference(from: policy.group(group)) {
      refusals.append(
        Refusal(
          .failed, "the file is of other resources", detail: difference,
          hint: "Import it into the group whose tags say so."))
    }
    if let known, refusals.isEmpty { return (known, state) }
    let hints = refusals.compactMap(\.facts.hint)
    throw Refusal(
      .failed, refusals.map(\.facts.summary).joined(separator: ", and "),
      detail: refusals.map(\.facts.detail).joined(separator: "\n"),
      hint: hints.isEmpty ? nil : hints.joined(separator: " "))
  }
}

extension CompiledEnvironment {
  /// The parking group `name`.
  ///
  /// - Throws: `Refusal` where no manifest is called so.
  func parkingGroup(_ name: String, of session: EnvironmentSession) throws -> ParkingGroup {
    let groups = parkingGroups(session.stored.state?.parking ?? [:], at: session.time)
    guard let group = groups[name] else {
      let names = groups.keys.sorted().joined(separator: ", ")
      throw Refusal(
        .failed, "no such parking group",
        detail: "\(session.environment.name) has no Parking manifest called \(name).",
        hint: names.isEmpty ? nil : "There are: \(names).")
    }
    return group
  }
}

extension EnvironmentSession {
  /// What parking touches of the resources of a group: of those that its manifest means now, with what goes with
  /// them, and of those that the state has from it.
  ///
  /// - Parameter found: what its selectors mean.
  func attributes(
    ofGroup name: String, in policy: CompiledEnvironment, _ found: FoundResources
  ) -> [Address: Set<String>] {
    var attributes: [Address: Set<String>] = [:]
    for member in policy.group(name).parkedMembers(found: found, records: records) {
      attributes[member.address, default: []].formUnion([])
      for (address, wishes) in member.parts {
        attributes[address, default: []].formUnion(wishes.keys)
      }
    }
    let manifest = ManifestReference(kind: "Parking", name: name)
    for record in records.values where record.manifest == manifest {
      attributes[record.address, default: []].formUnion(record.attributes.keys)
    }
    return attributes
  }

  /// What selectors of a parking group mean in AWS.
  ///
  /// - Throws: `AWSError`, `ErrorFacts`.
  func find(
    ofGroup name: String, in policy: CompiledEnvironment, beside found: FoundResources = [:]
  ) async throws -> FoundResources {
    try await find(Set(policy.group(name).selections.map(\.selector)), beside: found)
  }
}

extension EnvironmentSession {
  /// What parking groups beside one hold parked, with the group.
  ///
  /// - Parameters:
  ///   - parking: what commands say of the groups.
  ///   - found: what selectors are known to mean already.
  /// - Throws: `AWSError`, `ErrorFacts`.
  func holders(
    besides name: String, in policy: CompiledEnvironment,
    saying parking: [String: ParkingOverride], found: FoundResources
  ) async throws -> [Address: String] {
    var holders: [Address: String] = [:]
    let groups = policy.parkingGroups(parking, at: time).filter { $0.value.state == .parked }
    for other in groups.keys.sorted() where other != name {
      let found = try await find(ofGroup: other, in: policy, beside: found)
      let members = policy.group(other).parkedMembers(found: found, records: records)
      for member in members where member.reason == nil {
        holders[member.address] = holders[member.address] ?? other
      }
    }
    return holders
  }
}

extension EnvironmentSession {
  /// Takes what somebody else found of a parking group into the state that plans begin from.
  ///
  /// - Parameter resources: what the group's selectors mean.
  /// - Throws: `AWSError`, `ErrorFacts`.
  fileprivate mutating func adopt(
    _ found: StoppedState?, ofGroup name: String, in policy: CompiledEnvironment,
    _ resources: FoundResources
  ) async throws -> StoppedImport {
    guard let found else { return StoppedImport() }
    let members = policy.group(name).parkedMembers(found: resources, records: records)
    var live = resources.live
    live.merge(
      try await readLive(Set(found.addresses).subtracting(live.keys), types: aws.types)
    ) { found, _ in found }
    let missing = try await missingEndpointConfigurations(
      of: found.endpointConfigurations, aws.client)
    var state =
      stored.state
      ?? State(lineage: UUID().uuidString.lowercased(), environment: environment)
    let adopted = found.records(
      of: ManifestReference(kind: "Parking", name: name), members: members, live: live,
      recorded: Set(state.resources.keys), missing: missing, serial: state.serial + 1)
    for record in adopted.records { state.resources[record.address] = record }
    stored = StoredState(
      state: state, pending: stored.pending, sealed: stored.sealed, version: stored.version)
    return adopted
  }
}

extension Plan {
  /// Lets the command take away the end of an earlier start, which is its own: nobody has to allow that.
  fileprivate mutating func allowDeletion(of ends: Set<Address>) {
    problems.removeAll { $0.code == .protected && $0.address.map(ends.contains) ?? false }
    if changes.allSatisfy({ $0.action != .delete || ends.contains($0.address) }) {
      permissions.removeAll { $0 == .delete }
    }
  }

  /// Records what was adopted and is not written anyway.
  fileprivate mutating func record(_ adopted: StoppedImport) {
    let known = Set(changes.map(\.address)).union(refreshed.map(\.address))
    refreshed += adopted.records.filter { !known.contains($0.address) }
    problems += adopted.records.map {
      PlanProblem(
        .remark, $0.address,
        "Taken over from the file. A start gives back: \(foundText($0.found)).")
    }
    problems += adopted.remarks.map { PlanProblem(remark: $0) }
  }
}
