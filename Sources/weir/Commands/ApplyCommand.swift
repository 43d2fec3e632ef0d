internal import ArgumentParser
internal import Engine
internal import Foundation
internal import GitStorage
internal import Manifests
internal import Model
internal import Rendering

/// `weir apply [PLAN]`: carries out a plan, a saved one or one made now.
struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Bring AWS to what the policy says: a saved plan, or one made and shown now.",
    discussion: """
      A saved plan is bound to the policy commit, the state and the live values that it saw; \
      where any of them moved it is stale, nothing is written, and the exit code is 4.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var approval: ApprovalOptions

  @Argument(help: "A plan that `weir plan --out` saved.", completion: .file())
  var plan: String?

  @Option(
    help: "Only resources whose address matches this pattern (* and ?); may be given repeatedly.")
  var select: [String] = []

  func validate() throws {
    if plan != nil, !select.isEmpty {
      throw ValidationError("--select belongs to the plan: give it to `weir plan --out`.")
    }
  }

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      if let plan {
        return try await applySaved(SavedPlan(path: plan), in: workspace, context: context)
      }
      let (policy, reference) = try await context.policy(in: workspace)
      try refuseUncommitted(reference)
      let (environment, desired) = try policy.environment(named: options.environment)
      let store = try await context.stateBranch(
        of: environment.name, in: workspace, project: policy.loaded.project, isReading: false)
      let session = try await EnvironmentSession(
        environment.reference, role: environment.role, store: store, command: context)
      if let pending = session.stored.pending { throw ApplyError.locked(pending) }
      let (plan, vault) = try await session.plan(
        .policy(desired), policy: reference, selection: select)
      let status = try await ApplySession(
        session: session, workspace: workspace, command: context, approval: approval
      ).run(plan, vault: vault, isApproved: false)
      tellRequests(session.aws, console: context.console)
      return status
    }
  }

  private func refuseUncommitted(_ policy: PolicyReference) throws {
    guard policy.hasUncommittedChanges else { return }
    throw Refusal(
      .failed, "the policy has uncommitted changes",
      detail: "What is applied is recorded by its commit, so that anybody can return to it.",
      hint: "Commit the manifests first, or apply a commit with --ref.")
  }

  private func applySaved(_ saved: SavedPlan, in workspace: Workspace, context: CommandContext)
    async throws -> ExitStatus
  {
    let plan = saved.plan
    guard let commit = plan.policy.commit.flatMap({ CommitID($0) }),
      !plan.policy.hasUncommittedChanges
    else {
      throw Refusal(
        .stale, "the plan is not of a commit",
        detail: "It was made from a working tree with uncommitted changes.",
        hint: "Commit the manifests and plan again.")
    }
    let head = try await workspace.repository.resolve(options.reference ?? "HEAD")
    guard head == commit else {
      throw Refusal(
        .stale, "the plan is stale",
        detail: "It was made from the policy at \(commit.short), and the policy is now at "
          + "\(head.short).", hint: "Plan again, or name the plan's commit with --ref.")
    }
    if let name = options.environment, name != plan.environment.name {
      throw Refusal(
        .failed, "the plan is of another environment",
        detail: "It is of \(plan.environment.name), and --env says \(name).")
    }
    let policyWorkspace = Workspace(
      repository: workspace.repository, directory: workspace.directory,
      prefix: plan.policy.directory)
    let policy = try CompiledPolicy(
      try await policyWorkspace.read(commit), at: context.now())
    let (environment, desired) = try policy.environment(named: plan.environment.name)
    let store = try await context.stateBranch(
      of: environment.name, in: workspace, project: policy.loaded.project, isReading: false)
    let session = try await EnvironmentSession(
      environment.reference, role: environment.role, store: store, command: context)
    if let pending = session.stored.pending { throw ApplyError.locked(pending) }
    // All else that the plan says follows from the state, so that this cause is told alone.
    let serial = session.stored.state?.serial ?? 0
    guard serial == plan.state.serial else {
      throw Refusal(
        .stale, "the plan is stale",
        detail: "Serial \(serial) has been applied; the plan was made after \(plan.state.serial).",
        hint: "Plan again.")
    }
    let (now, vault) = try await session.plan(
      .policy(desired), policy: plan.policy, selection: plan.selection,
      lineage: plan.state.lineage)
    let causes = plan.causesOfStaleness(comparedWith: now)
    guard try causes.isEmpty && now.digest() == saved.digest else {
      throw Refusal(
        .stale, "the plan is stale",
        detail: causes.isEmpty
          ? "What it is based on has changed since it was made." : causes.joined(separator: "\n"),
        hint: "Plan again.")
    }
    let status = try await ApplySession(
      session: session, workspace: policyWorkspace, command: context, approval: approval
    ).run(now, vault: vault, isApproved: true)
    tellRequests(session.aws, console: context.console)
    return status
  }
}
