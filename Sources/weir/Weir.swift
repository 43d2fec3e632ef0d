internal import ArgumentParser

/// The program: its commands, and the only place that ends the process.
struct Weir: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "weir",
    abstract: "Holds AWS spend at the level that a Git repository says.",
    discussion: """
      Cost policy (budgets, tier limits, task sizes, lifecycle rules, schedules) is written as \
      YAML in Git. Weir compares it with live AWS, shows the plan with money on every line, \
      applies it with a snapshot of what stood before, and rolls back to any earlier state.

      Exit codes: 0 done, or nothing to do; 1 error; 2 changes are planned \
      (--detailed-exitcode), or drift; 3 a guardrail refuses; 4 the plan is stale; 5 locked; 6 applied in \
      part; 64 wrong usage.
      """,
    version: version,
    subcommands: [
      ValidateCommand.self, PlanCommand.self, ApplyCommand.self, RollbackCommand.self,
      RecoverCommand.self, HistoryCommand.self, ShowCommand.self, StatusCommand.self,
      StopCommand.self, StartCommand.self, ImportCommand.self, DriftCommand.self,
      UnlockCommand.self, StateCommand.self, RenderCommand.self,
    ])
}
