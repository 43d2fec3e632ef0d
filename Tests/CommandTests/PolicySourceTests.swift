import Foundation
import Testing

/// Where the policy is read from: working tree, commits, folders, other working trees.
@Suite("Where the policy comes from")
struct PolicySourceTests {
  @Test("--ref reads any commit without a checkout")
  func reference() async throws {
    let scene = try await Scene()
    let first = try await scene.repository.git("rev-parse", "HEAD")
    try scene.repository.edit("manifests/budget.yaml", "800 USD", "700 USD")
    try await scene.repository.commit("Lower the budget")
    try await scene.repository.git("tag", "v2")
    try await scene.repository.git("checkout", "-q", "-b", "idea")
    try scene.repository.edit("manifests/budget.yaml", "700 USD", "600 USD")
    let select = ["plan", "--env", "prod", "--select", "budgets/*"]
    for (reference, limit) in [(first, "800"), ("v2", "700"), ("main", "700"), ("HEAD~1", "800")] {
      let plan = try await scene.weir(select + ["--ref", reference], isQuiet: true)
      #expect(plan.output.contains("900 -> \(limit)"), "\(reference)")
    }
    #expect(try scene.repository.read("manifests/budget.yaml").contains("600 USD"))
    try await scene.weir("apply", "--env", "prod", "--ref", first, "--auto-approve", isQuiet: true)
    #expect(try await scene.aws("aws.limit()") == #""800""#)
    #expect(try await scene.repository.git("rev-parse", "--abbrev-ref", "HEAD") == "idea")
    try await scene.weir("plan", "--env", "prod", "--ref", "no-such-branch", exit: 1)
    try await scene.weir("plan", "--env", "prod", "--ref", "abcdef0", exit: 1)
    try await scene.expectSnapshot("unknown-reference")
  }

  @Test("uncommitted changes can be planned and not applied")
  func uncommitted() async throws {
    let scene = try await Scene()
    try scene.repository.edit("manifests/budget.yaml", "800 USD", "700 USD")
    try await scene.account.forgetRequests()
    try await scene.weir(
      "plan", "--env", "prod", "--select", "budgets/*", "--out", "../plan.json")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", exit: 1)
    try await scene.weir("apply", "../plan.json", exit: 4)
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == "")
    // What is no manifest does not count.
    try await scene.repository.git("checkout", "-q", ".")
    try scene.repository.write("notes.txt", "to do")
    try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", "--select", "budgets/*", "--quiet")
    // A new manifest does, although Git does not know it yet.
    try scene.repository.write(
      "manifests/new.yaml", try scene.repository.read("manifests/data.yaml"))
    try scene.repository.edit("manifests/new.yaml", "name: data", "name: new")
    try scene.repository.edit("manifests/new.yaml", "pythonide-data", "other")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", exit: 1, isQuiet: true)
    try await scene.expectSnapshot("uncommitted")
  }

  @Test("a policy in a folder of the repository, found by --dir from anywhere")
  func folder() async throws {
    let scene = try await Scene("pythonide", directory: "infra/cost")
    let home = scene.repository.folder.path()
    let folder = scene.repository.root.appending(path: "infra/cost").path()
    try await scene.weir("validate", exit: 1)
    try await scene.weir("validate", "--dir", "repo/infra/cost", in: home)
    try await scene.weir(
      "plan", "--env", "prod", "--out", "\(home)/plan.json", "--quiet", in: folder, isQuiet: true)
    // A change elsewhere in the repository is none of the policy.
    try scene.repository.write("app/config.yaml", "size: large\n")
    try await scene.weir("apply", "\(home)/plan.json", "--dir", folder, in: home, isQuiet: true)
    try await scene.weir(
      "plan", "--env", "prod", "--detailed-exitcode", "--ref", "main", in: folder)
    #expect(try await scene.aws("aws.limit()") == #""800""#)
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", "--quiet", in: folder)
    #expect(try await scene.aws("aws.limit()") == #""900""#)
    try await scene.expectSnapshot("folder")
  }

  @Test("a linked working tree shares state and lock with its repository")
  func linkedWorkingTree() async throws {
    let scene = try await Scene()
    try await scene.repository.git("worktree", "add", "-q", "../linked", "-b", "side")
    let linked = scene.repository.folder.appending(path: "linked").path()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet", in: linked)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode")
    try await scene.weir("history", "--env", "prod")
    #expect(try await scene.aws("aws.limit()") == #""800""#)
    try await scene.expectSnapshot("linked-working-tree")
  }

  @Test("environments have values, overrides and states of their own")
  func staging() async throws {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "staging", "--auto-approve")
    #expect(
      try await scene.aws(
        "[aws.task('pythonide-staging')[k] for k in ('cpu', 'memory')]"
          + " + [aws.service('pythonide-staging')['desiredCount'], aws.service()['desiredCount']]")
        == #"["512", "2048", 0, 2]"#)
    #expect(try await scene.repository.tip("weir/prod") == "")
    try await scene.weir("plan", "--env", "staging", "--detailed-exitcode")
    try await scene.weir("plan", exit: 1)
    try await scene.weir("plan", "--env", "produ", exit: 1)
    try await scene.expectSnapshot("environments")
  }

  @Test("--select restricts a plan, and the rest is left for the next one")
  func selection() async throws {
    let scene = try await Scene()
    try await scene.account.forgetRequests()
    try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", "--select", "budgets/*", "--select",
      "ssm/parameter*")
    #expect(
      Set(try await scene.account.writes())
        == ["budgets UpdateBudget", "budgets CreateNotification", "ssm PutParameter"])
    let rest = try await scene.weir("plan", "--env", "prod", isQuiet: true).output
    #expect(!rest.contains("budgets/budget"))
    #expect(rest.contains("Plan: 4 to create, 2 to change, 0 to delete"))
    try await scene.weir("plan", "--env", "prod", "--select", "nothing/*")
    try await scene.weir(
      "plan", "--env", "prod", "--select", "s3/*", "--out", "../plan.json", "--quiet", isQuiet: true
    )
    try await scene.weir("apply", "../plan.json", "--select", "s3/*", exit: 64)
    try await scene.weir("apply", "../plan.json")
    #expect(try await scene.aws("len(aws.rule_ids())") == "3")
    #expect(try await scene.aws("aws.targets()") == "[]")
    try await scene.expectSnapshot("selection")
  }

  @Test("--quiet leaves results only")
  func quiet() async throws {
    let scene = try await Scene()
    try await scene.weir("validate", "--quiet")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet")
    try await scene.expectSnapshot("quiet")
  }
}
