import Foundation
import Testing

/// What becomes of resources when their manifest goes.
@Suite("Removal of a manifest")
struct RemovalTests {
  @Test("what Weir found is given back, what it created is deleted")
  func givesBack() async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    // A colleague adds what is not Weir's meanwhile.
    try scene.repository.remove(
      "manifests/budget.yaml", "manifests/limits.yaml", "manifests/data.yaml",
      "manifests/exams.yaml")
    try scene.repository.edit(
      "manifests/tasks.yaml", "metadata: {name: ide}",
      "metadata: {name: ide, environments: [staging]}")
    try scene.repository.write(
      "manifests/small.yaml",
      """
      apiVersion: weir/v1
      kind: TierLimits
      metadata: {name: small, environments: [prod]}
      spec: {parameter: /dig/small, modes: [normal], tiers: {free: {defaults: {sessions: 1}}}}
      """)
    try await scene.repository.commit("Give almost everything up")
    try await scene.weir("plan", "--env", "prod")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet", "--allow-delete")
    try await scene.aws("aws('ssm').delete_parameter(Name='/dig/small')")
    expectSame(try await scene.aws("aws.picture()"), before)
    try await scene.expectSnapshot("removal")
  }

  @Test("a field that a manifest stops setting gets back what was found")
  func field() async throws {
    let scene = try await Scene()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try scene.repository.edit(
      "manifests/tasks.yaml", "  memory: 2 GB\n  count: 1\n", "  count: 1\n")
    try scene.repository.edit("manifests/tasks.yaml", "  cpu: 1 vCPU\n", "")
    try scene.repository.edit(
      "manifests/data.yaml", "    - id: logs\n      prefix: logs/\n      expireAfter: ${logDays}\n",
      "")
    try await scene.repository.commit("Leave the size to the team")
    try await scene.weir("plan", "--env", "prod")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet", isQuiet: true)
    #expect(
      try await scene.aws("[aws.task()['cpu'], aws.task()['memory']]") == #"["2048", "8192"]"#)
    #expect(try await scene.aws("sorted(aws.rule_ids())") == #"["archive-old-exports", "tiering"]"#)
    try await scene.expectSnapshot("removed-fields")
  }

  @Test(
    "onRemove says otherwise",
    arguments: [("keep", #""700""#), ("delete", #""NotFoundException""#)])
  func onRemove(policy: String, expected: String) async throws {
    let scene = try await Scene()
    try scene.repository.edit(
      "manifests/budget.yaml", "environments: [prod]", "environments: [prod], onRemove: \(policy)")
    try scene.repository.edit(
      "manifests/limits.yaml", "environments: [prod]", "environments: [prod], onRemove: \(policy)")
    try scene.repository.edit("manifests/budget.yaml", "800 USD", "700 USD")
    try await scene.repository.commit("Say what to do when it goes")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try scene.repository.remove("manifests/budget.yaml", "manifests/limits.yaml")
    try await scene.repository.commit("Remove the budget and the limits")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--allow-delete")
    let budget =
      "[b := aws.budget(), b if isinstance(b, str) else b['budget']['BudgetLimit']['Amount']][1]"
    #expect(try await scene.aws(budget) == expected)
    let kept = policy == "keep" ? #"["/dig/turn/limits"]"# : "[]"
    #expect(try await scene.aws("list(aws.parameters())") == kept)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    try await scene.expectSnapshot("on-remove-\(policy)")
    // Even a deleted budget comes back.
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(try await scene.aws(budget) == #""700""#)
    #expect(try await scene.aws("list(aws.parameters())") == #"["/dig/turn/limits"]"#)
  }

  @Test("the last manifest cannot be removed by mistake")
  func last() async throws {
    let scene = try await Scene()
    try scene.repository.remove("manifests")
    try await scene.repository.commit("Remove everything")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", exit: 1)
    try await scene.expectSnapshot("no-manifests")
  }

  @Test("the last manifest is removed where that is said")
  func allowEmpty() async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try scene.repository.remove("manifests")
    try await scene.repository.commit("Remove everything")
    try await scene.weir("plan", "--env", "prod", exit: 1, isQuiet: true)
    try await scene.weir(
      "plan", "--env", "prod", "--allow-empty", "--out", "plan.json", isQuiet: true)
    try await scene.weir("apply", "plan.json", "--allow-delete", isQuiet: true)
    expectSame(try await scene.aws("aws.picture()"), before)
    try await scene.weir(
      "apply", "--env", "prod", "--allow-empty", "--auto-approve", isQuiet: true)
    // Nor does the empty policy bar the look at what was, and the way back.
    try await scene.weir("status", "--env", "prod", isQuiet: true)
    try await scene.weir("history", "--env", "prod", isQuiet: true)
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(try await scene.aws("aws.limit()") == #""800""#)
  }

  @Test("nothing is deleted in a protected environment: exit code 3")
  func protected() async throws {
    let scene = try await Scene()
    try scene.repository.edit(
      "weir.yaml", "values: {logDays: 90d}", "values: {logDays: 90d}\n      protect: true")
    try await scene.repository.commit("Protect prod")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try scene.repository.remove("manifests/limits.yaml")
    try await scene.repository.commit("Remove the limits")
    let tip = try await scene.repository.tip("weir/prod")
    try await scene.account.forgetRequests()
    try await scene.weir("plan", "--env", "prod", exit: 3)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", exit: 3, isQuiet: true)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", exit: 3)
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == tip)
    #expect(try await scene.aws("list(aws.parameters())") == #"["/dig/turn/limits"]"#)
    try await scene.expectSnapshot("protected")
  }
}
