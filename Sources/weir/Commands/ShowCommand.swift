internal import ArgumentParser
internal import GitStorage
internal import Model
internal import Rendering

/// `weir show SERIAL`: one apply.
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one apply: who, when, from which policy, and what became of each change.")

  @OptionGroup var options: CommonOptions

  @Argument(help: "The serial of the apply, as `weir history` lists it.")
  var serial: Int

  func run() async throws {
    try await CommandContext(options).run { context in
      let (environment, store) = try await recordedEnvironment(context)
      let history = try await store.history(limit: nil)
      guard let entry = history.first(where: { $0.serial == serial }) else {
        throw Refusal(
          .failed, "no such apply",
          detail: "\(environment.name) has no apply with serial \(serial).",
          hint: "`weir history` lists the applies.")
      }
      let facts = RecordFacts(
        environment: environment, entry: entry, state: try await store.state(atSerial: serial),
        report: try await store.report(ofSerial: serial))
      context.console.write(
        try render(record: facts, format: options.format, style: context.console.outputStyle))
      return .done
    }
  }
}
