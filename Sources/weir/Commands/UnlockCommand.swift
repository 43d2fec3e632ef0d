internal import ArgumentParser
internal import GitStorage
internal import Model
internal import Rendering

/// `weir unlock SERIAL`: ends the lease of an apply that is known to be dead.
struct UnlockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unlock",
    abstract: "End the lease of an unfinished apply, so that it can be recovered at once.",
    discussion: """
      Only for an apply that is known to be dead: one that still runs ends without recording what \
      it did. The apply stays unfinished until `weir recover` has finished or undone it.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(help: "The serial of the unfinished apply, as `weir status` tells it.")
  var serial: Int

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      let choice = try await EnvironmentChoice(in: workspace, command: context, isReading: false)
      let stored = try await choice.store.load()
      guard var pending = stored.pending, let version = stored.version else {
        throw Refusal(
          .failed, "nothing to unlock",
          detail: "No apply of \(choice.environment.name) is unfinished.")
      }
      guard pending.serial == serial else {
        throw Refusal(
          .failed, "another apply is unfinished",
          detail: "It is serial \(pending.serial), not \(serial), begun by "
            + "\(pending.lease.holder).")
      }
      let lock = try EnvironmentLock(
        gitDirectory: workspace.repository.gitDirectory, environment: choice.environment.name)
      pending.lease.until = context.now()
      _ = try await choice.store.renew(pending, expecting: version)
      _ = consume lock
      context.console.write(
        "The lease of serial \(serial) has ended. Run `weir recover` to finish or undo it.")
      return .done
    }
  }
}
