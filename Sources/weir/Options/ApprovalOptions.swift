internal import ArgumentParser

/// What `--without-state-key` does.
let withoutStateKeyHelp =
  "Go on without the state key: what it sealed is left as it is in AWS, and nothing is sealed."

/// The options of commands that write to AWS.
struct ApprovalOptions: ParsableArguments {
  @Flag(help: "Apply without asking; needed where nobody can answer, such as in CI.")
  var autoApprove = false

  @Option(help: "How many writes run at once at most.")
  var parallelism = 8

  @Flag(help: "Also delete; on the way back only what is protected needs it.")
  var allowDelete = false

  @Flag(help: "Also make changes that no rollback brings back.")
  var allowIrreversible = false

  @Flag(help: ArgumentHelp(withoutStateKeyHelp))
  var withoutStateKey = false

  func validate() throws {
    guard (1...64).contains(parallelism) else {
      throw ValidationError("--parallelism takes a number from 1 to 64.")
    }
  }
}
