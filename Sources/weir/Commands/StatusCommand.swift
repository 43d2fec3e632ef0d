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

  @Flag(help: "Also ask S3 how far the backup of Project.state.backup is behind.")
  var backup = false

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
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
      var report: StoredReport?
      if let last { report = try await store.report(ofSerial: last.serial) }
      let facts = StatusFacts(
        environment: choice.environment, lastApply: last,
        report: report,
        stored: stored,
        head: StatusFacts.Head(
          commit: choice.reference.commit,
          hasUncommittedChanges: choice.reference.hasUncommittedChanges),
        backup: copies, time: context.now())
      context.console.write(
        try render(status: facts, format: options.format, style: context.console.outputStyle))
      return .done
    }
  }
}
