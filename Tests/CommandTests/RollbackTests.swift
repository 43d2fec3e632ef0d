import Foundation
import Testing

/// The ways back.
@Suite("Rollback")
struct RollbackTests {
  /// Three applies: the policy, a lower budget with larger tasks, and one without the data's rules.
  private func threeApplies(_ scene: Scene) async throws -> (pictures: [String], commits: [String])
  {
    var pictures = [try await scene.aws("aws.picture()")]
    var commits: [String] = []
    func apply() async throws {
      try await scene.weir(
        "apply", "--env", "prod", "--auto-approve", "--quiet", "--allow-delete", isQuiet: true)
      pictures.append(try await scene.aws("aws.picture()"))
      commits.append(try await scene.repository.git("rev-parse", "HEAD"))
    }
    try await apply()
    try scene.repository.edit("manifests/budget.yaml", "800 USD", "700 USD")
    try scene.repository.edit("manifests/tasks.yaml", "memory: 2 GB", "memory: 4 GB")
    try scene.repository.edit("manifests/tasks.yaml", "max: 4", "max: 6")
    try await scene.repository.commit("Second")
    try await apply()
    try scene.repository.remove("manifests/data.yaml", "manifests/limits.yaml")
    try await scene.repository.commit("Third")
    try await apply()
    return (pictures, commits)
  }

  @Test("back to any serial and commit, each time field for field")
  func everywhere() async throws {
    let scene = try await Scene()
    let (pictures, commits) = try await threeApplies(scene)
    func rollback(_ arguments: String..., to index: Int) async throws {
      try await scene.weir(
        ["rollback", "--env", "prod", "--auto-approve", "--quiet"] + arguments)
      expectSame(try await scene.aws("aws.picture()"), pictures[index], "\(arguments)")
    }
    try await rollback(to: 2)
    try await rollback("--to", "1", to: 1)
    try await rollback("--to", "3", to: 3)
    try await rollback("--to", commits[1], to: 2)
    try await rollback("--to", String(commits[0].prefix(8)), to: 1)
    try await rollback("--to", "0", to: 0)
    try await rollback(to: 1)
    try await scene.weir("history", "--env", "prod")
    try await scene.expectSnapshot("rollbacks")
  }

  @Test("a way back is saved, reviewed and applied like any other plan")
  func saved() async throws {
    let scene = try await Scene()
    let (pictures, _) = try await threeApplies(scene)
    try await scene.account.forgetRequests()
    func save(_ arguments: String...) async throws {
      let saved = try await scene.weir(
        ["rollback", "--env", "prod", "--out", "../back.json"] + arguments, isQuiet: true)
      #expect(saved.output.contains("Rollback plan for prod"))
      #expect(saved.errors.contains("`weir apply ../back.json`"))
    }
    try await save("--to", "1")
    #expect(try await scene.account.writes() == [])
    // Which commit is checked out does not matter for it.
    try await scene.repository.commit("Something else")
    try await scene.weir("apply", "../back.json", isQuiet: true)
    expectSame(try await scene.aws("aws.picture()"), pictures[1])
    let again = try await scene.weir("apply", "../back.json", exit: 4, isQuiet: true)
    #expect(again.errors.contains("Serial 4 has been applied; the plan was made after 3."))
    try await save()
    try await scene.aws("aws('ssm').delete_parameter(Name='/dig/turn/limits') and 0")
    let moved = try await scene.weir("apply", "../back.json", exit: 4, isQuiet: true)
    #expect(moved.errors.contains("the plan is stale"))
    try await save("--to", "0")
    try await scene.weir("apply", "../back.json", isQuiet: true)
    let status = try await scene.weir("status", "--env", "prod", isQuiet: true)
    #expect(status.output.contains("all was given up"))
  }

  @Test(
    "after a rollback the plan of its commit is empty, and that of the policy shows the change again"
  )
  func planAfter() async throws {
    let scene = try await Scene()
    let (_, commits) = try await threeApplies(scene)
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", "--quiet", isQuiet: true)
    try await scene.weir("plan", "--env", "prod", "--ref", commits[1], "--detailed-exitcode")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", exit: 2)
    try await scene.weir("status", "--env", "prod")
    try await scene.expectSnapshot("plan-after-rollback")
  }

