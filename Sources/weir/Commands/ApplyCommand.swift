public import ArgumentParser
public import Engine
internal import Foundation
internal import GitStorage
internal import Manifests
public import Model
internal import Rendering

/// `weir apply [PLAN]`: carries out a plan, a saved one or one made now.
struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Bring AWS to what the policy says: a saved plan, or one made and shown now.",
    discussion: """
      A saved plan is bound to the policy commit, the state and the live values that it saw; \
      where any of them moved it is stale, nothing is written, and the exit code is 4. So is a \
      plan that has expired (Project.plan.expires, else 24h) or was edited.

      What it deletes, what no rollback brings back, and what goes beyond a limit of \
      Project.guardrails takes a permission by name; without it the exit code is 3.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var approval: ApprovalOptions

  @Argument(help: "A plan that `weir plan --out` saved.", completion: .file())
  var plan: String?

  @Option(help: .select)
  var select: [String] = []

  @Option(
    name: .customLong("override-guardrail"),
    help: "Let this limit of Project.guardrails pass; may be given repeatedly, and is recorded.")
  var overrides: [Guardrail] = []

  @Option(help: "Where something fails: skip what depends on it, or undo what was applied.")
  var onFailure = Applier.FailurePolicy.stopDependents

  @Flag(help: "Where no manifest is left, give up all that is managed.")
  var allowEmpty = false

  @Flag(help: "Apply only a plan that was signed with the key of WEIR_PLAN_PUBLIC_KEY.")
  var requireSigned = false

  func validate() throws {
    if requireSigned, plan == nil {
      throw ValidationError("--require-signed takes a saved plan: only such are signed.")
    }
    if plan != nil, !select.isEmpty {
      throw ValidationError("--select belongs to the plan: give it to `weir plan --out`.")
    }
  }

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      if let plan {
        let saved = try SavedPlan(path: plan)
        if requireSigned {
          let key = try PlanKeyVariables(context.variables).requiredPublicKey()
          try refusing(plan) { () throws(SavedPlanError) in try saved.checkSignature(key) }
        }
        return try await applySaved(saved, in: workspace, context: context)
      }
      let (policy, reference) = try await context.policy(in: workspace, allowsEmpty: allowEmpty)
      try refuseUncommitted(reference)
      let (environment, compiled) = try policy.environment(named: options.environment)
      let session = try await context.session(
        of: environment, in: workspace, project: policy.loaded.project, isReading: false,
        withoutStateKey: approval.withoutStateKey)
      if let pending = session.stored.pending { throw ApplyError.locked(pending) }
      let (plan, vault) = try await session.plan(
        compiled, of: reference, selection: select,
        rules: PolicyRules(policy, environment))
      let status = try await applySession(session, workspace, policy.loaded.project, context)
        .run(plan, vault: vault, isApproved: false)
      tellRequests(session.aws, console: context.console)
      return status
    }
  }

  private func applySession(
    _ session: EnvironmentSession, _ workspace: Workspace, _ project: Project?,
    _ context: CommandContext
  ) -> ApplySession {
    ApplySession(
      session: session, workspace: workspace, command: context, approval: approval,
      overridden: Set(overrides), onFailure: onFailure, project: project)
  }

  private func applySaved(_ saved: SavedPlan, in workspace: Workspace, context: CommandContext)
    async throws -> ExitStatus
  {
    let plan = saved.plan
    if let name = options.environment, name != plan.environment.name {
      throw Refusal(
        .failed, "the plan is of another environment",
        detail: "It is of \(plan.environment.name), and --env says \(name).")
    }
    if case .rollback(let serial) = plan.goal {
      return try await applySavedRollback(saved, to: serial, in: workspace, context)
    }
    let commit = try plan.reviewedCommit()
    let policyWorkspace = Workspace(
      repository: workspace.repository, directory: workspace.directory,
      prefix: plan.policy.directory)
    let head = try await workspace.repository.resolve(options.reference ?? "HEAD")
    let policy = try CompiledPolicy(
      // Whether it may be empty was said when the plan was made.
      try await policyWorkspace.read(commit), at: context.now(), allowsEmpty: true)
    let (environment, compiled) = try policy.environment(named: plan.environment.name)
    let session = try await context.session(
      of: environment, in: workspace, project: policy.loaded.project, isReading: false,
      withoutStateKey: approval.withoutStateKey)
    if let pending = session.stored.pending { throw ApplyError.locked(pending) }
    // All else that the plan says follows from these, so that they are told without asking AWS.
    var causes: [String] = []
    if head != commit {
      causes.append(
        "It was made from the policy at \(commit.short), and the policy is now at \(head.short).")
    }
    causes += saved.causesOfStaleness(
      in: session, lifetime: policy.loaded.project?.planLifetime ?? 0, at: context.now())
    if !causes.isEmpty {
      throw Refusal.stale(
        causes,
        hint: head == commit ? "Plan again." : "Plan again, or name the plan's commit with --ref.")
    }
    let (now, vault) = try await session.plan(
      compiled, of: plan.policy, selection: plan.selection,
      lineage: plan.state.lineage, agedAt: plan.time, rules: PolicyRules(policy, environment))
    try saved.refuseIfMoved(since: now)
    let status = try await applySession(
      session, policyWorkspace, policy.loaded.project, context
    )
    .run(now, vault: vault, isApproved: true)
    tellRequests(session.aws, console: context.console)
    return status
  }
}

extension ApplyCommand {
  /// Applies a plan that `weir rollback --out` saved: it is bound to the state, and to no commit that
  /// would have to be checked out.
  private func applySavedRollback(
    _ saved: SavedPlan, to serial: Int, in workspace: Workspace, _ context: CommandContext
  ) async throws -> ExitStatus {
    let choice = try await EnvironmentChoice(
      in: workspace, command: context, named: saved.plan.environment.name, isReading: false)
    let session = try await EnvironmentSession(
      choice, command: context, withoutStateKey: approval.withoutStateKey)
    if let pending = session.stored.pending { throw ApplyError.locked(pending) }
    let causes = saved.causesOfStaleness(
      in: session, lifetime: choice.project?.planLifetime ?? Project.defaultPlanLifetime,
      at: context.now())
    guard causes.isEmpty, let state = session.stored.state, serial < state.serial else {
      throw Refusal.stale(causes, hint: "Plan the way back again.")
    }
    let (now, vault) = try await RollbackPlan(
      session: session, choice: choice, workspace: workspace, command: context
    ).plan(
      to: serial, after: state, isBackToFound: saved.isBackToFound ?? false,
      selection: saved.plan.selection)
    try saved.refuseIfMoved(since: now)
    let status = try await applySession(session, workspace, choice.project, context)
      .run(now, vault: vault, isApproved: true)
    tellRequests(session.aws, console: context.console)
    return status
  }
}

/// Stops where what would be applied is in no commit.
///
/// - Throws: `Refusal`.
func refuseUncommitted(_ policy: PolicyReference) throws {
  guard policy.hasUncommittedChanges else { return }
  throw Refusal(
    .failed, "the policy has uncommitted changes",
    detail: "What is applied is recorded by its commit, so that anybody can return to it.",
    hint: "Commit the manifests first, or apply a commit with --ref.")
}

extension Plan {
  /// The commit of the policy that was reviewed.
  ///
  /// - Throws: `Refusal` where the plan is not of one.
  fileprivate func reviewedCommit() throws -> CommitID {
    guard let commit = policy.commit.flatMap({ CommitID($0) }), !policy.hasUncommittedChanges else {
      throw Refusal(
        .stale, "the plan is not of a commit",
        detail: "It was made from a working tree with uncommitted changes.",
        hint: "Commit the manifests and plan again.")
    }
    return commit
  }
}

extension Guardrail: ExpressibleByArgument {}
extension Applier.FailurePolicy: ExpressibleByArgument {}
