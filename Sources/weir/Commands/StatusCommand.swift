internal import ArgumentParser
internal import GitStorage
internal import Model
internal import Rendering

/// `weir status`: how an environment stands, without asking AWS.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what was applied last, whether the policy moved since, and who holds the lease."
  )

  @OptionGroup var options: CommonOptions

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      let choice = try await EnvironmentChoice(in: workspace, command: context, isReading: true)
      let store = choice.store
      let last = try await store.history(limit: 1).first
      var report: StoredReport?
      if let last { report = try await store.report(ofSerial: last.serial) }
      let facts = StatusFacts(
        environment: choice.environment, lastApply: last,
        report: report,
        stored: try await store.load(),
        head: StatusFacts.Head(
          commit: choice.reference.commit,
          hasUncommittedChanges: choice.reference.hasUncommittedChanges),
        time: context.now())
      context.console.write(
        try render(status: facts, format: options.format, style: context.console.outputStyle))
      return .done
    }
  }
}
