import Foundation
import Testing

/// Schedules at work, and the way back.
@Suite("Schedules")
struct ScheduleTests {
  /// The clock in New York, `HH:mm`, some hours from now.
  private func clock(_ hours: Double) throws -> String {
    let zone = try #require(TimeZone(identifier: "America/New_York"))
    let format = Date.VerbatimFormatStyle(
      format:
        "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)",
      timeZone: zone, calendar: Calendar(identifier: .gregorian))
    return (Date() + hours * 3600).formatted(format)
  }

  @Test("a rollback in a window keeps its bounds, and without the schedule gives back the others")
  func rollback() async throws {
    let scene = try await Scene()
    let bounds = "[[t['MinCapacity'], t['MaxCapacity']] for t in aws.targets()][0]"
    func apply() async throws -> String {
      try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
      return try await scene.repository.git("rev-parse", "HEAD")
    }
    func expectReached(_ commit: String) async throws {
      let plan = try await scene.weir(
        "plan", "--env", "prod", "--ref", commit, "--detailed-exitcode", "--format", "json",
        isQuiet: true)
      #expect(!plan.output.contains("isReverted"), "\(plan.output)")
    }
    // Weekly windows and the one with dates would meet.
    try scene.repository.remove("manifests/exams.yaml")
    try await scene.repository.commit("No exams")
    let without = try await apply()
    try scene.repository.write(
      "manifests/hours.yaml",
      """
      apiVersion: weir/v1
      kind: Schedule
      metadata: {name: hours, environments: [prod]}
      spec:
        target: {taskSize: ide}
        timeZone: America/New_York
        windows: [{name: now, from: "\(try clock(-3))", until: "\(try clock(3))", min: 3}]
      """)
    try await scene.repository.commit("Hours")
    let with = try await apply()
    #expect(try await scene.aws(bounds) == "[3, 4]")
    try scene.repository.edit("manifests/tasks.yaml", "max: 4", "max: 6")
    try await scene.repository.commit("More")
    _ = try await apply()
    #expect(try await scene.aws(bounds) == "[3, 6]")

    let first = try await scene.weir(
      "rollback", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(first.errors.contains("a window is in force, begun by"), "\(first.errors)")
    #expect(try await scene.aws(bounds) == "[3, 4]")
    try await expectReached(with)

    try await scene.weir(
      "rollback", "--env", "prod", "--auto-approve", "--to", "1", isQuiet: true)
    #expect(try await scene.aws(bounds) == "[1, 4]")
    #expect(try await scene.aws("len(aws.actions())") == "0")
    try await expectReached(without)
  }
}
