internal import Engine
internal import Foundation
internal import GitStorage
internal import Manifests
internal import Model
internal import Rendering

/// The way from a plan to its report, alike for apply, rollback and recover.
struct ApplySession {
  let session: EnvironmentSession
  let workspace: Workspace
  let command: CommandContext
  let approval: ApprovalOptions
  /// The limits that are let pass.
  var overridden: Set<Guardrail> = []
  /// What becomes of the apply where something fails.
  var onFailure = Applier.FailurePolicy.stopDependents
  /// What the project wishes after an apply; nil where weir.yaml cannot be read.
  var project: Project?

  /// Shows the plan, asks, and applies it.
  ///
  /// - Parameter isApproved: whether the plan has been reviewed before.
  /// - Throws: `Refusal` where nobody approves; `SealError`; what `Applier` throws.
  func run(
    _ reviewed: Plan, vault: SecretVault, mode: Applier.Mode = .new, isApproved: Bool
  ) async throws -> ExitStatus {
    let console = command.console
    let format = command.options.format
    // The digest is that of what was reviewed; what is let pass is recorded beside it.
    let digest = try reviewed.digest()
    let plan = reviewed.overriding(overridden)
    // The report is the result of the command; the plan is shown on the way to it.
    if !isApproved {
      console.note(try render(plan: plan, digest: nil, format: .text, style: console.errorStyle))
    }
    if let refusal = refusal(of: plan) ?? missingPermission(plan) {
      if isApproved {
        console.note(
          try render(plan: plan, digest: nil, format: .text, style: console.errorStyle))
      }
      throw refusal
    }
    var isNew = false
    if case .new = mode { isNew = true }
    // Before anybody approves: what cannot be opened ends here.
    let vault = try await session.open(vault, for: plan)
    if !(plan.isEmpty && isNew), !isApproved { try approve(plan) }
    let lock = try EnvironmentLock(
      gitDirectory: workspace.repository.gitDirectory, environment: plan.environment.name)
    let report: ApplyReport
    do {
      report = try await apply(plan, digest: digest, vault: vault, mode: mode)
    } catch let error as ApplyError {
      await followUp(error, of: plan, mode: mode)
      throw error
    }
    _ = consume lock
    console.write(try render(report: report, format: format, style: console.outputStyle))
    await followUp(report, of: plan, mode: mode)
    return switch report.result {
    case .applied, .nothingToDo: .done
    case .appliedInPart: .appliedInPart
    case .undone: .failed
    case .stale: .stale
    }
  }

  private func apply(_ plan: Plan, digest: String, vault: SecretVault, mode: Applier.Mode)
    async throws -> ApplyReport
  {
    let console = command.console
    try command.interruption?.letWritesEnd {
      console.tell(
        "Interrupted: writes that run are awaited, no other begins. Interrupt again to stop at "
          + "once.")
    }
    let progress = ProgressDisplay(console)
    defer { progress.close() }
    let context = await context(environment: plan.environment.name, progress)
    return try await Applier(context, vault: vault)
      .apply(plan, digest: digest, mode: mode, onFailure: onFailure)
  }

  /// What the journal says of an interrupted apply, once its writes in flight have landed.
  ///
  /// - Throws: `GitError` where another process is at it; `AWSError`, `CocoaError`, `ErrorFacts`.
  func settle(_ pending: PendingApply) async throws -> [PlanProblem] {
    try await session.aws.checkAccount()
    let name = session.environment.name
    let lock = try EnvironmentLock(
      gitDirectory: workspace.repository.gitDirectory, environment: name)
    let progress = ProgressDisplay(command.console)
    defer { progress.close() }
    let remarks = try await settleWritesInFlight(
      of: pending, in: await context(environment: name, progress))
    _ = consume lock
    return remarks
  }

  private func context(environment: String, _ progress: ProgressDisplay) async -> ApplyContext {
    let interruption = command.interruption
    return ApplyContext(
      types: session.aws.types, store: session.store,
      journal: FileJournal(
        gitDirectory: workspace.repository.gitDirectory, environment: environment),
      keys: session.keys, actor: await command.actor(in: workspace),
      parallelism: approval.parallelism,
      now: command.now,
      sleep: { try await Task.sleep(for: .seconds($0)) },
      isStopping: { interruption?.isStopping == true }, onEvent: { progress.show($0) },
      describe: { Failure.line($0) })
  }

  private func refusal(of plan: Plan) -> Refusal? {
    let errors = plan.problems.filter(\.isError)
    if errors.isEmpty { return nil }
    let isGuardrail = errors.allSatisfy(\.isRule)
    // Where the plan is not shown the problems still are: nobody should have to guess.
    let shown =
      errors.count == 1
      ? "The plan has a problem, shown above." : "The plan has \(errors.count) problems."
    let listed = errors.map { "\($0.subject): \($0.message)" }.joined(separator: "\n")
    return Refusal(
      isGuardrail ? .guardrail : .failed, "nothing was applied",
      detail: command.console.isQuiet ? listed : shown)
  }

  /// What was not allowed by name; nil where nothing is missing.
  private func missingPermission(_ plan: Plan) -> Refusal? {
    let given: [Permission: Bool] = [
      .delete: approval.allowDelete, .irreversible: approval.allowIrreversible,
    ]
    let missing = plan.missing(Set(given.filter(\.value).keys))
    guard !missing.isEmpty else { return nil }
    let options = missing.map { $0 == .delete ? "--allow-delete" : "--allow-irreversible" }
    let details = missing.map { permission in
      switch permission {
      case .delete:
        (plan.goal == .policy ? "It deletes: " : "It deletes what is protected: ")
          + plan.changes.filter { $0.action == .delete }.filter {
            plan.goal == .policy || session.stored.state?.resources[$0.address]?.isProtected == true
          }.map { "\($0.address)" }.joined(separator: ", ") + "."
      case .irreversible:
        plan.irreversibleChanges.compactMap { change in
          change.irreversible.map { "\(change.address): \($0)" }
        }.joined(separator: "\n")
      }
    }
    return Refusal(
      .guardrail, "nothing was applied", detail: details.joined(separator: "\n"),
      hint: "Where that is meant, allow it by name: \(options.joined(separator: " ")).")
  }

  private func approve(_ plan: Plan) throws {
    if approval.autoApprove { return }
    guard command.console.isInputTerminal else {
      throw Refusal(
        .failed, "nobody can approve",
        detail: "There is no terminal to ask on, so nothing was applied.",
        hint: plan.goal == .policy
          ? "Review the plan, then apply it with --auto-approve, or apply a saved plan: "
            + "`weir plan --out plan.json` and `weir apply plan.json`."
          : "Review the plan above, then run the same with --auto-approve.")
    }
    guard command.console.confirm("Apply this to \(plan.environment.name)?") else {
      throw Refusal(.failed, "not approved", detail: "Nothing was applied.")
    }
  }
}
