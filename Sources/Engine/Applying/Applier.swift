internal import Foundation
public import Model

/// Carries out a plan: lease, snapshot, operations, verification, end commit.
///
/// Nothing is written to AWS before the begin commit stands, and nothing is forgotten after it:
/// whatever happens in between, the intents and the snapshot are in the state's history.
public struct Applier: Sendable {
  private let context: ApplyContext
  private let vault: SecretVault

  /// Whether an apply is new or takes up one that was interrupted.
  public enum Mode: Sendable {
    case new
    case recovering(PendingApply, Snapshot)
  }

  /// An applier.
  ///
  /// - Parameter vault: the clear text of the secrets that the plan is to write.
  public init(_ context: ApplyContext, vault: SecretVault) {
    self.context = context
    self.vault = vault
  }

  /// Applies `plan`, which must not have problems.
  ///
  /// - Throws: `ApplyError`; what the store, the journal and the reads throw before the first write.
  /// - Returns: how it went; `.stale` where what the plan saw is no longer so, and then nothing has
  ///   been written to AWS.
  public func apply(_ plan: Plan, digest: String, mode: Mode = .new) async throws -> ApplyReport {
    precondition(!plan.problems.contains { $0.isError }, "a plan with errors is never applied")
    let stored = try await context.store.load()
    let moved = try stateChanges(since: plan, stored: stored, mode: mode)
    if !moved.isEmpty {
      return report(plan, .stale, version: stored.version, staleReasons: moved)
    }
    if plan.isEmpty, plan.refreshed.isEmpty, case .new = mode {
      return report(plan, .nothingToDo, version: stored.version)
    }
    var lease = try await begin(plan, version: stored.version, mode: mode)
    context.onEvent(.began(serial: lease.pending.serial, changes: plan.changes.count))
    let run = ApplyRun(context: context, vault: vault, serial: lease.pending.serial)
    let state = stored.state ?? State(lineage: plan.state.lineage, environment: plan.environment)

    let writes = plan.changes.filter { $0.action.writes }
    let seen = plan.changes.filter { $0.action != .forget }
    let live: [Address: LiveResource]
    do {
      context.onEvent(.rereading(resources: seen.count))
      live = try await readLive(Set(seen.map(\.address)), types: context.types)
    } catch {
      if case .new = mode {
        _ = try await abort(plan, "AWS could not be read", state: state, lease: lease)
      }
      throw error
    }
    let stale = seen.flatMap { staleReasons($0, live: live[$0.address], vault: vault) }
    if !stale.isEmpty {
      var version = lease.version
      if case .new = mode {
        version = try await abort(plan, "the plan is stale", state: state, lease: lease)
      }
      return report(plan, .stale, version: version, staleReasons: stale)
    }
    var outcomes = try await run.perform(writes, live: live) { [context] in
      try await lease.renewIfNeeded(context)
    }
    let after = try await run.verify(writes, outcomes: &outcomes)
    let settled = plan.changes.filter { !$0.action.writes }.map {
      ChangeOutcome(address: $0.address, action: $0.action, result: .applied)
    }
    let all = (Array(outcomes.values) + settled).sorted { $0.address < $1.address }
    let newState = nextState(
      resumed(state, mode: mode, outcomes: all, live: live), plan: plan, digest: digest,
      serial: lease.pending.serial, outcomes: all, live: after)
    let record = ApplyRecord(
      state: newState, outcomes: all, actor: context.actor, summary: summary(of: all, plan: plan),
      plan: plan, time: context.now())
    let version: String
    do {
      version = try await context.store.end(record, expecting: lease.version)
    } catch {
      throw ApplyError.notRecorded(serial: lease.pending.serial, context.describe(error))
    }
    // The end commit stands; a journal that cannot be cleared is only an old file.
    try? await context.journal.clear()
    context.onEvent(.ended(serial: lease.pending.serial, version: version))
    let isWhole = all.allSatisfy { $0.result == .applied }
    return report(
      plan, isWhole ? .applied : .appliedInPart, serial: lease.pending.serial, version: version,
      outcomes: all)
  }
}

extension Applier {
  /// What moved in the state since the plan was made.
  ///
  /// - Throws: `ApplyError.locked` where somebody else's apply has begun.
  private func stateChanges(since plan: Plan, stored: StoredState, mode: Mode) throws -> [String] {
    switch (mode, stored.pending) {
    case (.new, let pending?): throw ApplyError.locked(pending)
    case (.recovering(let expected, _), let pending) where pending != expected:
      return ["the unfinished apply was taken up by somebody else"]
    default: break
    }
    if let state = stored.state, state.lineage != plan.state.lineage {
      return ["the state belongs to another line of states than the one the plan was made from"]
    }
    let serial = stored.state?.serial ?? 0
    if serial != plan.state.serial {
      return ["serial \(serial) has been applied; the plan was made after \(plan.state.serial)"]
    }
    return []
  }

  private func begin(_ plan: Plan, version: String?, mode: Mode) async throws -> HeldLease {
    let now = context.now()
    let serial = plan.state.serial + 1
    // A recovery that is interrupted leaves the first intents, so that the next loses nothing.
    let (intents, snapshot) =
      switch mode {
      case .new: (plan, Snapshot(of: plan, serial: serial))
      case .recovering(let first, let snapshot): (first.plan, snapshot)
      }
    let pending = PendingApply(
      serial: serial, plan: intents,
      lease: Lease(
        holder: context.actor, since: now, until: now.addingTimeInterval(context.leaseDuration)))
    let begun = try await context.store.begin(pending, snapshot: snapshot, expecting: version)
    return HeldLease(pending: pending, version: begun)
  }

  /// The state with what the interrupted apply did, as AWS shows it, to those resources that a
  /// recovery could not bring to an end.
  private func resumed(
    _ state: State, mode: Mode, outcomes: [ChangeOutcome], live: [Address: LiveResource]
  ) -> State {
    guard case .recovering(let pending, _) = mode else { return state }
    let open = Set(outcomes.filter { $0.result != .applied }.map(\.address))
    var vault = vault
    var resumed = state
    for change in pending.plan.changes where open.contains(change.address) {
      resumed.resources[change.address] = change.partialRecord(
        prior: state.resources[change.address],
        live: live[change.address].map { vault.conceal($0) })
    }
    return resumed
  }

  /// Gives the lease back without having written to AWS.
  ///
  /// - Returns: the version of the state afterwards.
  private func abort(_ plan: Plan, _ reason: String, state: State, lease: HeldLease) async throws
    -> String
  {
    let record = ApplyRecord(
      state: state, outcomes: [], actor: context.actor, summary: "nothing applied: \(reason)",
      plan: plan, time: context.now(), isAborted: true)
    return try await context.store.end(record, expecting: lease.version)
  }

  private func report(
    _ plan: Plan, _ result: ApplyReport.Result, serial: Int? = nil, version: String?,
    outcomes: [ChangeOutcome] = [], staleReasons: [String] = []
  ) -> ApplyReport {
    let applied = Set(outcomes.filter { $0.result == .applied }.map(\.address))
    let costs = plan.changes.filter { applied.contains($0.address) }.map(\.cost)
    return ApplyReport(
      result: result, environment: plan.environment, serial: serial ?? plan.state.serial,
      version: version, outcomes: outcomes, staleReasons: staleReasons,
      cost: CostChange(
        before: costs.reduce(.zero) { $0 + $1.before },
        after: costs.reduce(.zero) { $0 + $1.after }))
  }
}
