internal import AWSClient
internal import Engine
internal import Foundation
internal import GitStorage
internal import Manifests
internal import Model
internal import Policy
internal import Rendering
internal import Resources

/// One environment: its state, and AWS as it sees it.
struct EnvironmentSession: Sendable {
  let environment: EnvironmentReference
  let store: StateBranch
  var stored: StoredState
  let aws: AWSSession
  /// The keys that seal its secrets.
  let keys: StateKeys
  let time: Date

  /// Reads the state and prepares AWS.
  ///
  /// - Parameters:
  ///   - project: what the policy says of itself, where it can be read.
  ///   - withoutStateKey: whether nothing is to be sealed or opened.
  /// - Throws: `GitError`, `StateError`, `AWSError`, `ErrorFacts`, `Refusal`.
  init(
    _ environment: EnvironmentReference, role: String?, project: Project?, store: StateBranch,
    command: CommandContext, withoutStateKey: Bool = false
  ) async throws {
    let keys = withoutStateKey ? [] : try StateKeyVariable.keys(command.variables)
    self.environment = environment
    self.store = store
    time = command.now()
    stored = try await store.load()
    try EnvironmentSession.check(stored.state, is: environment)
    aws = try AWSSession(
      environment, role: role, command: command)
    // Without the policy the key goes on to seal that sealed before.
    let lastKey = stored.sealed.wrappedKeys.values.map(\.name).min()
    let service = KMSKeyService(
      client: aws.client, keyName: project.map { $0.kmsKey?.value } ?? lastKey)
    self.keys = withoutStateKey ? StateKeys() : StateKeys(keys, service: service)
  }

  /// Reads the state of the environment that a command chose, and prepares AWS.
  ///
  /// - Throws: as the other.
  init(_ choice: EnvironmentChoice, command: CommandContext, withoutStateKey: Bool = false)
    async throws
  {
    try await self.init(
      choice.environment, role: choice.role, project: choice.project, store: choice.store,
      command: command, withoutStateKey: withoutStateKey)
  }

  /// Makes the plan that leads to what a policy asks for, of the resources that it names and of those
  /// that its selectors mean in AWS.
  ///
  /// - Parameters:
  ///   - age: when the age of what may be deleted is judged: of a plan that was reviewed, the time at
  ///     which it was made; else now.
  ///   - parking: what commands say of parking groups from now on; nil where that stays.
  ///   - group: the parking group whose resources alone are meant; nil for all.
  ///   - found: what selectors are known to mean already.
  /// - Throws: `AWSError`, `ErrorFacts`; `Diagnostics` where two manifests select the same.
  /// - Returns: the plan, and the clear text of its secrets.
  func plan(
    _ policy: CompiledEnvironment, of reference: PolicyReference, selection: [String] = [],
    lineage: String? = nil, agedAt age: Date? = nil, rules: PolicyRules,
    parking: [String: ParkingOverride]? = nil, only group: ParkingMembers? = nil,
    found: FoundResources = [:]
  ) async throws -> (plan: Plan, vault: SecretVault) {
    let resolved = try await resolve(
      policy.leaving(rules.elsewhere), agedAt: age, parking: parking, only: group, found: found)
    var said = parking ?? keptParking(policy)
    for (name, returns) in resolved.returns where said[name]?.found == nil {
      said[name]?.found = returns.sorted { $0.key < $1.key }.map {
        FoundValues(address: $0.key, values: $0.value)
      }
    }
    var group = group
    for resource in resolved.desired where resource.manifest.description == group?.manifest {
      group?.attributes[resource.address, default: []].formUnion(resource.attributes.keys)
    }
    for record in resolved.parked.values {
      group?.attributes[record.address]?.formUnion(record.attributes.keys)
    }
    var (plan, vault) = try await plan(
      .policy(resolved.desired), policy: reference, selection: selection, lineage: lineage,
      found: resolved.live, parked: resolved.parked, rules: rules, parking: said, only: group)
    plan.keep(resolved.parked, of: resolved.desired, beside: records)
    plan.problems += resolved.remarks.map { PlanProblem(remark: $0) }
    return (plan, vault)
  }

