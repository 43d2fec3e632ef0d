internal import ArgumentParser
internal import Foundation
internal import Model
internal import Policy

/// `weir import GROUP FILE`: takes over what a script has stopped.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take over a group that a script has stopped, with the values it wrote down before.",
    discussion: """
      FILE is the state file of a stop-and-start script (`"version": "1.0"`, with `project`, \
      `environment` and `resources`). It is `weir stop GROUP` with what stands in the file recorded as \
      found, so that `weir start GROUP` gives it back. The plan shows each resource that is taken over, \
      with what a start gives back. Only resources that the group means, and that are stopped now, are \
      taken from the file; the rest is said. Where the tags of the group are of another project or \
      environment than the file, it is refused.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var approval: ApprovalOptions

  @Argument(help: "The name of the Parking manifest.")
  var group: String

  @Argument(help: "The state file.", completion: .file(extensions: ["json"]))
  var file: String

  @Flag(help: "Show the plan and change nothing.")
  var dryRun = false

  func run() async throws {
    try await CommandContext(options).run { context in
      return try await ParkingSession(
        group: group, command: context, approval: approval, isDryRun: dryRun,
        found: Result { try read() }
      ).run { group, time in group.saying(.parked, at: time) }
    }
  }

  private func read() throws -> StoppedState {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
      throw Refusal(.failed, "the file cannot be read", detail: "\(file) cannot be read.")
    }
    do {
      return try StoppedState(reading: data)
    } catch let error as StoppedState.Unreadable {
      throw Refusal(
        .failed, "the file is no state of stopped resources",
        detail: "\(file): \(error.message)",
        hint: "It is a JSON document with version, project, environment and resources.")
    }
  }
}
