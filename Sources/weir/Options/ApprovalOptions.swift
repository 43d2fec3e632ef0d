internal import ArgumentParser

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

  func validate() throws {
    guard (1...64).contains(parallelism) else {
      throw ValidationError("--parallelism takes a number from 1 to 64.")
    }
  }
}
