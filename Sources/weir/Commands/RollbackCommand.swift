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

  @Option(help: "Save the plan to this file for `weir apply FILE`, and change nothing.")
  var out: String?

  @Option(help: .select)
  var select: [String] = []

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      let choice = try await EnvironmentChoice(in: workspace, command: context, isReading: false)
      let session = try await EnvironmentSession(
        choice, command: context, withoutStateKey: approval.withoutStateKey)
      if let pending = session.stored.pending { throw ApplyError.locked(pending) }
      guard let state = session.stored.state, state.serial > 0 else {
        throw Refusal(
          .failed, "nothing to roll back",
          detail: "Nothing has been applied to \(choice.environment.name) yet.")
      }
      let serial = try await targetSerial(state: state, store: session.store, workspace: workspace)
      let key = try out.flatMap { _ in try PlanKeyVariables(context.variables).signingKey() }
      // Without --to it is back to what stood in AWS; with it, to what that apply brought about.
      let isBackToFound = to == nil
      let (plan, vault) = try await RollbackPlan(
        session: session, choice: choice, workspace: workspace, command: context
      ).plan(to: serial, after: state, isBackToFound: isBackToFound, selection: select)
      if let out {
        try SavedPlan(plan, key: key, isBackToFound: isBackToFound).save(to: out, context)
      }
      if planOnly || out != nil {
        context.console.write(
          try render(
            plan: plan, digest: options.format == .text && out == nil ? nil : try plan.digest(),
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
