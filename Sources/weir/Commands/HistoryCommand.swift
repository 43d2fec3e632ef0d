internal import ArgumentParser
internal import GitStorage
internal import Model
internal import Rendering

/// `weir history`: the applies of an environment.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "List the applies of an environment, the newest first.")

  @OptionGroup var options: CommonOptions

  @Option(help: "How many applies at most.")
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1.") }
  }

  func run() async throws {
    try await CommandContext(options).run { context in
      let (environment, store) = try await recordedEnvironment(context)
      let stored = try await store.load()
      context.console.write(
        try render(
          history: try await store.history(limit: limit), pending: stored.pending,
          environment: environment, format: options.format, style: context.console.outputStyle))
      return .done
    }
  }
}

/// The environment of a command that only reads its state branch.
///
/// - Throws: `Diagnostics`, `GitError`, `StateError`, `ErrorFacts`.
func recordedEnvironment(_ context: CommandContext) async throws -> (
  EnvironmentReference, StateBranch
) {
  let workspace = try context.workspace()
  let choice = try await EnvironmentChoice(in: workspace, command: context, isReading: true)
  return (choice.environment, choice.store)
}
