internal import ArgumentParser
internal import GitStorage
internal import Manifests
internal import Model
internal import Policy
internal import Pricing
internal import Rendering
internal import Resources

/// `weir status`: how an environment stands, without asking AWS.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract:
      "Show what was applied last, whether the policy moved since, and who holds the lease.",
    discussion: """
      With the name of a Parking manifest: its resources in AWS, whether each runs or is parked, what it \
      costs and what parking saves.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(help: "The name of a Parking manifest, whose resources are shown.")
  var group: String?

  @Flag(help: "Also ask S3 how far the backup of Project.state.backup is behind.")
  var backup = false

  @Flag(
    help: ArgumentHelp(
      "Also ask AWS for capacity reservations and Savings Plans, which cost whether used or not.",
      discussion: "Weir never buys any. It takes ec2:DescribeCapacityReservations and "
        + "savingsplans:DescribeSavingsPlans."))
  var commitments = false

  func validate() throws {
    if group != nil, backup || commitments {
      throw ValidationError(
        "--backup and --commitments are of the whole environment: leave out the name of the group.")
    }
  }

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      if let group { return try await status(of: group, in: workspace, context) }
      let choice = try await EnvironmentChoice(in: workspace, command: context, isReading: true)
      let store = choice.store
      let stored = try await store.load()
      let history = try await store.history(limit: backup ? nil : 1)
      let last = history.first
      var copies: StatusFacts.Backup?
      if backup {
        let backup = try await choice.backup(context)
        copies = StatusFacts.Backup(
          place: backup.place, serials: try await backup.serials(), of: history.map(\.serial))
      }
      let commitments = commitments ? try await choice.commitments(context) : nil
      var report: StoredReport?
      if let last { report = try await store.report(ofSerial: last.serial) }
      let facts = StatusFacts(
        environment: choice.environment, lastApply: last,
        report: report,
        stored: stored,
        head: StatusFacts.Head(
          commit: choice.reference.commit,
          hasUncommittedChanges: choice.reference.hasUncommittedChanges),
        backup: copies, commitments: commitments, time: context.now())
      context.console.write(
        try render(status: facts, format: options.format, style: context.console.outputStyle))
      return .done
    }
  }

  private func status(of group: String, in workspace: Workspace, _ context: CommandContext)
    async throws -> ExitStatus
  {
    let (policy, _) = try await context.policy(in: workspace)
    let (environment, all) = try policy.environment(named: options.environment)
    let compiled = all.leaving(PolicyRules(policy, environment).elsewhere)
    let session = try await context.session(
      of: environment, in: workspace, project: policy.loaded.project, isReading: true)
    let facts = try await session.status(ofGroup: group, in: compiled)
    context.console.write(
      try render(parking: facts, format: options.format, style: context.console.outputStyle))
    tellRequests(session.aws, console: context.console)
    return .done
  }
}

extension EnvironmentChoice {
  /// What is owed in the environment's account and region, used or not.
  ///
  /// - Throws: `AWSError`, `ErrorFacts`.
  fileprivate func commitments(_ command: CommandContext) async throws -> [Commitment] {
    let aws = try AWSSession(environment, role: role, command: command)
    try await aws.checkAccount()
    let found = try await CommitmentReader(
      client: aws.client, account: environment.account, region: environment.region,
      prices: .builtIn
    ).commitments()
    tellRequests(aws, console: command.console)
    return found
  }
}
