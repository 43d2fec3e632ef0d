import Foundation
import Testing

/// Notices by SNS, read from a queue that is subscribed to the topic.
@Suite("Notices")
struct NoticeTests {
  /// A policy that tells a topic how its applies end.
  private func scene(on: String = "") async throws -> Scene {
    let scene = try await Scene()
    let topic = try await scene.aws("aws('sns').create_topic(Name='cost')['TopicArn']")
      .trimmingCharacters(in: ["\""])
    let queue = "arn:aws:sqs:us-east-2:\(scene.account.id):told"
    try await scene.aws("aws('sqs').create_queue(QueueName='told')")
    try await scene.aws(
      "aws('sns').subscribe(TopicArn='\(topic)', Protocol='sqs', Endpoint='\(queue)')")
    try scene.repository.edit(
      "weir.yaml", "  guardrails:", "  notifications: {sns: '\(topic)'\(on)}\n  guardrails:")
    for name in ["tasks", "exams", "data"] {
      try scene.repository.remove("manifests/\(name).yaml")
    }
    try await scene.repository.commit("Tell how it ends")
    return scene
  }

  /// The notices since the last look, as `[[subject, text], ...]`.
  private func told(_ scene: Scene) async throws -> [[String]] {
    let url = "aws('sqs').get_queue_url(QueueName='told')['QueueUrl']"
    let json = try await scene.aws(
      "[u := \(url), ms := aws('sqs').receive_message(QueueUrl=u, MaxNumberOfMessages=10)"
        + ".get('Messages', []), [aws('sqs').delete_message(QueueUrl=u, "
        + "ReceiptHandle=m['ReceiptHandle']) for m in ms], "
        + "[[json.loads(m['Body'])[k] for k in ('Subject', 'Message')] for m in ms]][3]")
    return try JSONDecoder().decode([[String]].self, from: Data(json.utf8))
  }

  @Test("each end is told once, and nothing else is")
  func once() async throws {
    let scene = try await scene()
    let run = ["--env", "prod", "--auto-approve"]
    try await scene.weir(["plan", "--env", "prod"], isQuiet: true)
    try await scene.weir(["apply"] + run, isQuiet: true)
    let applied = try await told(scene)
    #expect(applied.map { $0[0] } == ["weir: prod 1 applied, 2 changes"])
    let text = applied[0][1]
    for part in [
      "Applied serial 1 to prod", "policy ", "Ada Maintainer", "https://ci.example/jobs/1",
      scene.account.id, "/mo", try await scene.repository.tip("weir/prod"),
    ] {
      #expect(text.contains(part), "\(part) is missing: \(text)")
    }
    #expect(!text.contains("@"))
    try await scene.weir(["apply"] + run, isQuiet: true)
    #expect(try await told(scene) == [], "nothing was done")
    try await scene.weir(["rollback"] + run, isQuiet: true)
    #expect(try await told(scene).map { $0[0] } == ["weir: prod 2 rolled back, 2 changes"])
  }

  @Test("failures are told with their reasons")
  func failures() async throws {
    let scene = try await scene()
    let run = ["apply", "--env", "prod", "--auto-approve"]
    try await scene.account.fault("denied", "budgets", "UpdateBudget", times: nil)
    try await scene.weir(run + ["--on-failure=undo"], exit: 1, isQuiet: true)
    let undone = try await told(scene)
    #expect(undone.map { $0[0] } == ["weir: prod 1 failed and was undone"])
    #expect(undone[0][1].contains("budgets/budget pythonide-monthly: failed:"))
    try await scene.weir(run, exit: 6, isQuiet: true)
    let partial = try await told(scene)
    #expect(partial.map { $0[0] } == ["weir: prod 2 applied in part, 1 of 2 changes"])
    #expect(partial[0][1].contains("budgets/budget pythonide-monthly: failed:"))
    try await scene.weir(run, exit: 6, isQuiet: true)
    #expect(try await told(scene).map { $0[0] } == ["weir: prod 3 failed"])
  }

  @Test("a recovery tells how the apply ended; the killed apply told nothing")
  func recovery() async throws {
    let scene = try await scene()
    try await scene.account.fault("hang", "budgets", "UpdateBudget", when: "after", seconds: 20)
    let run = try scene.start(["apply", "--env", "prod", "--auto-approve", "--quiet"])
    try await scene.waitForRequest("budgets UpdateBudget", fault: "hang")
    run.send(SIGKILL)
    _ = await run.result()
    try await scene.account.clearFaults()
    #expect(try await told(scene) == [])
    try await scene.weir("recover", "--env", "prod", "--finish", "--auto-approve", isQuiet: true)
    let notices = try await told(scene)
    #expect(notices.count == 1)
    #expect(notices.first?[0].hasPrefix("weir: prod 1 recovered, ") == true)
    #expect(notices.first?[1].contains("finished what was left unfinished") == true)
  }

  @Test("an apply that is left unfinished is told once, whoever finds it; so is its recovery")
  func unfinished() async throws {
    let scene = try await scene()
    // The budget is read for the plan, for the look after the lease, and before its write; then no more.
    try await scene.account.fault("denied", "ssm", "GetParameters", times: nil, skip: 3)
    let left = try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", "--quiet", exit: 1, isQuiet: true)
    #expect(left.errors.contains("is unfinished"))
    let notices = try await told(scene)
    #expect(notices.map { $0[0] } == ["weir: prod 1 is unfinished"])
    #expect(notices.first?[1].contains("weir recover --env prod") == true)
    for command in [["plan"], ["status"], ["apply", "--auto-approve"]] {
      _ = try await scene.start(command + ["--env", "prod", "--quiet"]).result()
    }
    let recover = ["recover", "--env", "prod", "--undo", "--auto-approve"]
    _ = try await scene.start(recover).result()
    #expect(try await told(scene) == [])
    try await scene.account.clearFaults()
    try await scene.weir(recover, isQuiet: true)
    #expect(try await told(scene).map { $0[0] } == ["weir: prod 1 undone, 2 changes"])
    try await scene.weir(recover, isQuiet: true)
    #expect(try await told(scene) == [])
  }

  @Test("only what the project asks for is told")
  func chosen() async throws {
    let scene = try await scene(on: ", on: [rolledBack, failed]")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(try await told(scene) == [])
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(try await told(scene).count == 1)
  }

  @Test("a notice that fails is said and changes nothing; it is never sent twice")
  func failing() async throws {
    let scene = try await scene()
    try await scene.account.fault("denied", "sns", "Publish")
    let denied = try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(denied.errors.contains("was not told how it ended:"))
    #expect(try await told(scene) == [])
    // The answer is lost, and the notice has arrived.
    try await scene.account.fault("reset", "sns", "Publish", when: "after")
    let lost = try await scene.weir("rollback", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(lost.errors.contains("was not told how it ended:"))
    #expect(try await told(scene).count == 1)
  }
}
