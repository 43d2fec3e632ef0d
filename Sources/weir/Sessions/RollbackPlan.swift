internal import Engine
internal import Foundation
internal import GitStorage
internal import Model
internal import Rendering

/// The making of a plan back to the end of an earlier apply, for `weir rollback` and for the apply of
/// such a plan that was saved.
struct RollbackPlan {
  let session: EnvironmentSession
  let choice: EnvironmentChoice
  let workspace: Workspace
  let command: CommandContext

  /// Makes the plan back to the end of apply `serial`.
  ///
  /// - Parameter isBackToFound: whether it leads to what stood in AWS before the next apply, rather
  ///   than to what that apply brought about.
  /// - Throws: `Refusal`; what `EnvironmentSession.plan` throws.
  /// - Returns: the plan, and the clear text of its secrets.
  func plan(to serial: Int, after state: State, isBackToFound: Bool, selection: [String])
    async throws -> (plan: Plan, vault: SecretVault)
  {
    let earlier = try await session.store.state(atSerial: serial)
    if earlier == nil, serial > 0 {
      throw Refusal(
        .failed, "the way back is not recorded",
        detail:
          "The branch \(session.store.branch) does not reach back to serial \(serial): it was "
          + "made anew when a state was restored, or this clone is shallow.",
        hint: "`weir history` lists the applies that it holds.")
    }
    var snapshots: [Snapshot] = []
    for later in (serial + 1)...state.serial {
      guard let snapshot = try await session.store.snapshot(beforeSerial: later) else {
        throw Refusal(
          .failed, "a snapshot is missing",
          detail: "The branch \(session.store.branch) has no snapshots/\(later).json.")
      }
      snapshots.append(snapshot)
    }
    if !isBackToFound { snapshots = snapshots.asApplied(by: earlier) }
    let policy = PolicyReference(
      commit: earlier?.policyCommit, hasUncommittedChanges: false, directory: workspace.prefix)
    let known = await policySecrets(
      commits: [earlier?.policyCommit, state.policyCommit], environment: choice.environment.name,
      workspace: workspace, time: command.now())
    let scheduled = session.parkedBySchedules
    if !scheduled.addresses.isEmpty { try await session.aws.checkAccount() }
    let live = try await readLive(scheduled.addresses, types: session.aws.types)
    return try await session.plan(
      .rollback(serial: serial, state: earlier, snapshots: snapshots), policy: policy,
      selection: selection, found: live, parked: scheduled.records(live: live), alsoKnown: known,
      rules: PolicyRules(choice.project))
  }
}
