internal import ArgumentParser
internal import Engine
internal import Foundation
internal import GitStorage
internal import Model
internal import Rendering

/// `weir rollback`: brings AWS back to the values that an earlier apply left or found.
struct RollbackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Bring AWS back to the values before the last apply, or after an earlier one.",
    discussion: """
      The way back is an ordinary plan, made from the recorded values; it is shown, applied and \
      recorded with a serial of its own. The manifests are not changed: revert their commit as \
      well, else the next plan wants the change again.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var approval: ApprovalOptions

  @Option(
    help: ArgumentHelp(
      "The apply to return to: its serial, or the policy commit that it applied.",
      valueName: "serial|commit"))
  var to: String?

  @Flag(help: "Show the plan and change nothing.")
  var planOnly = false

  @Option(
    help: "Only resources whose address matches this pattern (* and ?); may be given repeatedly.")
  var select: [String] = []

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      let choice = try await EnvironmentChoice(in: workspace, command: context, isReading: false)
      let session = try await EnvironmentSession(
        choice.environment, role: choice.role, project: choice.project,
        store: choice.store, command: context, withoutStateKey: approval.withoutStateKey)
      if let pending = session.stored.pending { throw ApplyError.locked(pending) }
      guard let state = session.stored.state, state.serial > 0 else {
        throw Refusal(
          .failed, "nothing to roll back",
          detail: "Nothing has been applied to \(choice.environment.name) yet.")
      }
      let serial = try await targetSerial(state: state, store: session.store, workspace: workspace)
      let (plan, vault) = try await plan(
        to: serial, state: state, session: session, choice: choice, workspace: workspace,
        context: context)
      if planOnly {
        context.console.write(
          try render(
            plan: plan, digest: options.format == .text ? nil : try plan.digest(),
            format: options.format,
            style: context.console.outputStyle))
        return .done
      }
      let status = try await ApplySession(
        session: session, workspace: workspace, command: context, approval: approval,
        project: choice.project
      ).run(plan, vault: vault, isApproved: false)
      tellRequests(session.aws, console: context.console)
      return status
    }
  }

  private func plan(
    to serial: Int, state: State, session: EnvironmentSession, choice: EnvironmentChoice,
    workspace: Workspace, context: CommandContext
  ) async throws -> (Plan, SecretVault) {
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
    // Without --to it is back to what stood in AWS; with it, to what that apply brought about.
    if to != nil { snapshots = snapshots.asApplied(by: earlier) }
    let policy = PolicyReference(
      commit: earlier?.policyCommit, hasUncommittedChanges: false,
      directory: workspace.prefix)
    let known = await policySecrets(
      commits: [earlier?.policyCommit, state.policyCommit], environment: choice.environment.name,
      workspace: workspace, time: context.now())
    return try await session.plan(
      .rollback(serial: serial, state: earlier, snapshots: snapshots), policy: policy,
      selection: select, alsoKnown: known, rules: PolicyRules(choice.project))
  }

  /// The serial to return to.
  private func targetSerial(state: State, store: StateBranch, workspace: Workspace) async throws
    -> Int
  {
    guard let to else { return state.serial - 1 }
    if let serial = Int(to), serial <= state.serial || to.count < 7 {
      guard serial >= 0, serial < state.serial else {
        throw Refusal(
          .failed, "no such serial to return to",
          detail: "The last apply is serial \(state.serial): --to takes 0 to "
            + "\(state.serial - 1), where 0 is before the first apply.",
          hint: "`weir history` lists the applies.")
      }
      return serial
    }
    let commit = try await workspace.repository.resolve(to)
    let entries = try await store.history(limit: nil)
    var whole: HistoryEntry?
    for entry in entries where entry.policyCommit == commit.hex && whole == nil {
      let report = try await store.report(ofSerial: entry.serial)
      if report?.isWholePolicy ?? true { whole = entry }
    }
    guard let entry = whole else {
      throw Refusal(
        .failed, "the commit was never applied",
        detail: "No apply to \(state.environment.name) was made from the policy at "
          + "\(commit.short), whole and without --select.",
        hint: "`weir history` lists the commits that were; --to also takes a serial.")
    }
    guard entry.serial < state.serial else {
      throw Refusal(
        .failed, "nothing to roll back",
        detail: "The policy at \(commit.short) is what was applied last, with serial "
          + "\(entry.serial).")
    }
    return entry.serial
  }
}
