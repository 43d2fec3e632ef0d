import Foundation
import Testing

/// Groups that AWS parks and starts by itself: what the schedules call is carried out in the account, and Weir comes at
/// other times.
@Suite("Parking by AWS")
struct ScheduledParkingTests {
  private static let zone = "Asia/Tokyo"

  /// An account with the group of the case `Schedule.parking`, and the manifests of the group.
  private struct Play {
    let scene: Scene
    private let script = ConformanceCase(name: "Schedule.parking").script

    init(_ manifests: String) async throws {
      scene = try await Scene(nil, seeded: false)
      try scene.repository.write("weir.yaml", ConformanceCase.project(account: scene.account.id))
      try scene.repository.write("manifests.yaml", manifests)
      try await scene.repository.commit("A group")
      _ = try await ask("case.setup(aws)")
    }

    func ask(_ expression: String) async throws -> String {
      try await scene.account(expression, script: script)
    }

    func members() async throws -> String { try await ask("case.members(aws)") }

    /// Lets EventBridge Scheduler do what the schedules that end so say.
    @discardableResult
    func run(_ suffix: String) async throws -> String {
      try await ask("case.run(aws, '\(suffix)')")
    }

    /// Runs Weir some hours from now.
    @discardableResult
    func weir(
      _ arguments: String..., after hours: Double = 0, exit code: Int32 = 0,
      sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ProgramResult {
      let clock = try await Preload(.clock(Int(hours * 3600)))
      return try await scene.weir(
        arguments, exit: code, variables: clock.variables, isQuiet: true,
        sourceLocation: sourceLocation)
    }

    /// A plan that shows nothing to do.
    func isAtRest(after hours: Double, sourceLocation: SourceLocation = #_sourceLocation)
      async throws
    {
      try await weir(
        "plan", "--detailed-exitcode", after: hours, sourceLocation: sourceLocation)
      try await weir("drift", after: hours, sourceLocation: sourceLocation)
    }

    /// What was written in AWS since `forget`, as services.
    func writes() async throws -> [String] {
      try await scene.account.writes().map { String($0.prefix { $0 != " " }) }
    }
  }

  /// The clock in the zone, some hours from now.
  private func clock(_ hours: Double) throws -> String {
    let zone = try #require(TimeZone(identifier: Self.zone))
    let format = Date.VerbatimFormatStyle(
      format:
        "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)",
      timeZone: zone, calendar: Calendar(identifier: .gregorian))
    return (Date() + hours * 3600).formatted(format)
  }

  /// A group, parked from two hours from now for four hours, each day.
  private func windows() throws -> String {
    """
    apiVersion: weir/v1
    kind: Parking
    metadata: {name: dev}
    spec: {tags: {group: dev}}
    ---
    apiVersion: weir/v1
    kind: TaskSize
    metadata: {name: worker}
    spec: {cluster: dev, service: worker, count: 2}
    ---
    apiVersion: weir/v1
    kind: Schedule
    metadata: {name: office}
    spec:
      target: {parking: dev}
      role: weir-scheduler
      timeZone: \(Self.zone)
      windows: [{name: nights, from: "\(try clock(2))", until: "\(try clock(6))", state: parked}]
    """
  }

  @Test("AWS parks and starts a group, and plans in and after the window show nothing to do")
  func windowsOfAWS() async throws {
    let play = try await Play(windows())
    let before = try await play.members()
    // A schedule whose answer is lost is asked for again with the same token.
    try await play.scene.account.fault(
      "reset", "scheduler", "CreateSchedule", times: 2, when: "after")
    try await play.weir("apply", "--auto-approve")
    #expect(try await play.members() == before)
    try await play.isAtRest(after: 0)

    try await play.run("-park")
    let parked = try await play.members()
    #expect(
      try await play.ask(
        "[case.members(aws)[k] for k in ('counts', 'targets', 'database', 'capacity')]")
        == #"[{"api": 0, "worker": 0}, [[0, 6, true]], "stopped", [1, 1]]"#)
    try await play.isAtRest(after: 4)
    let status = try await play.weir("status", "dev", after: 4).output
    #expect(
      status.contains(/Schedule\/office: parked until [-0-9]+ [:0-9]+Z, .* in Asia\/Tokyo/),
      "\(status)")
    try await play.weir("apply", "--auto-approve", after: 4)
    #expect(try await play.members() == parked)

    try await play.run("-run")
    // A service with scaling begins with the least that it scales to.
    let started = before.replacingOccurrences(of: #""api": 3"#, with: #""api": 2"#)
    #expect(try await play.members() == started)
    try await play.isAtRest(after: 8)
    let later = try await play.weir("status", "dev", after: 8).output
    #expect(later.contains("Schedule/office: running until "), "\(later)")

    // What AWS could not start is told, and started by hand.
    _ = try await play.ask(
      "aws('rds').stop_db_instance(DBInstanceIdentifier='shop') and None")
    let left = try await play.weir("plan", "--detailed-exitcode", after: 8)
    #expect(left.output.contains("AWS could not start it"), "\(left.output)")
    try await play.weir("start", "dev", "--auto-approve", after: 8)
    #expect(try await play.members() == started)
    try await play.isAtRest(after: 8)

    // Started in the window: all of it, until the window ends.
    try await play.run("-park")
    let start = try await play.weir("start", "dev", "--auto-approve", after: 28)
    #expect(start.errors.contains("dev runs since"), "\(start.errors)")
    #expect(try await play.members() == started)
    try await play.isAtRest(after: 28.5)
    try await play.isAtRest(after: 32)
    // Stopped at day: until the window begins.
    let stop = try await play.weir("stop", "dev", "--auto-approve", after: 33)
    #expect(stop.errors.contains(Self.zone), "\(stop.errors)")
    #expect(try await play.members() == parked)
    try await play.run("-park")
    try await play.isAtRest(after: 52)
    try await play.run("-run")
    try await play.scene.account.forgetRequests()
    try await play.weir("apply", "--auto-approve", after: 56)
    #expect(Set(try await play.writes()).isSubset(of: ["scheduler"]))
    #expect(try await play.members() == started)
    try await play.isAtRest(after: 57)
  }

  @Test("what Weir parks in a window is started by AWS, and what grew since stays")
  func parkedByWeirInAWindow() async throws {
    let play = try await Play(windows())
    let before = try await play.members()
    try await play.weir("apply", "--auto-approve", after: 4)
    let parked = try await play.members()
    #expect(parked != before)
    try await play.isAtRest(after: 4.5)
    try await play.run("-run")
    _ = try await play.ask(
      "[aws('ecs').update_service(cluster='dev', service='api', desiredCount=5),"
        + " aws('lambda').put_function_concurrency(FunctionName='resize', ReservedConcurrentExecutions=20)]"
        + " and None")
    let grown = try await play.members()
    let plan = try await play.weir("plan", "--detailed-exitcode", after: 8, exit: 2)
    #expect(plan.output.contains("ReservedConcurrentExecutions"), "\(plan.output)")
    try await play.weir("apply", "--auto-approve", after: 8)
    #expect(try await play.members() == grown)
    try await play.isAtRest(after: 8.5)

    // Given up in a window: what AWS has parked runs again.
    try await play.run("-park")
    #expect(try await play.members() == parked)
    try play.scene.repository.write("manifests.yaml", ConformanceCase.anchor)
    try await play.scene.repository.commit("Give up")
    try await play.weir("apply", "--auto-approve", "--allow-delete", after: 28)
    #expect(
      try await play.members() == grown.replacingOccurrences(of: #""api": 5"#, with: #""api": 2"#))
    #expect(try await play.ask("case.ours(aws)") == "[]")
  }

  @Test("a rollback in a window starts what AWS has parked, and nothing else is drift")
  func rollbackInAWindow() async throws {
    let play = try await Play(windows())
    let schedule = try windows()
    let size = schedule.components(separatedBy: "---\n").dropLast().joined(separator: "---\n")
    try play.scene.repository.write("manifests.yaml", size)
    try await play.scene.repository.commit("No windows")
    let before = try await play.members()
    try await play.weir("apply", "--auto-approve")
    try play.scene.repository.write("manifests.yaml", schedule)
    try await play.scene.repository.commit("Windows")
    try await play.weir("apply", "--auto-approve")
    try play.scene.repository.write(
      "manifests.yaml", schedule.replacingOccurrences(of: "count: 2", with: "count: 4"))
    try await play.scene.repository.commit("More")
    try await play.weir("apply", "--auto-approve")
    try await play.run("-park")
    let parked = try await play.members()
    // The windows stay: only what is given back changes.
    try await play.weir("rollback", "--auto-approve", after: 4)
    #expect(try await play.members() == parked)
    #expect(
      try await play.ask(
        "sorted(s['Target']['Input'] for s in case.ours(aws) if 'worker' in str(s))[-1]"
      )
      .contains(#"\"DesiredCount\":2"#))
    // The windows go, and what they have parked runs.
    try await play.weir(
      "rollback", "--to", "1", "--auto-approve", "--allow-delete", after: 4.5)
    #expect(try await play.ask("case.ours(aws)") == "[]")
    #expect(
      try await play.members() == before.replacingOccurrences(of: #""api": 3"#, with: #""api": 2"#))
  }

  @Test("a start for some time ends in AWS, and what was found is still known")
  func startForSomeTime() async throws {
    let play = try await Play(
      """
      apiVersion: weir/v1
      kind: Parking
      metadata: {name: dev}
      spec:
        tags: {group: dev}
        state: parked
        role: weir-parking
        only: [ecs, rds, lambda, cloudwatch, sagemaker, kinesis, dynamodb]
      """)
    let before = try await play.members()
    try await play.weir("apply", "--auto-approve")
    let parked = try await play.members()
    #expect(try await play.ask("case.ours(aws)") == "[]")

    let start = try await play.weir("start", "dev", "--for", "2h", "--auto-approve")
    #expect(start.errors.contains("schedules of AWS park it then"), "\(start.errors)")
    let running = try await play.members()
    #expect(running == before)
    #expect(
      try await play.ask("sorted({s['ScheduleExpression'][:3] for s in case.ours(aws)})")
        == #"["at("]"#)
    try await play.isAtRest(after: 1)
    // Taken back, and said once more.
    try await play.weir("stop", "dev", "--auto-approve", after: 1)
    #expect(try await play.ask("case.ours(aws)") == "[]")
    #expect(try await play.members() == parked)
    try await play.weir("start", "dev", "--for", "2h", "--auto-approve", after: 1)
    #expect(try await play.members() == running)

    try await play.run("-park")
    try await play.isAtRest(after: 4)
    try await play.weir("apply", "--auto-approve", after: 4)
    try await play.isAtRest(after: 5)
    #expect(try await play.members() == parked)
    try await play.weir("start", "dev", "--auto-approve", after: 6)
    #expect(try await play.members() == running)
    #expect(try await play.ask("case.ours(aws)") == "[]")
  }
}
