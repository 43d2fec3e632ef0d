import Foundation
import Testing

/// One apply at a time for an environment.
@Suite("Locks")
struct LockTests {
  @Test("while an apply runs, others see who holds the lease and write nothing")
  func held() async throws {
    let scene = try await Scene()
    try await scene.weir("plan", "--env", "prod", "--out", "../plan.json", "--quiet", isQuiet: true)
    try await scene.account.hold("s3", "PutBucketLifecycleConfiguration")
    let first = try scene.start(
      ["apply", "--env", "prod", "--auto-approve", "--quiet", "--parallelism", "1"])
    try await scene.waitForRequest("s3 PutBucketLifecycleConfiguration")
    // It stands still while the others try.
    first.send(SIGSTOP)
    try await scene.account.forgetRequests()
    for arguments in [
      ["apply", "--env", "prod", "--auto-approve"], ["apply", "../plan.json"],
      ["rollback", "--env", "prod", "--auto-approve"],
      ["recover", "--env", "prod", "--undo", "--auto-approve", "--quiet"],
    ] {
      try await scene.weir(arguments, exit: 5)
    }
    try await scene.weir("status", "--env", "prod")
    try await scene.weir("history", "--env", "prod")
    let plan = try await scene.weir("plan", "--env", "prod", isQuiet: true)
    #expect(plan.errors.hasPrefix("warning: Ada Maintainer"))
    #expect(try await scene.account.writes() == [])
    try await scene.account.clearFaults()
    first.send(SIGCONT)
    let result = await first.result()
    #expect(result.code == 0, "\(result.errors)")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    try await scene.expectSnapshot("locked")
  }

  @Test("of two applies at once one wins")
  func race() async throws {
    let scene = try await Scene()
    let command = ["apply", "--env", "prod", "--auto-approve"]
    // Both have read the state before either begins, and the winner still writes when the other ends.
    try await scene.account.hold("budgets", "DescribeBudgets", times: 2)
    try await scene.account.hold("ssm", "PutParameter")
    let runs = [try scene.start(command), try scene.start(command)]
    try await scene.waitForRequest("budgets DescribeBudgets", count: 2)
    try await scene.account.clearFaults("DescribeBudgets")
    let results = try await withThrowingTaskGroup(of: ProgramResult.self) { group in
      for run in runs { group.addTask { await run.result() } }
      let loser = try #require(await group.next())
      try await scene.account.clearFaults()
      let winner = try #require(await group.next())
      return [winner, loser]
    }
    #expect(results.map(\.code) == [0, 5], "\(results.map(\.errors))")
    #expect(
      try await scene.repository.subjects("weir/prod") == [
        "prod 1: 5 created, 3 changed", "prod 1: begin",
      ])
    #expect(
      try await scene.account.writes().filter { $0 == "ecs RegisterTaskDefinition" }.count == 1)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    scene.note(command, results[1])
    try await scene.expectSnapshot("race")
  }

  @Test("another environment is not locked")
  func otherEnvironment() async throws {
    let scene = try await Scene()
    try await scene.account.hold("s3", "PutBucketLifecycleConfiguration")
    let first = try scene.start(["apply", "--env", "prod", "--auto-approve", "--quiet"])
    try await scene.waitForRequest("s3 PutBucketLifecycleConfiguration")
    try await scene.weir("apply", "--env", "staging", "--auto-approve", "--quiet")
    try await scene.account.clearFaults()
    #expect(await first.result().code == 0)
    #expect(
      try await scene.aws(
        "[aws.service(n)['desiredCount'] for n in ('pythonide', 'pythonide-staging')]") == "[1, 0]")
  }
}
