internal import ArgumentParser

/// `weir state`: the state branch itself: checked, copied, restored.
struct StateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state",
    abstract: "Check, export, back up or restore the state branch of an environment.",
    subcommands: [
      StateVerifyCommand.self, StateExportCommand.self, StateRestoreCommand.self,
      StateBackupCommand.self,
    ])
}