  @Test("--plan-only changes nothing")
  func planOnly() async throws {
    let scene = try await Scene()
    let (pictures, _) = try await threeApplies(scene)
    let tip = try await scene.repository.tip("weir/prod")
    try await scene.account.forgetRequests()
    try await scene.weir("rollback", "--env", "prod", "--plan-only")
    try await scene.weir(
      "rollback", "--env", "prod", "--plan-only", "--to", "1", "--select", "ecs/*")
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == tip)
    expectSame(try await scene.aws("aws.picture()"), pictures[3])
    try await scene.expectSnapshot("rollback-plan-only")
  }

  @Test("the way back needs no manifests", arguments: ["manifests", "weir.yaml"])
  func manifestsGone(what: String) async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try scene.repository.remove("manifests")
    if what == "weir.yaml" { try scene.repository.remove("weir.yaml") }
    try await scene.repository.commit("All gone")
    if what == "weir.yaml" {
      try await scene.weir("rollback", "--auto-approve", exit: 1)
    }
    try await scene.weir("status", "--env", "prod")
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", "--quiet")
    expectSame(try await scene.aws("aws.picture()"), before)
    try await scene.expectSnapshot("rollback-without-\(what)")
  }

  @Test("to delete what is protected takes its permission: exit code 3 without")
  func protected() async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    try scene.repository.edit("manifests/limits.yaml", "metadata: {", "metadata: {protect: true, ")
    try await scene.repository.commit("Protect the limits")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try await scene.account.forgetRequests()
    let refused = try await scene.weir(
      "rollback", "--env", "prod", "--auto-approve", exit: 3, isQuiet: true)
    #expect(refused.errors.contains("It deletes what is protected: ssm/parameter"))
    #expect(refused.errors.contains("--allow-delete"))
    #expect(try await scene.account.writes() == [])
    try await scene.weir(
      "rollback", "--env", "prod", "--auto-approve", "--allow-delete", isQuiet: true)
    expectSame(try await scene.aws("aws.picture()"), before)
  }

  @Test("what cannot be gone back to is refused")
  func refusals() async throws {
    let scene = try await Scene()
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", exit: 1)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    let applied = try await scene.repository.git("rev-parse", "HEAD")
    let never = try await scene.repository.commit("Never applied")
    try await scene.account.forgetRequests()
    for to in ["1", "99", "-1", applied, never, "no-such-branch", "1234567"] {
      try await scene.weir("rollback", "--env", "prod", "--auto-approve", "--to=\(to)", exit: 1)
    }
    #expect(try await scene.account.writes() == [])
    try await scene.expectSnapshot("rollback-refused")
  }

  @Test("an outside change is overwritten by the way back, and the plan says so")
  func outsideChange() async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try await scene.aws(
      "aws('ecs').update_service(cluster='pythonide-cluster', service='pythonide-service', desiredCount=3) and 0"
    )
    try await scene.aws("aws('ssm').delete_parameter(Name='/dig/turn/limits')")
    try await scene.weir("rollback", "--env", "prod", "--auto-approve")
    expectSame(try await scene.aws("aws.picture()"), before)
    try await scene.expectSnapshot("rollback-over-drift")
  }

  @Test("a way back to higher bounds, which move the count by themselves")
  func higherBounds() async throws {
    let scene = try await Scene()
    try scene.repository.edit("manifests/tasks.yaml", "    min: 1\n", "    min: 3\n")
    try scene.repository.edit("manifests/tasks.yaml", "  count: 1\n", "  count: 3\n")
    try scene.repository.remove("manifests/exams.yaml")
    try await scene.repository.commit("Three at least")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    let three = try await scene.aws("aws.picture()")
    try scene.repository.edit("manifests/tasks.yaml", "    min: 3\n", "    min: 1\n")
    try scene.repository.edit("manifests/tasks.yaml", "    max: 4\n", "    max: 2\n")
    try scene.repository.edit("manifests/tasks.yaml", "  count: 3\n", "  count: 1\n")
    try await scene.repository.commit("Two at most")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(try await scene.aws("aws.service()['desiredCount']") == "2")
    try await scene.weir(
      "rollback", "--to", "1", "--env", "prod", "--auto-approve", isQuiet: true)
    expectSame(try await scene.aws("aws.picture()"), three)
  }

  @Test("--to leads behind what a later apply only took over from AWS")
  func takenOver() async throws {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try await scene.aws(
      "aws('budgets').update_budget(AccountId=aws.q['account'], NewBudget=aws.budget()['budget'] "
        + "| {'BudgetLimit': {'Amount': '950', 'Unit': 'USD'}})")
    try scene.repository.edit("manifests/budget.yaml", "800 USD", "950 USD")
    try await scene.repository.commit("As it is in AWS")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(try await scene.aws("aws.limit()") == #""950""#)
    try await scene.weir(
      "rollback", "--to", "1", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(try await scene.aws("aws.limit()") == #""800""#)
  }
}