  /// What a policy asks for, of the resources that it names and of those that its selectors mean in
  /// AWS; with those, as they were found and by selector, and with what to say of selectors.
  ///
  /// - Throws: `AWSError`, `ErrorFacts`; `Diagnostics` where two manifests select the same.
  func resolve(
    _ policy: CompiledEnvironment, agedAt age: Date? = nil,
    parking: [String: ParkingOverride]? = nil, only group: ParkingMembers? = nil,
    found: FoundResources = [:]
  ) async throws -> ResolvedPolicy {
    let overrides = parking ?? stored.state?.parking ?? [:]
    let groups = policy.parkingGroups(overrides, at: time)
    let policy = policy.parked(overrides, at: time)
    let selectors = Set(policy.selections.map(\.selector))
    let scheduled = parkedBySchedules
    // What is found is looked for in the right account only.
    if !scheduled.addresses.isEmpty { try await aws.checkAccount() }
    let found = try await find(selectors, beside: found)
    var live = found.live
    let unread = policy.parkedParts(found: found, records: records).union(scheduled.addresses)
      .subtracting(live.keys)
    live.merge(
      try await withTaskExecutorPreference(aws.executor) {
        try await readLive(unread, types: aws.types)
      }
    ) { $1 }
    // A command that starts a group starts what AWS could not start, too.
    let isStart = groups.values.contains { $0.state == .running && $0.manifest == group?.manifest }
    let parked = scheduled.records(live: live, evenIfStarted: isStart)
    let records = records.merging(parked) { $1 }
    let selected = try policy.resources(
      found: found, records: records, live: live, at: age ?? time)
    return ResolvedPolicy(
      desired: selected.resources, live: live, found: found, parked: parked,
      returns: selected.returns,
      remarks: policy.emptySelections(found: found) + selected.remarks
        + policy.emptyGroups(found: found, records: records) + parkingRemarks(groups, at: time)
        + policy.keptRemarks(found: found, records: records)
        + policy.otherwiseRemarks(found: found, records: records))
  }

  /// What schedules of AWS have parked, by the state's records of them.
  var parkedBySchedules: ParkedBySchedules {
    ParkedBySchedules(stored.state, schemas: aws.types, at: time)
  }

  /// The resources of the state.
  var records: [Address: AppliedResource] { stored.state?.resources ?? [:] }

  /// What commands have said of the parking groups that the policy still has.
  private func keptParking(_ policy: CompiledEnvironment) -> [String: ParkingOverride] {
    let overrides = stored.state?.parking ?? [:]
    let groups = policy.parkingGroups(overrides, at: time)
    return overrides.filter { groups[$0.key] != nil }
  }

  /// Makes the plan that leads to what `intent` says.
  ///
  /// - Parameters:
  ///   - lineage: the line of states to begin where there is none yet.
  ///   - found: what has been read already.
  ///   - alsoKnown: further resources whose secrets may have to be written.
  ///   - rules: what the project says to plans; nothing where it is not known.
  /// - Throws: `AWSError`, `ErrorFacts`, `SealError`.
  /// - Returns: the plan, and the clear text of its secrets, as far as they are not sealed.
  func plan(
    _ intent: PlanInput.Intent, policy: PolicyReference, selection: [String] = [],
    lineage: String? = nil, found: [Address: LiveResource] = [:],
    parked: [Address: AppliedResource] = [:], alsoKnown: [DesiredResource] = [],
    rules: PolicyRules = PolicyRules(), parking: [String: ParkingOverride]? = nil,
    only group: ParkingMembers? = nil
  ) async throws -> (plan: Plan, vault: SecretVault) {
    var (input, vault) = try await input(
      intent, policy: policy, lineage: lineage, found: found, parked: parked,
      alsoKnown: alsoKnown, rules: rules)
    input.parking = parking ?? stored.state?.parking ?? [:]
    input.limits = group?.attributes
    var plan = makePlan(input).selecting(selection)
    if let group {
      plan = plan.selecting(called: [group.manifest]) { group.attributes[$0] != nil }
    }
    try keys.check(
      plan.secretsToWrite(types: aws.types).subtracting(vault.knownDigests), in: stored.sealed)
    // What an interrupted apply was allowed, its end is allowed, too.
    if case .finish = intent { return (plan, vault) }
    return (
      plan.guarded(by: rules.guardrails, state: stored.state).tellingWhatParkingKeeps, vault
    )
  }

