internal import Model

/// How often the way back is planned anew, because AWS moved meanwhile.
private let mostUndoPlans = 3

/// How the undoing of an apply ended.
enum Undoing {
  /// The end commit stands.
  case ended(ApplyReport)
  /// Nothing was undone, and the apply is to be ended as it is.
  case impossible(String)
}

extension Applier {
  /// Undoes what an apply has made so far, the way `recover` undoes one that was interrupted: from
  /// its snapshot, under the same serial, leaving it recoverable should this end here.
  ///
  /// - Parameters:
  ///   - failures: what was not applied.
  ///   - state: the state before the apply.
  /// - Throws: `ApplyError`; the apply is then left to `recover`.
  func undo(_ plan: Plan, failures: [ChangeOutcome], lease: HeldLease, state: State?) async throws
    -> Undoing
  {
    let serial = lease.pending.serial
    do {
      for _ in 0..<mostUndoPlans {
        guard let pending = try await context.store.load().pending,
          pending.serial == serial, pending.lease.holder == lease.pending.lease.holder,
          let snapshot = try await context.store.snapshot(beforeSerial: serial)
        else { throw ApplyError.unfinished(serial: serial, "somebody else has taken it up") }
        var (back, vault) = try await undoPlan(plan, pending, snapshot, state: state)
        if let obstacle = back.undoObstacle { return .impossible(obstacle) }
        back.problems += failures.map {
          PlanProblem(.remark, $0.address, "\($0.sentence) What had been applied is undone.")
        }
        let report = try await Applier(context, vault: vault).apply(
          back, digest: try back.digest(), mode: .recovering(pending, snapshot),
          onFailure: .stopDependents, failures: failures)
        if report.result != .stale { return .ended(report) }
      }
    } catch let error as ApplyError {
      throw error
    } catch {
      throw ApplyError.unfinished(serial: serial, context.describe(error))
    }
    throw ApplyError.unfinished(serial: serial, "AWS moved again and again while it was undone")
  }

  /// The plan back to what stood before an apply.
  private func undoPlan(
    _ plan: Plan, _ pending: PendingApply, _ snapshot: Snapshot, state: State?
  ) async throws -> (Plan, SecretVault) {
    var vault = vault
    let intent = PlanInput.Intent.undo(pending, snapshot)
    let read = try await readLive(
      PlanInput.addresses(of: intent, state: state), types: context.types)
    let live = read.mapValues { vault.conceal($0) }
    let input = PlanInput(
      intent: intent, environment: plan.environment,
      policy: PolicyReference(
        commit: state?.policyCommit, hasUncommittedChanges: false,
        directory: plan.policy.directory),
      state: state, lineage: plan.state.lineage, live: live, schemas: context.types,
      knownSecrets: vault.knownDigests, time: context.now())
    return (makePlan(input), vault)
  }
}

extension Plan {
  /// Why this way back is not gone unasked; nil where it is.
  fileprivate var undoObstacle: String? {
    if let problem = problems.first(where: \.isError) {
      return "\(problem.subject): \(problem.message)"
    }
    return changes.first(where: \.isIrreversible).map { change in
      "\(change.address): to undo it is itself irreversible: \(change.irreversible ?? "")"
    }
  }
}

extension ChangeOutcome {
  /// What became of the change, in a sentence.
  fileprivate var sentence: String {
    switch result {
    case .applied: "It was applied."
    case .failed(let message): "It failed: \(message)."
    case .skipped(let message): "It was not tried: \(message)."
    }
  }
}
