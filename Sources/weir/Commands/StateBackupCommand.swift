internal import ArgumentParser
internal import GitStorage
internal import Model

/// `weir state backup`: copies to S3 what the backup lacks.
struct StateBackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy to S3 every serial that the backup of Project.state.backup lacks.",
    discussion: """
      Each apply does so by itself once it has ended; this is for what it could not copy, and for \
      what had been applied before there was a backup.
      """)

  @OptionGroup var options: CommonOptions

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      let choice = try await EnvironmentChoice(in: workspace, command: context, isReading: true)
      let backup = try await choice.backup(context)
      guard await backUp(backup, choice.store, console: context.console) else { return .failed }
      let last = try await choice.store.history(limit: 1).first?.serial
      context.console.write(
        last.map { "The backup at \(backup.place) has every serial up to \($0)." }
          ?? "Nothing has been applied to \(choice.environment.name) yet.")
      return .done
    }
  }
}
