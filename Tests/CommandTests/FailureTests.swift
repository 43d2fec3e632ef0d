import Foundation
import Testing

/// What AWS refuses, and what is only a hiccup.
@Suite("Failures of AWS")
struct FailureTests {
  @Test("a write that is denied leaves the rest applied, and the next plan shows just it")
  func denied() async throws {
    let scene = try await Scene()
    try await scene.account.fault("denied", "s3", "PutBucketLifecycleConfiguration", times: nil)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet", exit: 6)
    #expect(
      try await scene.aws("[aws.limit(), aws.task()['cpu'], aws.rule_ids()]")
        == #"["800", "1024", ["archive-old-exports"]]"#)
    try await scene.weir("status", "--env", "prod")
    try await scene.weir("history", "--env", "prod")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", exit: 2)
    try await scene.account.clearFaults()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    // The way back from both applies, the partial one included.
    try await scene.weir(
      "rollback", "--env", "prod", "--to", "0", "--auto-approve", "--quiet", isQuiet: true)
    #expect(
      try await scene.aws("[aws.limit(), aws.task()['cpu'], aws.rule_ids()]")
        == #"["900", "2048", ["archive-old-exports"]]"#)
    try await scene.expectSnapshot("denied")
  }

  @Test("what depends on a write that failed is not tried")
  func dependents() async throws {
    let scene = try await Scene()
    try await scene.account.fault(
      "denied", "application-autoscaling", "RegisterScalableTarget", times: nil)
    let result = try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", exit: 6, isQuiet: true)
    #expect(result.errors.contains("not tried: waits for application-autoscaling/target"))
    #expect(
      try await scene.account.writes().contains("application-autoscaling PutScalingPolicy") == false
    )
    #expect(try await scene.aws("[aws.task()['cpu'], aws.limit()]") == #"["1024", "800"]"#)
    try await scene.account.clearFaults()
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
  }

  @Test("a read that is denied stops a plan with the permission that is missing")
  func deniedRead() async throws {
    let scene = try await Scene()
    try await scene.account.fault("denied", "budgets", "DescribeBudgets", times: nil)
    try await scene.weir("plan", "--env", "prod", exit: 1)
    try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", "--quiet", exit: 1, isQuiet: true)
    #expect(try await scene.repository.tip("weir/prod") == "")
    try await scene.expectSnapshot("denied-read")
  }

  @Test("hiccups are tried again", arguments: ["throttle", "500", "reset", "html", "truncate"])
  func hiccup(fault: String) async throws {
    let scene = try await Scene()
    try await scene.account.fault(fault, "ssm", "GetParameters", times: 1)
    try await scene.account.fault(fault, "budgets", "UpdateBudget", times: 1)
    try await scene.account.fault(fault, "s3", "PutBucketLifecycleConfiguration", times: 1)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet")
    #expect(try await scene.aws("[aws.limit(), len(aws.rule_ids())]") == #"["800", 3]"#)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
  }

  @Test(
    "a write that cannot be sent twice fails alone, and the next apply makes up for it",
    arguments: ["500", "html"])
  func unclear(fault: String) async throws {
    let scene = try await Scene()
    try await scene.account.fault(fault, "ssm", "PutParameter", times: 1)
    let result = try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", "--quiet", exit: 6, isQuiet: true)
    #expect(result.output.contains("ssm PutParameter"))
    #expect(try await scene.aws("[aws.limit(), list(aws.parameters())]") == #"["800", []]"#)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet", isQuiet: true)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    #expect(try await scene.aws("list(aws.parameters())") == #"["/dig/turn/limits"]"#)
    try await scene.weir(
      "rollback", "--env", "prod", "--to", "0", "--auto-approve", "--quiet", isQuiet: true)
    #expect(
      try await scene.aws("[aws.task()['cpu'], aws.service()['desiredCount']]") == #"["2048", 2]"#)
  }

  @Test(
    "what does not pass is told in plain words",
    arguments: ["throttle", "500", "reset", "html", "truncate"])
  func lasting(fault: String) async throws {
    let scene = try await Scene()
    try await scene.account.fault(fault, "budgets", "DescribeBudgets", times: nil)
    try await scene.weir("plan", "--env", "prod", exit: 1)
    #expect(try await scene.account.writes() == [])
    try await scene.expectSnapshot("lasting-\(fault)")
  }

  @Test("when AWS fails after the lease is taken, nothing is left locked")
  func rereadFails() async throws {
    let scene = try await Scene()
    try await scene.account.fault("denied", "budgets", "DescribeBudgets", times: nil, skip: 1)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet", exit: 1)
    #expect(try await scene.account.writes() == [])
    try await scene.account.clearFaults()
    try await scene.weir("status", "--env", "prod")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", "--quiet")
    try await scene.expectSnapshot("reread-fails")
  }

  @Test("a value that moves between plan and write is seen before the first write")
  func movesMeanwhile() async throws {
    let scene = try await Scene()
    try await scene.account.hold("ssm", "GetParameters")
    let run = try scene.start(["apply", "--env", "prod", "--auto-approve", "--quiet"])
    try await scene.waitForRequest("budgets DescribeSubscribersForNotification", isAnswered: true)
    try await scene.waitForRequest("ssm GetParameters")
    try await scene.aws(
      """
      aws('budgets').update_budget(AccountId=aws.q['account'], NewBudget=without(\
      aws.budget()['budget'], 'BudgetLimit') | {'BudgetLimit': {'Amount': '950', 'Unit': 'USD'}}) and 0
      """)
    try await scene.account.forgetRequests()
    try await scene.account.clearFaults()
    let result = await run.result()
    #expect(result.code == 4, "\(result.errors)")
    scene.note(["apply", "--env", "prod", "--auto-approve", "--quiet"], result)
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.aws("aws.limit()") == #""950""#)
    try await scene.weir("status", "--env", "prod")
    try await scene.weir("history", "--env", "prod")
    try await scene.expectSnapshot("moves-meanwhile")
  }
}
