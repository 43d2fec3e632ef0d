internal import ArgumentParser
internal import Foundation
internal import Manifests
internal import Model
internal import Policy

/// `weir start GROUP`: starts the resources of a Parking manifest.
struct StartCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract: "Start a parked group: give its resources back what they had.",
    discussion: """
      Each gets the values that other manifests ask for, or else those that were found when it was \
      parked. Where AWS refuses some, for want of capacity for example, the rest is started, the exit \
      code is 6, and the same command goes on with what is left. Where a Schedule gives the group windows, \
      it holds until the next one begins or ends.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var approval: ApprovalOptions

  @Argument(help: "The name of the Parking manifest.")
  var group: String

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "How long: 30m, 2h, 1d. Then AWS parks the group by itself where its manifest names a role, else the "
        + "first apply.",
      valueName: "duration"))
  var duration: String?

  @Flag(help: "Show the plan and change nothing.")
  var dryRun = false

  func validate() throws {
    if let duration, seconds(inDuration: duration) == nil {
      throw ValidationError("--for takes a duration such as 30m, 2h or 1d.")
    }
  }

  func run() async throws {
    try await CommandContext(options).run { context in
      try await ParkingSession(
        group: group, command: context, approval: approval, isDryRun: dryRun
      ).run { group, time in
        let end = duration.flatMap(seconds(inDuration:)).map { time + Double($0) }
        return group.saying(.running, at: time, until: end)
      }
    }
  }
}