  /// Reads what a plan is made from; see ``plan(_:policy:selection:lineage:found:alsoKnown:rules:)``.
  ///
  /// - Throws: `AWSError`, `ErrorFacts`.
  func input(
    _ intent: PlanInput.Intent, policy: PolicyReference, lineage: String? = nil,
    found: [Address: LiveResource] = [:], parked: [Address: AppliedResource] = [:],
    alsoKnown: [DesiredResource] = [], rules: PolicyRules = PolicyRules()
  ) async throws -> (input: PlanInput, vault: SecretVault) {
    let lineage = stored.state?.lineage ?? lineage ?? UUID().uuidString.lowercased()
    var vault = SecretVault(lineage: lineage)
    // Another account is told nothing of this one, not even names.
    try await aws.checkAccount()
    var state = stored.state
    // What the policy asks for leads on from it as from what Weir has parked.
    if case .policy = intent { state?.resources.merge(parked) { $1 } }
    let addresses = PlanInput.addresses(of: intent, state: state).union(parked.keys)
    let unread = addresses.subtracting(found.keys)
    let now = try await withTaskExecutorPreference(aws.executor) {
      try await readLive(unread, types: aws.types)
    }
    let read = now.merging(found.filter { addresses.contains($0.key) }) { $1 }
    let live = read.mapValues { vault.conceal($0) }
    for resource in alsoKnown { _ = vault.conceal(resource) }
    var concealed = intent
    if case .policy(let desired) = intent {
      concealed = .policy(desired.map { vault.conceal($0) })
    }
    var input = PlanInput(
      intent: concealed, environment: environment, policy: policy, state: state,
      lineage: lineage, live: live, schemas: aws.types, knownSecrets: vault.knownDigests,
      isProtected: rules.isProtected, elsewhere: rules.elsewhere, time: time)
    input.parked = parked
    input.add(stored.sealed, openedWith: keys)
    return (input, vault)
  }

  /// Opens the sealed secrets that a plan is to write.
  ///
  /// - Throws: `AWSError`, `SealError`; `Refusal` where the key service does not open them.
  func open(_ vault: SecretVault, for plan: Plan) async throws -> SecretVault {
    var vault = vault
    let needed = plan.secretsToWrite(types: aws.types)
    do {
      try await vault.open(
        needed, in: stored.sealed, environment: environment.name, with: keys)
    } catch let error as AWSError where error.service == "kms" {
      let lost = plan.attributes(setTo: needed.subtracting(vault.knownDigests))
      throw Refusal(
        .failed, "the state key cannot be opened",
        detail: "\(Failure.line(error))\nWithout it these values do not come back:\n"
          + lost.map { "  \($0.address): \($0.names.joined(separator: ", "))" }
          .joined(separator: "\n") + "\nNothing was applied.",
        hint:
          "Where the key is gone for good, --without-state-key goes on with the rest and leaves "
          + "these as they are.")
    }
    return vault
  }

  private static func check(_ state: State?, is environment: EnvironmentReference) throws {
    guard let recorded = state?.environment,
      recorded.account != environment.account || recorded.region != environment.region
    else { return }
    throw ErrorFacts(
      "the state is of another account or region",
      detail: "The branch weir/\(environment.name) holds the state of account "
        + "\(recorded.account), \(recorded.region); weir.yaml says \(environment.account), "
        + "\(environment.region).",
      hint: "Give the other account or region an environment of its own name.")
  }
}

/// The resources of a parking group.
struct ParkingMembers {
  /// The manifest, as plans name it.
  let manifest: String
  /// Which resources, with what parking touches of each.
  var attributes: [Address: Set<String>]
}

/// What a project says to the plans of one environment.
struct PolicyRules: Sendable {
  var guardrails = Guardrails()
  /// Whether nothing may be deleted in the environment.
  var isProtected = false
  /// What other environments of the same account and region ask for.
  var elsewhere: [Address: [String: String]] = [:]

  init() {}

  /// The rules for the way back, which nothing bars but what is irreversible.
  init(_ project: Project?) { guardrails = project?.guardrails ?? Guardrails() }

  /// The rules of `policy` for `environment`.
  init(_ policy: CompiledPolicy, _ environment: ProjectEnvironment) {
    guardrails = policy.loaded.project?.guardrails ?? Guardrails()
    isProtected = environment.isProtected
    elsewhere = policy.claims(beside: environment)
  }
}
