internal import ArgumentParser
internal import Engine
internal import Foundation
internal import GitStorage
internal import Manifests
internal import Model
internal import Policy
internal import Rendering
internal import Resources

/// `weir drift`: what others changed since it was applied, and who; and the way of it into the policy.
struct DriftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Show what others changed since it was applied, and who; writes nothing to AWS.",
    discussion: """
      Compares the state with live AWS, for all that Weir owns. Who and when is asked of \
      CloudTrail, at most \(EventLookup.mostRequests) times and twice a second; without \
      cloudtrail:LookupEvents it is said to be not known.

      --accept writes the live values into the manifests, each at the place it comes from, and \
      leaves the commit to you. It writes all that it is asked for, or nothing.

      Exit codes: 0 no drift, or accepted; 2 drift; 1 error.
      """)

  @OptionGroup var options: CommonOptions

  @Option(help: .select)
  var select: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write the live values of this resource into the manifests; may be given repeatedly.",
      valueName: "address[#field]"))
  var accept: [String] = []

  @Flag(help: "Do not ask CloudTrail who made the changes.")
  var noCloudtrail = false

  func validate() throws {
    if !accept.isEmpty, options.reference != nil {
      throw ValidationError("--accept edits the working tree: it goes without --ref.")
    }
  }

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      let read = try await workspace.read(reference: options.reference)
      let policy = try CompiledPolicy(
        read.source, at: context.now(), adding: read.unreadable, allowsEmpty: true)
      let (environment, compiled) = try policy.environment(named: options.environment)
      let session = try await context.session(
        of: environment, in: workspace, project: policy.loaded.project, isReading: true)
      let resolved = try await session.resolve(compiled.withoutDeletions)
      let (input, _) = try await session.input(
        .policy(resolved.desired), policy: read.reference, found: resolved.live,
        parked: resolved.parked)
      let plan = makePlan(input).selecting(select)
      let status: ExitStatus
      if accept.isEmpty {
        status = try await show(plan, live: input.live, of: session, context)
      } else {
        let acceptance = DriftAcceptance(
          workspace: workspace, source: read.source, environment: environment, input: input,
          found: resolved.found)
        let accepted = try acceptance.accept(accept, of: plan.drift)
        context.console.write(
          try render(
            accepted: accepted, environment: environment.reference, format: options.format,
            style: context.console.outputStyle))
        status = .done
      }
      if let pending = session.stored.pending {
        let facts = lockedFacts(pending)
        context.console.tell("warning: \(facts.detail) \(facts.hint ?? "")")
      }
      tellRequests(session.aws, console: context.console)
      return status
    }
  }

  private func show(
    _ plan: Plan, live: [Address: LiveResource], of session: EnvironmentSession,
    _ context: CommandContext
  ) async throws -> ExitStatus {
    var attributions: [Address: Attribution]?
    if !noCloudtrail {
      let found = session.stored.state?.resources.mapValues {
        LiveResource(attributes: [:], context: $0.foundContext)
      }
      attributions = try await EventLookup(client: session.aws.client, schemas: session.aws.types)
        .attributions(
          of: plan.drift, live: live.merging(found ?? [:]) { live, _ in live },
          applied: applyTimes(of: plan, in: session))
    }
    let addresses = session.stored.state?.resources.keys.filter { address in
      select.isEmpty || select.contains { address.matches($0) }
    }
    let report = DriftReport(
      plan, resourceCount: addresses?.count ?? 0, attributions: attributions)
    context.console.write(
      try render(drift: report, format: options.format, style: context.console.outputStyle))
    return plan.drift.isEmpty ? .done : .changesPlanned
  }

  /// When the applies ended that wrote what has drifted.
  private func applyTimes(of plan: Plan, in session: EnvironmentSession) async throws -> [Int: Date]
  {
    guard let first = plan.drift.map(\.serial).min() else { return [:] }
    let history = try await session.store.history(limit: max(1, plan.state.serial - first + 1))
    return Dictionary(history.map { ($0.serial, $0.time) }, uniquingKeysWith: { first, _ in first })
  }
}
