import Foundation
import Testing

/// The state branch itself: checked, exported, restored; and refused where it is damaged.
@Suite("State branch")
struct StateTests {
  /// A policy of a budget and limits that has been applied twice.
  private func scene() async throws -> Scene {
    let scene = try await Scene()
    for name in ["tasks", "exams", "data"] {
      try scene.repository.remove("manifests/\(name).yaml")
    }
    try await scene.repository.commit("The budget and the limits")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try scene.repository.edit("manifests/budget.yaml", "800 USD", "700 USD")
    try await scene.repository.commit("Less")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    return scene
  }

  /// A way to damage a branch.
  struct Damage: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String
    let text: String
    let found: String
    var testDescription: String { name }
  }

  private static let budget = "resources/budgets/budget/pythonide-monthly.json"
  private static let damages = [
    Damage(
      name: "state", path: "state.json", text: "not JSON",
      found: "it is not the JSON that Weir writes"),
    Damage(
      name: "resource", path: budget, text: "<<<<<<< HEAD",
      found: "it is not the JSON that Weir writes"),
    Damage(
      name: "stray", path: "resources/stray.json", text: "{}",
      found: "it is not the JSON that Weir writes"),
    Damage(
      name: "pending", path: "pending.json", text: "{\"formatVersion\": \"1.0\"}",
      found: "it is not the JSON that Weir writes"),
  ]

  /// Puts a file on the state branch by hand.
  private func damage(_ scene: Scene, _ path: String, _ text: String?, _ message: String)
    async throws
  {
    try await scene.repository.git("checkout", "-q", "weir/prod")
    if let text {
      try scene.repository.write(path, text)
    } else {
      try scene.repository.remove(path)
    }
    try await scene.repository.commit(message)
    try await scene.repository.git("checkout", "-q", "main")
  }

  @Test(
    "a damaged branch is refused by all that need it, told whole, and restored", arguments: damages)
  func damaged(_ damage: Damage) async throws {
    let scene = try await scene()
    let export = scene.repository.folder.appending(path: "state.json").path()
    try await scene.weir("state", "export", "--env", "prod", "--out", export, isQuiet: true)
    try await self.damage(scene, damage.path, damage.text, "Tidy up")
    let tip = try await scene.repository.tip("weir/prod")
    try await scene.account.forgetRequests()
    for arguments in [
      ["plan"], ["apply", "--auto-approve"], ["rollback", "--auto-approve"],
      ["recover", "--finish", "--auto-approve"], ["status"], ["history"], ["unlock", "3"],
    ] {
      let result = try await scene.weir(arguments + ["--env", "prod"], exit: 1, isQuiet: true)
      for part in [
        "error: the state cannot be read", "weir/prod (commit \(tip.prefix(7)))", damage.found,
        "weir state verify", "weir state restore",
      ] {
        #expect(
          result.errors.replacing("\n  ", with: " ").contains(part),
          "\(arguments): \(part): \(result.errors)")
      }
    }
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == tip)
    let verified = try await scene.weir(
      "state", "verify", "--env", "prod", "--format", "json", exit: 1, isQuiet: true)
    #expect(
      try await scene.aws(
        "[[p['place'], p.get('path')] for p in json.loads(text)['verification']['problems']]",
        text: verified.output
      ).contains("\"\(tip.prefix(7))\""))
    try await scene.weir("state", "verify", "--env", "prod", exit: 1)
    try await scene.weir("state", "restore", export, "--env", "prod", exit: 1)
    try await scene.weir("state", "restore", export, "--env", "prod", "--auto-approve")
    try await scene.weir("state", "verify", "--env", "prod")
    try await scene.weir(
      "plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
    // On top, not instead: what was there stays in the history.
    #expect(try await scene.repository.git("rev-parse", "weir/prod~1") == tip)
    try await scene.weir("history", "--env", "prod")
    try await scene.weir("rollback", "--env", "prod", "--to", "1", "--auto-approve", isQuiet: true)
    #expect(try await scene.aws("aws.limit()") == #""800""#)
    if damage.name == "state" { try await scene.expectSnapshot("state-restored") }
  }

  @Test("a commit that Weir did not write is refused, though what it left can be read")
  func trailers() async throws {
    let scene = try await scene()
    let text = try await scene.repository.git("show", "weir/prod:\(Self.budget)")
    try await damage(scene, Self.budget, text.replacing("700", with: "100") + "\n", "By hand")
    try await scene.account.forgetRequests()
    for arguments in [
      ["plan"], ["apply", "--auto-approve"], ["drift"], ["rollback", "--auto-approve"], ["status"],
      ["history"], ["show", "1"], ["recover", "--finish", "--auto-approve"],
    ] {
      let result = try await scene.weir(arguments + ["--env", "prod"], exit: 1, isQuiet: true)
      #expect(result.errors.contains("its trailers are not those of a commit that Weir writes"))
    }
    #expect(try await scene.account.writes() == [])
    try await scene.weir("state", "verify", "--env", "prod", exit: 1)
  }

  @Test("a state of a newer format is neither read nor written over")
  func newerFormat() async throws {
    let scene = try await scene()
    let export = scene.repository.folder.appending(path: "state.json").path()
    try await scene.weir("state", "export", "--env", "prod", "--out", export, isQuiet: true)
    try await damage(scene, "state.json", #"{"formatVersion": "2.0"}"#, "Later")
    for arguments in [
      ["plan"], ["apply", "--auto-approve"], ["rollback", "--auto-approve"], ["status"],
      ["history"], ["recover", "--finish", "--auto-approve"], ["unlock", "1"],
      ["state", "restore", export, "--auto-approve"],
    ] {
      let result = try await scene.weir(arguments + ["--env", "prod"], exit: 1, isQuiet: true)
      #expect(result.errors.contains("error: the state is of a newer format"), "\(arguments)")
      #expect(result.errors.contains("Use a newer version of Weir"))
    }
    let verified = try await scene.weir("state", "verify", "--env", "prod", exit: 1, isQuiet: true)
    #expect(verified.output.contains("Use a newer version of Weir."))
  }

  @Test("what was changed by hand though it can be read is found")
  func tampered() async throws {
    let scene = try await scene()
    let text = try await scene.repository.git("show", "weir/prod:\(Self.budget)")
    try await damage(
      scene, Self.budget, text.replacing("700", with: "100") + "\n", "Weir-Event: end")
    let verified = try await scene.weir("state", "verify", "--env", "prod", exit: 1, isQuiet: true)
    #expect(verified.output.contains("its trailers are not those"))
    // With trailers as Weir writes them the report of the serial tells.
    let tip = try await scene.repository.git("rev-parse", "weir/prod~1")
    try await scene.repository.git("update-ref", "refs/heads/weir/prod", tip)
    let message = try await scene.repository.git("log", "-1", "--format=%B", "weir/prod")
    try await damage(scene, Self.budget, text.replacing("700", with: "100") + "\n", message)
    let found = try await scene.weir("state", "verify", "--env", "prod", exit: 1, isQuiet: true)
    #expect(found.output.contains("it is not what the report of serial 2 says was applied"))
    #expect(found.output.contains("it ends serial 2, which had not begun"))
    try await damage(scene, "reports/1.json", nil, message)
    let lost = try await scene.weir("state", "verify", "--env", "prod", exit: 1, isQuiet: true)
    #expect(lost.output.contains("reports/1.json"))
  }

  @Test("a branch is sound after every way in which an apply can end")
  func sound() async throws {
    let scene = try await scene()
    let run = ["--env", "prod", "--auto-approve"]
    func isSound(_ after: String) async throws {
      let result = try await scene.weir(
        "state", "verify", "--env", "prod", "--format", "json", isQuiet: true)
      #expect(
        try await scene.aws("json.loads(text)['isSound']", text: result.output) == "true",
        "\(after): \(result.output)")
    }
    try await isSound("two applies")
    try await scene.weir(["rollback"] + run, isQuiet: true)
    try await isSound("a rollback")
    try await scene.account.fault("denied", "budgets", "UpdateBudget", times: nil)
    try await scene.weir(["apply"] + run, exit: 6, isQuiet: true)
    try await isSound("a failure")
    try await scene.weir(["apply", "--on-failure=undo"] + run, exit: 1, isQuiet: true)
    try await isSound("an undoing")
    try await scene.account.clearFaults()
    for way in ["--finish", "--undo"] {
      try await scene.account.fault("hang", "budgets", "UpdateBudget", when: "after", seconds: 20)
      try scene.repository.edit(
        "manifests/budget.yaml", way == "--finish" ? "700 USD" : "650 USD",
        way == "--finish" ? "650 USD" : "600 USD")
      try await scene.repository.commit("Other")
      let killed = try scene.start(["apply", "--quiet"] + run)
      try await scene.waitForRequest("budgets UpdateBudget", fault: "hang")
      killed.send(SIGKILL)
      _ = await killed.result()
      try await scene.account.clearFaults()
      try await scene.account.forgetRequests()
      try await isSound("a kill")
      let restored = scene.repository.folder.appending(path: "export.json").path()
      try await scene.weir("state", "export", "--env", "prod", "--out", restored, isQuiet: true)
      try await scene.weir(["state", "restore", restored] + run, exit: 5, isQuiet: true)
      try await scene.weir(["recover", way] + run, isQuiet: true)
      try await isSound("a recovery")
    }
    try scene.repository.remove("manifests/limits.yaml")
    try await scene.repository.commit("No limits")
    try await scene.weir(["apply", "--allow-delete"] + run, isQuiet: true)
    try await isSound("a deletion")
  }

  @Test(
    "a document that was edited, or is of something else, is refused before anything is written")
  func refusedDocuments() async throws {
    let scene = try await scene()
    let other = try await self.scene()
    let folder = scene.repository.folder
    let good = folder.appending(path: "good.json")
    try await scene.weir("state", "export", "--env", "prod", "--out", good.path(), isQuiet: true)
    let text = try String(contentsOf: good, encoding: .utf8)
    let foreign = try await other.weir("state", "export", "--env", "prod", isQuiet: true).output
    let texts = [
      ("not a state", "{}"), ("not a state", String(text.prefix(text.count / 2))),
      ("the document was changed", text.replacing("700", with: "999")),
      (
        "the document is of another format",
        text.replacing(#""formatVersion" : "1.0""#, with: #""formatVersion" : "3.0""#)
      ),
      ("the document is of another environment", foreign),
    ]
    let tip = try await scene.repository.tip("weir/prod")
    let bad = folder.appending(path: "bad.json")
    for (summary, text) in texts {
      try Data(text.utf8).write(to: bad)
      let result = try await scene.weir(
        "state", "restore", bad.path(), "--env", "prod", "--auto-approve", exit: 1, isQuiet: true)
      #expect(result.errors.contains("error: \(summary)"), "\(result.errors)")
    }
    // The same account and name, begun anew: another line of states.
    try await scene.repository.git("update-ref", "-d", "refs/heads/weir/prod")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    let result = try await scene.weir(
      "state", "restore", good.path(), "--env", "prod", "--auto-approve", exit: 1, isQuiet: true)
    #expect(result.errors.contains("error: the document belongs to another line of states"))
    try await scene.repository.git("update-ref", "refs/heads/weir/prod", tip)
    try await scene.weir("state", "restore", "--env", "prod", exit: 64, isQuiet: true)
    try await scene.weir("state", "restore", "/nowhere", "--env", "prod", exit: 1, isQuiet: true)
    #expect(try await scene.repository.tip("weir/prod") == tip)
  }

  @Test("the remote is checked, and shares what is restored")
  func remote() async throws {
    let scene = try await scene()
    try await scene.repository.git("init", "-q", "--bare", "../bare")
    try await scene.repository.git("remote", "add", "origin", "../bare")
    let export = scene.repository.folder.appending(path: "state.json").path()
    try await scene.weir("state", "export", "--env", "prod", "--out", export, isQuiet: true)
    let tip = try await scene.repository.tip("weir/prod")
    func standing(exit: Int32) async throws -> String {
      let result = try await scene.weir(
        "state", "verify", "--env", "prod", "--format", "json", exit: exit, isQuiet: true)
      return try await scene.aws(
        "json.loads(text)['verification']['remote']", text: result.output)
    }
    #expect(try await standing(exit: 0) == #""same""#)
    try await scene.repository.git("update-ref", "refs/heads/weir/prod", "\(tip)~1")
    #expect(try await standing(exit: 0) == #""behind""#)
    try await scene.repository.git(
      "push", "-q", "--force", "origin", "\(tip)~1:refs/heads/weir/prod")
    try await scene.repository.git("update-ref", "refs/heads/weir/prod", tip)
    #expect(try await standing(exit: 1) == #""ahead""#)
    // Gone here and there.
    try await scene.repository.git("push", "-q", "origin", ":refs/heads/weir/prod")
    try await scene.repository.git("update-ref", "-d", "refs/heads/weir/prod")
    try await scene.weir(
      "state", "restore", export, "--env", "prod", "--auto-approve", isQuiet: true)
    let restored = try await scene.repository.tip("weir/prod")
    #expect(
      try await scene.repository.git("ls-remote", "origin", "refs/heads/weir/prod")
        == "\(restored)\trefs/heads/weir/prod")
    #expect(try await standing(exit: 0) == #""same""#)
    // A remote that cannot be reached: nothing is restored on this machine alone.
    try await scene.repository.git("remote", "set-url", "origin", "../gone")
    try await scene.weir(
      "state", "restore", export, "--env", "prod", "--auto-approve", exit: 1, isQuiet: true)
    #expect(try await scene.repository.tip("weir/prod") == restored)
  }
}
