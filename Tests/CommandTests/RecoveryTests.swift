import Foundation
import Testing

/// After a crash nothing is lost.
@Suite("Recovery")
struct RecoveryTests {
  /// Where an apply is killed: while a write hangs that has not been done, or has.
  struct Crash: Sendable, CustomTestStringConvertible {
    let service: String
    let operation: String
    let when: String
    var testDescription: String { "\(when) \(operation)" }
  }

  private static let crashes = [
    Crash(service: "ecs", operation: "RegisterTaskDefinition", when: "after"),
    Crash(service: "ecs", operation: "UpdateService", when: "before"),
    Crash(service: "ecs", operation: "UpdateService", when: "after"),
    Crash(service: "budgets", operation: "CreateNotification", when: "after"),
    Crash(service: "s3", operation: "PutBucketLifecycleConfiguration", when: "after"),
    Crash(service: "ssm", operation: "PutParameter", when: "after"),
    Crash(service: "application-autoscaling", operation: "PutScalingPolicy", when: "before"),
    Crash(service: "application-autoscaling", operation: "PutScheduledAction", when: "after"),
  ]

  /// An apply that is killed in the middle.
  private func crash(_ scene: Scene, _ crash: Crash, parallelism: Int = 8) async throws {
    try await scene.account.fault(
      "hang", crash.service, crash.operation, when: crash.when, seconds: 600)
    let run = try scene.start(
      ["apply", "--env", "prod", "--auto-approve", "--quiet", "--parallelism", "\(parallelism)"])
    try await scene.waitForRequest("\(crash.service) \(crash.operation)", fault: "hang")
    run.send(SIGKILL)
    #expect(await run.result().code == 128 + SIGKILL)
    try await scene.account.clearFaults()
  }

  @Test("a killed apply is finished", arguments: crashes)
  func finish(at point: Crash) async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    try await crash(scene, point)
    try await scene.weir("recover", "--env", "prod", "--finish", "--auto-approve")
    #expect(
      try await scene.aws(
        "[aws.limit(), len(aws.rule_ids()), aws.task()['cpu'], len(aws.actions())]")
        == #"["800", 3, "1024", 2]"#)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode")
    // What stood before the crash is not forgotten.
    try await scene.weir("rollback", "--env", "prod", "--auto-approve")
    expectSame(try await scene.aws("aws.picture()"), before)
  }

  @Test("a killed apply is undone, field for field", arguments: crashes)
  func undo(at point: Crash) async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    try await crash(scene, point)
    try await scene.weir("recover", "--env", "prod", "--undo", "--auto-approve")
    expectSame(try await scene.aws("aws.picture()"), before)
    try await scene.weir("status", "--env", "prod")
    try await scene.weir(
      "plan", "--env", "prod", "--detailed-exitcode", "--quiet", exit: 2, isQuiet: true)
  }

  @Test("an unfinished apply is shown by every command, and finished or undone only on demand")
  func unfinished() async throws {
    let scene = try await Scene()
    try await scene.weir("recover", "--env", "prod", "--finish", "--auto-approve")
    let point = Crash(service: "ecs", operation: "UpdateService", when: "before")
    try await crash(scene, point, parallelism: 1)
    try await scene.account.forgetRequests()
    try await scene.weir("status", "--env", "prod")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", exit: 5)
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", exit: 5)
    try await scene.weir("recover", "--env", "prod", "--auto-approve", exit: 1)
    try await scene.weir("recover", "--env", "prod", "--finish", exit: 1)
    try await scene.weir("recover", "--finish", "--undo", exit: 64)
    #expect(try await scene.account.writes() == [])
    try await scene.weir("recover", "--env", "prod", "--finish", "--auto-approve")
    try await scene.weir("history", "--env", "prod")
    try await scene.expectSnapshot("unfinished")
  }

  @Test("with credentials of another account, nothing is read for a recovery")
  func otherAccount() async throws {
    let scene = try await Scene()
    let other = try await Account(seeded: false)
    try await crash(scene, Crash(service: "ssm", operation: "PutParameter", when: "before"))
    let result = try await scene.weir(
      "recover", "--env", "prod", "--finish", "--auto-approve", exit: 1,
      variables: other.variables.mapValues { $0 }, isQuiet: true)
    #expect(result.errors.hasPrefix("error: wrong AWS account\n"))
    let asked = try await other.requests().map { "\($0.service) \($0.operation)" }
    #expect(asked == ["sts GetCallerIdentity"])
  }

  @Test("an interrupt lets the running write end, and records what was done")
  func interrupt() async throws {
    let scene = try await Scene()
    try await scene.account.hold("budgets", "UpdateBudget")
    let command = ["apply", "--env", "prod", "--auto-approve", "--parallelism", "1"]
    let run = try scene.start(command)
    try await scene.waitForRequest("budgets UpdateBudget")
    run.send(SIGINT)
    try await scene.wait(for: "Interrupted") { run.errorsSoFar.contains("Interrupted") }
    try await scene.account.clearFaults()
    let result = await run.result()
    #expect(result.code == 6, "\(result.errors)")
    scene.note(command, result)
    #expect(try await scene.aws("[aws.limit(), aws.task()['cpu']]") == #"["800", "2048"]"#)
    try await scene.weir("status", "--env", "prod")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet", isQuiet: true)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    try await scene.expectSnapshot("interrupted")
  }

  @Test("a second interrupt ends the process at once, and recover takes over")
  func secondInterrupt() async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    try await scene.account.hold("budgets", "UpdateBudget")
    let run = try scene.start(["apply", "--env", "prod", "--auto-approve"])
    try await scene.waitForRequest("budgets UpdateBudget")
    run.send(SIGINT)
    try await scene.wait(for: "Interrupted") { run.errorsSoFar.contains("Interrupted") }
    run.send(SIGTERM)
    // The write has no answer yet.
    #expect(await run.result().code == 130)
    try await scene.account.clearFaults()
    try await scene.waitForRequest("budgets UpdateBudget", isAnswered: true)
    try await scene.weir("recover", "--env", "prod", "--undo", "--auto-approve", "--quiet")
    expectSame(try await scene.aws("aws.picture()"), before)
  }

  @Test("a write that was on its way when the apply was killed is awaited")
  func inFlight() async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    try await scene.account.fault("slow", "ssm", "PutParameter", when: "before", seconds: 8)
    let run = try scene.start(
      ["apply", "--env", "prod", "--auto-approve", "--parallelism", "1"])
    try await scene.waitForRequest("ssm PutParameter")
    run.send(SIGKILL)
    _ = await run.result()
    try await scene.account.clearFaults()
    let recovery = try await scene.weir(
      "recover", "--env", "prod", "--undo", "--auto-approve", isQuiet: true)
    let told = recovery.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      told.contains(
        "ssm/parameter /dig/turn/limits was on its way and shows by now"), "\(recovery.errors)")
    expectSame(try await scene.aws("aws.picture()"), before)
  }

  @Test("a rollback that is killed can be finished")
  func killedRollback() async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try await scene.account.fault("hang", "ecs", "UpdateService", seconds: 600)
    let run = try scene.start(["rollback", "--env", "prod", "--auto-approve"])
    try await scene.waitForRequest("ecs UpdateService", fault: "hang")
    run.send(SIGKILL)
    _ = await run.result()
    try await scene.account.clearFaults()
    try await scene.weir("recover", "--env", "prod", "--finish", "--auto-approve", "--quiet")
    expectSame(try await scene.aws("aws.picture()"), before)
    try await scene.weir("history", "--env", "prod")
  }
}
