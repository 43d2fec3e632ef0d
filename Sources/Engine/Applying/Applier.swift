internal import Foundation
public import Model

/// Carries out a plan: lease, snapshot, operations, verification, end commit.
///
/// Nothing is written to AWS before the begin commit stands, and nothing is forgotten after it:
/// whatever happens in between, the intents and the snapshot are in the state's history.
public struct Applier: Sendable {
  let context: ApplyContext
  let vault: SecretVault

  /// Whether an apply is new or takes up one that was interrupted.
  public enum Mode: Sendable {
    case new
    case recovering(PendingApply, Snapshot)

    var isNew: Bool { if case .new = self { true } else { false } }
  }

  /// What becomes of an apply of which something failed.
  public enum FailurePolicy: String, Sendable, CaseIterable {
    /// What depends on the failure is skipped, the rest is applied.
    case stopDependents = "stop-dependents"
    /// What was applied is undone, in reverse.
    case undo
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
  public func apply(
    _ plan: Plan, digest: String, mode: Mode = .new, onFailure: FailurePolicy = .stopDependents
  ) async throws -> ApplyReport {
    try await apply(plan, digest: digest, mode: mode, onFailure: onFailure, failures: nil)
  }

  /// Applies `plan`.
  ///
  /// - Parameter failures: what was not applied of the apply that the plan undoes.
  func apply(
    _ plan: Plan, digest: String, mode: Mode, onFailure: FailurePolicy, failures: [ChangeOutcome]?
  ) async throws -> ApplyReport {
    precondition(!plan.problems.contains { $0.isError }, "a plan with errors is never applied")
    let stored = try await context.store.load()
    let moved = try stateChanges(since: plan, stored: stored, mode: mode)
    if !moved.isEmpty {
      return report(plan, .stale, version: stored.version, staleReasons: moved)
    }
    if plan.isEmpty, plan.refreshed.isEmpty, plan.parking == nil, mode.isNew {
      return report(plan, .nothingToDo, version: stored.version)
    }
    // What an earlier apply with this number left, which never began or was given up.
    if mode.isNew { try await context.journal.clear() }
    var lease = try await begin(plan, stored: stored, mode: mode)
    context.onEvent(.began(serial: lease.pending.serial, changes: plan.changes.count))
    // One that is left belongs to an apply that ended just before its process died.
    if mode.isNew { try? await context.journal.clear() }
    let run = ApplyRun(context: context, vault: vault, serial: lease.pending.serial)
    let state = stored.state ?? State(lineage: plan.state.lineage, environment: plan.environment)
    let (live, stale) = try await reread(plan, state: state, lease: lease, mode: mode)
    if !stale.isEmpty {
      var version = lease.version
      if mode.isNew {
        version = try await abort(plan, "the plan is stale", state: state, lease: lease)
      }
      return report(plan, .stale, version: version, staleReasons: stale)
    }
    let writes = plan.changes.filter { $0.action.writes }
    var performed = try await run.perform(writes) { [context] in
      try await lease.renewIfNeeded(context)
    }
    let (after, seen) = try await run.verify(writes, &performed)
    let settled = plan.changes.filter { !$0.action.writes }.map {
      ChangeOutcome(address: $0.address, action: $0.action, result: .applied)
    }
    let all = (Array(performed.outcomes.values) + settled).sorted { $0.address < $1.address }
    let missed = all.filter { $0.result != .applied }
    var obstacle: String?
    // Who interrupts wishes that no other write begins: what is undone then is theirs to say.
    if onFailure == .undo, mode.isNew, !missed.isEmpty, !context.isStopping() {
      switch try await undo(plan, failures: missed, lease: lease, state: stored.state) {
      case .ended(let report): return report
      case .impossible(let reason): obstacle = reason
      }
    }
    let newState = nextState(
      resumed(state, mode: mode, outcomes: all, live: live), plan: plan, digest: digest,
      serial: lease.pending.serial, outcomes: all, unsent: performed.unsent, live: after)
    let record = ApplyRecord(
      state: newState, outcomes: all, actor: context.actor,
      summary: summary(of: all, plan: plan, failures: failures), plan: plan, time: context.now(),
      sealed: await secretsReadBack(seen, in: newState, lease: lease))
    let version: String
    do {
      version = try await context.store.end(record, expecting: lease.version)
    } catch {
      throw ApplyError.notRecorded(serial: lease.pending.serial, context.describe(error))
    }
    // The end commit stands; a journal that cannot be cleared is only an old file.
    try? await context.journal.clear()
    context.onEvent(.ended(serial: lease.pending.serial, version: version))
    return report(
      plan, missed.isEmpty ? (failures == nil ? .applied : .undone) : .appliedInPart,
      serial: lease.pending.serial, version: version, outcomes: all,
      undo: (failures ?? obstacle.map { _ in missed }).map {
        ApplyReport.Undo(failures: $0, obstacle: obstacle)
      })
  }
}

extension Applier {
  /// Reads everything that the plan touches again; gives the lease back where that fails.
  ///
  /// - Returns: what AWS holds, and what of it moved since the plan was made.
  private func reread(_ plan: Plan, state: State, lease: HeldLease, mode: Mode) async throws -> (
    live: [Address: LiveResource], stale: [String]
  ) {
    let seen = plan.changes.filter { $0.action != .forget }
    context.onEvent(.rereading(resources: seen.count))
    let live: [Address: LiveResource]
    do {
      live = try await readLive(Set(seen.map(\.address)), types: context.types)
    } catch {
      if mode.isNew {
        _ = try await abort(plan, "AWS could not be read", state: state, lease: lease)
      }
      throw error
    }
    return (live, seen.flatMap { staleReasons($0, live: live[$0.address], vault: vault) })
  }

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

  private func begin(_ plan: Plan, stored: StoredState, mode: Mode) async throws -> HeldLease {
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
    let sealed = try await vault.seal(
      plan.secretsToKeep(types: context.types), into: stored.sealed,
      environment: plan.environment.name, with: context.keys)
    let begun = try await context.store.begin(
      pending, snapshot: snapshot, sealed: sealed, expecting: stored.version)
    return HeldLease(pending: pending, version: begun, sealed: sealed ?? stored.sealed)
  }

  /// All secrets, with those that the state refers to and that were first seen when they were read
  /// back: values that AWS gave back by a reference, which it need not keep. nil where none is new.
  private func secretsReadBack(_ seen: SecretVault, in state: State, lease: HeldLease) async
    -> SealedSecrets?
  {
    let digests = state.resources.values.reduce(into: Set<String>()) { digests, record in
      for value in record.attributes.values { digests.formUnion(value.digests) }
    }
    let new = digests.intersection(seen.knownDigests).subtracting(lease.sealed.entries.keys)
    if new.isEmpty { return nil }
    // A key service that fails now must not keep the outcome from being recorded.
    return try? await seen.seal(
      new, into: lease.sealed, environment: state.environment.name, with: context.keys)
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
    outcomes: [ChangeOutcome] = [], staleReasons: [String] = [], undo: ApplyReport.Undo? = nil
  ) -> ApplyReport {
    let applied = Set(outcomes.filter { $0.result == .applied }.map(\.address))
    let costs = plan.changes.filter { applied.contains($0.address) }.map(\.cost)
    return ApplyReport(
      result: result, environment: plan.environment, serial: serial ?? plan.state.serial,
      version: version, outcomes: outcomes, staleReasons: staleReasons,
      undo: undo,
      cost: CostChange(
        before: costs.reduce(.zero) { $0 + $1.before },
        after: costs.reduce(.zero) { $0 + $1.after }))
  }
}
