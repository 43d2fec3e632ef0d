internal import ArgumentParser
internal import Engine
internal import Foundation
internal import GitStorage
internal import Model
internal import Rendering

/// `weir recover`: finishes or undoes an apply that was interrupted.
struct RecoverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recover",
    abstract: "Finish or undo an apply that began and did not end.",
    discussion: """
      Every change of the unfinished apply is read again in AWS, so nothing is guessed: a write \
      that the journal of this machine shows begun and not ended is awaited. \
      --finish makes what is left of it; --undo gives back what stood before it.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var approval: ApprovalOptions

  @Flag(help: "Make the changes that are left.")
  var finish = false

  @Flag(help: "Give back what stood before the apply.")
  var undo = false

  func validate() throws {
    if finish && undo { throw ValidationError("--finish and --undo exclude each other.") }
  }

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      let choice = try await EnvironmentChoice(in: workspace, command: context, isReading: false)
      let session = try await EnvironmentSession(
        choice, command: context, withoutStateKey: approval.withoutStateKey)
      guard let pending = session.stored.pending else {
        context.console.write("Nothing to recover: no apply of \(choice.environment.name) is open.")
        return .done
      }
      try await refuseForeign(pending.lease, serial: pending.serial, workspace, context)
      let snapshot = try await snapshot(of: pending, store: session.store)
      let known = await policySecrets(
        commits: [pending.plan.policy.commit, session.stored.state?.policyCommit],
        environment: choice.environment.name, workspace: workspace, time: context.now())
      let isUndo = try choose(pending, context: context)
      let run = ApplySession(
        session: session, workspace: workspace, command: context, approval: approval,
        project: choice.project)
      let journal = try await run.settle(pending)
      // What is undone leaves the policy that was applied before it.
      let policy = PolicyReference(
        commit: session.stored.state?.policyCommit, hasUncommittedChanges: false,
        directory: workspace.prefix)
      var (plan, vault) = try await session.plan(
        isUndo ? .undo(pending, snapshot) : .finish(pending),
        policy: isUndo ? policy : pending.plan.policy,
        lineage: pending.plan.state.lineage, alsoKnown: known,
        rules: PolicyRules(choice.project))
      plan.problems += journal
      let status = try await run.run(
        plan, vault: vault, mode: .recovering(pending, snapshot), isApproved: false)
      tellRequests(session.aws, console: context.console)
      return status
    }
  }

  /// Refuses an apply that somebody else may still be at. Our own is dead: a process that lives holds
  /// the lock of the environment on this machine.
  private func refuseForeign(
    _ lease: Lease, serial: Int, _ workspace: Workspace, _ context: CommandContext
  ) async throws {
    let isOurs = await lease.holder == context.actor(in: workspace)
    if isOurs || lease.until <= context.now() { return }
    throw Refusal(
      .locked, "somebody else may still apply",
      detail: "\(lease.holder) holds the lease of apply \(serial) until "
        + "\(lease.until.formatted(.iso8601)).",
      hint: "Wait until then, or, if that apply is known to be dead, run `weir unlock \(serial)`.")
  }

  private func snapshot(of pending: PendingApply, store: StateBranch) async throws -> Snapshot {
    guard let snapshot = try await store.snapshot(beforeSerial: pending.serial) else {
      throw Refusal(
        .failed, "a snapshot is missing",
        detail: "The branch \(store.branch) has no snapshots/\(pending.serial).json.")
    }
    return snapshot
  }

  /// Whether to undo.
  private func choose(_ pending: PendingApply, context: CommandContext) throws -> Bool {
    if finish || undo { return undo }
    let detail = lockedFacts(pending).detail
    guard context.console.isInputTerminal else {
      throw Refusal(.failed, "finish or undo?", detail: detail, hint: "Say --finish or --undo.")
    }
    context.console.tell(detail)
    return !context.console.confirm("Finish it? Any other answer plans how to undo it.")
  }
}
