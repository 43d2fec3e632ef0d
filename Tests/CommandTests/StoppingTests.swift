import Foundation
import Testing

/// What stops an apply before anything is written, and what lets it pass.
@Suite("What stops an apply")
struct StoppingTests {
  /// A pair of keys, made as docs/guardrails.md says.
  private func keys(_ scene: Scene) async throws -> (secret: String, open: String) {
    let file = scene.repository.folder.appending(path: "\(UUID()).pem").path()
    let run = try ProgramRun(
      "/bin/sh",
      [
        "-c",
        """
        openssl genpkey -algorithm ed25519 -out '\(file)' &&
        openssl pkey -in '\(file)' -outform DER | tail -c 32 | base64 &&
        openssl pkey -in '\(file)' -pubout -outform DER | tail -c 32 | base64
        """,
      ], in: "/", environment: plainEnvironment(home: "/"))
    let result = await run.result()
    let lines = result.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 2, "\(result.errors)")
    return (lines[0], lines[1])
  }

  @Test("--require-signed takes only a plan of the key, as it was signed")
  func signed() async throws {
    let scene = try await Scene()
    let (ours, theirs) = (try await keys(scene), try await keys(scene))
    func plan(_ name: String, key: String?) async throws {
      try await scene.weir(
        "plan", "--env", "prod", "--out", "../\(name).json", "--quiet",
        variables: ["WEIR_PLAN_SIGNING_KEY": key], isQuiet: true)
    }
    try await plan("unsigned", key: nil)
    try await plan("theirs", key: theirs.secret)
    try await plan("signed", key: ours.secret)
    let signed = scene.repository.folder.appending(path: "signed.json")
    let text = try String(contentsOf: signed, encoding: .utf8)
    #expect(!text.contains(ours.secret) && text.contains("pythonide-monthly"))
    let edited = scene.repository.folder.appending(path: "edited.json")
    try Data(text.replacing("pythonide-monthly", with: "pythonide-yearly").utf8).write(to: edited)
    for name in ["unsigned", "theirs", "edited"] {
      try await scene.weir(
        "apply", "../\(name).json", "--require-signed", exit: 4,
        variables: ["WEIR_PLAN_PUBLIC_KEY": ours.open])
    }
    try await scene.weir("apply", "../signed.json", "--require-signed", exit: 1)
    try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", "--require-signed", exit: 64, isQuiet: true)
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == "")
    let applied = try await scene.weir(
      "apply", "../signed.json", "--require-signed", "--quiet",
      variables: ["WEIR_PLAN_PUBLIC_KEY": ours.open])
    #expect(!(applied.output + applied.errors).contains(ours.secret))
    #expect(try await scene.aws("aws.limit()") == #""800""#)
    try await scene.expectSnapshot("signed")
  }

  @Test("a limit refuses with exit code 3, and passes once by its own name")
  func guardrail() async throws {
    let scene = try await Scene()
    try scene.repository.edit(
      "weir.yaml", "  guardrails:\n", "  guardrails:\n    maxChanges: 3\n    maxDeletes: 1\n")
    try await scene.repository.commit("Limit what an apply may do")
    let apply = ["apply", "--env", "prod", "--auto-approve", "--quiet"]
    try await scene.weir("plan", "--env", "prod", "--quiet", exit: 3, isQuiet: true)
    try await scene.weir(apply, exit: 3)
    try await scene.weir(apply + ["--override-guardrail", "maxDeletes"], exit: 3)
    try await scene.weir(apply + ["--override-guardrail", "maxEverything"], exit: 64)
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == "")
    try await scene.weir(apply + ["--override-guardrail", "maxChanges"])
    #expect(try await scene.aws("aws.limit()") == #""800""#)
    let report = try await scene.repository.git("show", "weir/prod:reports/1.md")
    #expect(report.contains("maxChanges"))
    try await scene.expectSnapshot("guardrail")
  }

  @Test("deletions take --allow-delete")
  func deletion() async throws {
    let scene = try await Scene()
    let apply = ["apply", "--env", "prod", "--auto-approve", "--quiet"]
    try await scene.weir(apply, isQuiet: true)
    try scene.repository.remove("manifests/limits.yaml")
    try await scene.repository.commit("Remove the limits")
    try await scene.account.forgetRequests()
    try await scene.weir(apply, exit: 3)
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.aws("list(aws.parameters())") == #"["/dig/turn/limits"]"#)
    try await scene.weir(apply + ["--allow-delete"])
    #expect(try await scene.account.writes() == ["ssm DeleteParameter"])
    #expect(try await scene.aws("list(aws.parameters())") == "[]")
    try await scene.expectSnapshot("allow-delete")
  }

  @Test("--on-failure=undo leaves everything as it was found")
  func undo() async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    try await scene.account.fault("denied", "s3", "PutBucketLifecycleConfiguration", times: nil)
    try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", "--quiet", "--on-failure=undo", exit: 1)
    #expect(try await scene.account.writes().contains("budgets UpdateBudget"))
    try await scene.account.clearFaults()
    expectSame(try await scene.aws("aws.picture()"), before)
    try await scene.weir("history", "--env", "prod")
    try await scene.weir(
      "plan", "--env", "prod", "--detailed-exitcode", "--quiet", exit: 2, isQuiet: true)
    try await scene.expectSnapshot("on-failure-undo")
  }

  @Test("unlock needs the serial of the unfinished apply, and leaves it to recover")
  func unlock() async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    try await scene.weir("unlock", "1", "--env", "prod", exit: 1)
    try await scene.account.fault("hang", "budgets", "UpdateBudget", seconds: 600)
    let run = try scene.start(["apply", "--env", "prod", "--auto-approve", "--parallelism", "1"])
    try await scene.waitForRequest("budgets UpdateBudget", fault: "hang")
    // An apply that runs on this machine keeps its lock, whatever the lease says.
    try await scene.weir("unlock", "1", "--env", "prod", exit: 5)
    run.send(SIGKILL)
    _ = await run.result()
    try await scene.account.clearFaults()
    let tip = try await scene.repository.tip("weir/prod")
    try await scene.weir("unlock", "--env", "prod", exit: 64, isQuiet: true)
    try await scene.weir("unlock", "2", "--env", "prod", exit: 1)
    #expect(try await scene.repository.tip("weir/prod") == tip)
    try await scene.account.forgetRequests()
    try await scene.weir("unlock", "1", "--env", "prod")
    #expect(try await scene.account.writes() == [])
    try await scene.weir("apply", "--env", "prod", "--auto-approve", exit: 5, isQuiet: true)
    try await scene.weir(
      "recover", "--env", "prod", "--undo", "--auto-approve", "--quiet", isQuiet: true)
    expectSame(try await scene.aws("aws.picture()"), before)
    try await scene.expectSnapshot("unlock")
  }
}
