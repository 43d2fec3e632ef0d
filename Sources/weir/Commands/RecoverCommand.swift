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
      Every change of the unfinished apply is read again in AWS, so nothing is guessed. \
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
      let workspace = try Workspace(directory: options.directory)
      let choice = try await EnvironmentChoice(in: workspace, command: context)
      let session = try await EnvironmentSession(
        choice.environment, role: choice.role, workspace: workspace, command: context)
      guard let pending = session.stored.pending else {
        context.console.write("Nothing to recover: no apply of \(choice.environment.name) is open.")
        return .done
      }
      let snapshot = try await snapshot(of: pending, store: session.store)
      let known = await policySecrets(
        commits: [pending.plan.policy.commit, session.stored.state?.policyCommit],
        environment: choice.environment.name, workspace: workspace, time: context.now())
      let isUndo = try choose(pending, context: context)
      // What is undone leaves the policy that was applied before it.
      let policy = PolicyReference(
        commit: session.stored.state?.policyCommit, hasUncommittedChanges: false,
        directory: workspace.prefix)
      let (plan, vault) = try await session.plan(
        isUndo ? .undo(pending, snapshot) : .finish(pending), policy: isUndo ? policy : pending.plan.policy,
        lineage: pending.plan.state.lineage, alsoKnown: known)
      let status = try await ApplySession(
        session: session, workspace: workspace, command: context, approval: approval
      ).run(plan, vault: vault, mode: .recovering(pending, snapshot), isApproved: false)
      tellRequests(session.aws, console: context.console)
      return status
    }
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
