public import Engine
internal import Foundation
public import Model

/// Everything that an apply needs, as fakes: an account, a store, a journal and a clock, whose
/// steps are counted together and can fail together.
public struct Bench: Sendable {
  /// The environment of every plan.
  public static let environment = EnvironmentReference(
    name: "test", account: "123456789012", region: "us-east-2")
  /// The line of states.
  public static let lineage = "9d1e7c52"

  /// The steps to the outside.
  public let steps: Steps
  /// The account.
  public let cloud: FakeCloud
  /// Where the state lives.
  public let store: MemoryStateStore
  /// The local record of writes.
  public let journal: MemoryJournal
  /// The time.
  public let clock = ManualClock()
  /// The resource types by name: `free/thing` is created and deleted, `kept/thing` is created
  /// only, `fixed/thing` is neither, `lost/thing` is deleted only, which nothing brings back.
  public var types: [String: FakeResourceType]
  /// Who applies.
  public var actor = "Ada on lovelace"
  /// What seals secrets.
  public var keys = StateKeys()
  /// How many writes run at once.
  public var parallelism = 1
  /// The commit of the policy.
  public var commit = "4f2c1d9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e"

  /// An account that holds `resources`, and a state.
  public init(_ resources: [Address: LiveResource] = [:], state: State? = nil) {
    steps = Steps()
    cloud = FakeCloud(resources, steps: steps)
    store = MemoryStateStore(state, steps: steps)
    journal = MemoryJournal(steps: steps)
    var kept = FakeResourceType("kept/thing", in: cloud)
    kept.isDeletable = false
    var fixed = FakeResourceType("fixed/thing", in: cloud)
    fixed.isCreatable = false
    fixed.isDeletable = false
    var lost = FakeResourceType("lost/thing", in: cloud)
    lost.isCreatable = false
    lost.irreversible = { _, action in action == .delete ? "It is lost." : nil }
    types = [
      "lost/thing": lost, "free/thing": FakeResourceType("free/thing", in: cloud),
      "kept/thing": kept,
      "fixed/thing": fixed,
    ]
  }

  /// What an apply works with.
  public func context(
    isStopping: @escaping @Sendable () -> Bool = { false },
    onEvent: @escaping @Sendable (ApplyEvent) -> Void = { _ in }
  ) -> ApplyContext {
    ApplyContext(
      types: types, store: store, journal: journal, keys: keys, actor: actor,
      parallelism: parallelism, now: { clock.now }, sleep: { clock.sleep($0) },
      isStopping: isStopping, onEvent: onEvent,
      describe: { "\($0)" })
  }
}

// The commands, as far as they lie in the engine.
extension Bench {
  /// Plans the way to what `intent` says.
  ///
  /// - Parameter alsoKnown: resources whose secrets are at hand besides.
  /// - Throws: what a fake throws.
  public func plan(_ intent: PlanInput.Intent, alsoKnown: [DesiredResource] = []) async throws
    -> (plan: Plan, vault: SecretVault)
  {
    let stored = try await store.load()
    let state = stored.state
    var vault = SecretVault(lineage: state?.lineage ?? Self.lineage)
    let read = try await readLive(
      PlanInput.addresses(of: intent, state: state), types: types)
    let live = read.mapValues { vault.conceal($0) }
    for resource in alsoKnown { _ = vault.conceal(resource) }
    var concealed = intent
    if case .policy(let desired) = intent {
      concealed = .policy(desired.map { vault.conceal($0) })
    }
    var input = PlanInput(
      intent: concealed, environment: Self.environment,
      policy: PolicyReference(commit: commit, hasUncommittedChanges: false, directory: ""),
      state: state, lineage: state?.lineage ?? Self.lineage, live: live, schemas: types,
      knownSecrets: vault.knownDigests, time: clock.now)
    input.add(stored.sealed, openedWith: keys)
    let plan = makePlan(input)
    try await vault.open(
      plan.secretsToWrite(types: types), in: stored.sealed, environment: Self.environment.name,
      with: keys)
    return (plan, vault)
  }

  /// Plans the way to a policy.
  ///
  /// - Throws: what a fake throws.
  public func plan(_ desired: [DesiredResource]) async throws -> Plan {
    try await plan(.policy(desired)).plan
  }

  /// Plans the way to a policy and goes it.
  ///
  /// - Throws: what a fake or `Applier` throws.
  @discardableResult
  public func apply(_ desired: [DesiredResource]) async throws -> ApplyReport {
    let (plan, vault) = try await plan(.policy(desired))
    return try await apply(plan, vault: vault)
  }

  /// Applies a plan.
  ///
  /// - Throws: what a fake or `Applier` throws.
  @discardableResult
  public func apply(
    _ plan: Plan, vault: SecretVault = SecretVault(lineage: lineage), mode: Applier.Mode = .new,
    onFailure: Applier.FailurePolicy = .stopDependents, in context: ApplyContext? = nil
  ) async throws -> ApplyReport {
    try await Applier(context ?? self.context(), vault: vault)
      .apply(plan, digest: try plan.digest(), mode: mode, onFailure: onFailure)
  }

  /// Plans the way back to the end of apply `serial`.
  ///
  /// - Throws: what a fake throws.
  public func planRollback(to serial: Int, alsoKnown: [DesiredResource] = []) async throws
    -> (plan: Plan, vault: SecretVault)
  {
    let current = try await store.load().state?.serial ?? 0
    var snapshots: [Snapshot] = []
    for later in (serial + 1)..<(current + 1) {
      if let snapshot = await store.snapshot(beforeSerial: later) { snapshots.append(snapshot) }
    }
    let earlier = await store.state(atSerial: serial)
    return try await plan(
      .rollback(serial: serial, state: earlier, snapshots: snapshots), alsoKnown: alsoKnown)
  }

  /// Goes back to the end of apply `serial`.
  ///
  /// - Throws: what a fake or `Applier` throws.
  @discardableResult
  public func rollback(to serial: Int) async throws -> ApplyReport {
    let (plan, vault) = try await planRollback(to: serial)
    return try await apply(plan, vault: vault)
  }

  /// How an unfinished apply is taken up.
  public enum Recovery: Sendable, CaseIterable {
    case finish
    case undo
  }

  /// Plans how to take up an unfinished apply; nil where there is none.
  ///
  /// - Parameter alsoKnown: resources whose secrets are at hand besides.
  /// - Throws: what a fake throws.
  public func planRecovery(_ recovery: Recovery, alsoKnown: [DesiredResource] = []) async throws
    -> (plan: Plan, vault: SecretVault, mode: Applier.Mode)?
  {
    guard let pending = try await store.load().pending,
      let snapshot = await store.snapshot(beforeSerial: pending.serial)
    else { return nil }
    let intent: PlanInput.Intent =
      switch recovery {
      case .finish: .finish(pending)
      case .undo: .undo(pending, snapshot)
      }
    let remarks = try await settleWritesInFlight(of: pending, in: context())
    var (plan, vault) = try await plan(intent, alsoKnown: alsoKnown)
    plan.problems += remarks
    return (plan, vault, .recovering(pending, snapshot))
  }

  /// Takes up an unfinished apply; nil where there is none.
  ///
  /// - Throws: what a fake or `Applier` throws.
  @discardableResult
  public func recover(_ recovery: Recovery, alsoKnown: [DesiredResource] = []) async throws
    -> ApplyReport?
  {
    guard let (plan, vault, mode) = try await planRecovery(recovery, alsoKnown: alsoKnown) else {
      return nil
    }
    return try await apply(plan, vault: vault, mode: mode)
  }
}
