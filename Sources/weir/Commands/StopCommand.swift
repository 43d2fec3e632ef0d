internal import ArgumentParser
internal import Model
internal import Policy

/// `weir stop GROUP`: parks the resources of a Parking manifest.
struct StopCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop",
    abstract: "Park a group: stop its resources, or make them as small as they go.",
    discussion: """
      It is an apply of the group's resources alone: planned, approved, recorded with a serial. What was \
      found is recorded once, so that stopping again loses nothing. Until `weir start`, every plan keeps \
      the group parked, whatever its manifest says; where a Schedule gives it windows, until the next one \
      begins or ends.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var approval: ApprovalOptions

  @Argument(help: "The name of the Parking manifest.")
  var group: String

  @Flag(help: "Show the plan and change nothing.")
  var dryRun = false

  func run() async throws {
    try await CommandContext(options).run { context in
      try await ParkingSession(
        group: group, command: context, approval: approval, isDryRun: dryRun
      ).run { group, time in group.saying(.parked, at: time) }
    }
  }
}
