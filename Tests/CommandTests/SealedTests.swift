import Foundation
import Testing

/// Sensitive values that nobody has in clear text any more come back all the same.
@Suite("Sealed secrets")
struct SealedTests {
  private static let address = "cfo@corp.example"
  private static let budget = "aws.budget()"

  /// The ways back.
  enum Way: CaseIterable, Sendable { case rollback, removal, undo, undoneAtOnce }

  private func foreign(_ source: StateKeySource) async throws -> (Scene, [String: String?]) {
    let scene = try await Scene()
    try await scene.addSubscriber(Self.address)
    return (scene, try await scene.prepare(source))
  }

  private func apply(
    _ scene: Scene, _ variables: [String: String?], _ arguments: String..., exit: Int32 = 0
  ) async throws {
    try await scene.weir(
      ["apply", "--env", "prod", "--auto-approve", "--quiet"] + arguments, exit: exit,
      variables: variables, isQuiet: true)
    // What was found has been replaced.
    if exit == 0 { #expect(try await !scene.aws(Self.budget).contains(Self.address)) }
  }

  @Test(
    "a stranger's address comes back", arguments: Way.allCases, [StateKeySource.variable, .kms])
  func comesBack(by way: Way, sealedBy source: StateKeySource) async throws {
    let (scene, variables) = try await foreign(source)
    let before = try await scene.aws(Self.budget)
    #expect(before.contains(Self.address))
    func weir(_ arguments: String...) async throws {
      try await scene.weir(
        arguments + ["--env", "prod", "--auto-approve", "--quiet"], variables: variables)
    }
    switch way {
    case .rollback:
      try await apply(scene, variables)
      try await weir("rollback")
    case .removal:
      try await apply(scene, variables)
      try scene.repository.remove("manifests/budget.yaml")
      try await scene.repository.commit("Without the budget")
      try await weir("apply")
    case .undo:
      let killed = try await scene.killApply(
        at: "budgets", "UpdateSubscriber", variables: variables)
      #expect(killed.code == 128 + SIGKILL)
      #expect(try await !scene.aws(Self.budget).contains(Self.address))
      try await weir("recover", "--undo")
    case .undoneAtOnce:
      try await scene.account.fault("denied", "ssm", "PutParameter")
      try await apply(scene, variables, "--on-failure=undo", exit: 1)
    }
    expectSame(try await scene.aws(Self.budget), before)
    let used = try await scene.account.requests().filter { $0.service == "kms" }.map(\.operation)
    switch (source, way) {
    case (.kms, .undoneAtOnce): #expect(used == ["GenerateDataKey"])
    // Each command is a process of its own.
    case (.kms, _): #expect(used == ["GenerateDataKey", "Decrypt"])
    default: #expect(used == [])
    }
    try await scene.weir(
      "status", "--env", "prod", variables: variables, isQuiet: true)
  }

  @Test("KMS is asked by no command that seals and opens nothing")
  func asksNothing() async throws {
    let scene = try await Scene("pythonide")
    _ = try await scene.prepare(.kms)
    try scene.repository.remove("manifests/budget.yaml")
    try await scene.repository.commit("No addresses")
    try await scene.weir("plan", "--env", "prod", isQuiet: true)
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", isQuiet: true)
    #expect(try await !scene.account.requests().contains { $0.service == "kms" })
    #expect(try await !scene.repository.git("ls-tree", "weir/prod").contains("sealed.json"))
  }

  @Test("without a key the plan says what will be lost and how to mend it")
  func withoutKey() async throws {
    let (scene, _) = try await foreign(.none)
    try await scene.weir("plan", "--env", "prod")
    try await apply(scene, [:])
    try await scene.weir("rollback", "--env", "prod", "--plan-only")
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", "--quiet", isQuiet: true)
    let after = try await scene.aws(Self.budget)
    #expect(after.contains("ada@example.com") && !after.contains(Self.address))
    try await scene.expectSnapshot("without-state-key")
  }

  @Test("a key that is wrong, or missing, or malformed is told, and nothing is written")
  func wrongKey() async throws {
    let (scene, variables) = try await foreign(.variable)
    try await apply(scene, variables)
    try await scene.account.forgetRequests()
    let tip = try await scene.repository.tip("weir/prod")
    let other = Scene.newStateKey()
    func rollback(_ key: String?, exit: Int32, _ arguments: String...) async throws -> String {
      let result = try await scene.weir(
        ["rollback", "--env", "prod"] + arguments, exit: exit,
        variables: ["WEIR_STATE_KEY": key], isQuiet: true)
      let text = (result.output + result.errors).split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
      if let key, !key.isEmpty { #expect(!text.contains(key)) }
      return text
    }
    let sealed = try await scene.repository.git("show", "weir/prod:sealed.json")
    let id = try #require(sealed.firstMatch(of: /"key" : "([0-9a-f]{8})"/)?.output.1)
    let wrong = try await rollback(other, exit: 1, "--auto-approve")
    #expect(wrong.contains("another state key is needed"))
    #expect(wrong.contains("sealed with the state key \(id)"))
    #expect(try await rollback(nil, exit: 0, "--plan-only").contains("state key \(id)"))
    for malformed in ["secret-but-not-base64", String(other.dropLast(8)), other + ","] {
      let text = try await rollback(malformed, exit: 1, "--auto-approve")
      #expect(text.contains("malformed key"))
    }
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == tip)
    // The right one among others opens.
    let right = try #require(variables["WEIR_STATE_KEY"] ?? nil)
    _ = try await rollback("\(other),\(right)", exit: 0, "--auto-approve")
    #expect(try await scene.aws(Self.budget).contains(Self.address))
  }

  @Test("the way back, too, asks for the key that its plan was made with, and tells what is lost")
  func removal() async throws {
    let (scene, variables) = try await foreign(.variable)
    try await apply(scene, variables)
    for name in ["budget", "limits"] { try scene.repository.remove("manifests/\(name).yaml") }
    try await scene.repository.commit("Neither budget nor limits")
    try await scene.weir(
      "plan", "--env", "prod", "--allow-empty", "--out", "../plan.json", variables: variables,
      isQuiet: true)
    let refused = try await scene.weir("apply", "../plan.json", exit: 1, isQuiet: true)
    #expect(refused.errors.contains("the state key is missing"))
    // What is lost is told where nothing else would be given back.
    try await scene.aws(
      "aws('budgets').update_budget(AccountId=aws.q['account'], NewBudget=dict("
        + "{k: v for k, v in aws('budgets').describe_budget(AccountId=aws.q['account'], "
        + "BudgetName='pythonide-monthly')['Budget'].items() if k not in ('CalculatedSpend',"
        + "'LastUpdatedTime', 'HealthStatus')}, BudgetLimit=dict(Amount='900', Unit='USD')))")
    let plan = try await scene.weir(
      "plan", "--env", "prod", "--allow-empty", "--without-state-key", isQuiet: true)
    #expect(!plan.output.contains("already is as Weir found it"))
    #expect(plan.output.contains("is left as it is"))
  }

  @Test("where KMS no longer opens the key, what is lost is named and the rest can go on")
  func destroyedKey() async throws {
    let (scene, _) = try await foreign(.kms)
    let limit =
      "aws('budgets').describe_budget(AccountId=aws.q['account'], "
      + "BudgetName='pythonide-monthly')['Budget']['BudgetLimit']['Amount']"
    let before = try await scene.aws(limit)
    _ = try await scene.killApply(at: "budgets", "UpdateSubscriber")
    #expect(try await scene.aws(limit) != before)
    try await scene.account.fault("denied", "kms", "Decrypt", times: nil)
    try await scene.account.forgetRequests()
    let undo = ["recover", "--env", "prod", "--undo", "--auto-approve"]
    let refused = try await scene.weir(undo, exit: 1, isQuiet: true)
    #expect(refused.errors.contains("the state key cannot be opened"))
    #expect(refused.errors.contains("budgets/budget pythonide-monthly: "))
    #expect(refused.errors.contains("--without-state-key"))
    #expect(try await scene.account.writes().filter { !$0.hasPrefix("kms ") } == [])
    let undone = try await scene.weir(undo + ["--without-state-key"], isQuiet: true)
    #expect((undone.output + undone.errors).contains("of KMS opens"))
    // The limit is as it was; the address that only KMS knew is not.
    #expect(try await scene.aws(limit) == before)
    #expect(try await !scene.aws(Self.budget).contains(Self.address))
    try await scene.weir("status", "--env", "prod", isQuiet: true)
  }

  @Test("a value that was edited or moved is refused")
  func altered() async throws {
    let (scene, variables) = try await foreign(.variable)
    try await apply(scene, variables)
    let text = try await scene.repository.git("show", "weir/prod:sealed.json")
    // Each entry gets what was sealed for the next.
    let values = text.matches(of: /"sealed" : "([^"]+)"/).map { String($0.output.1) }
    #expect(values.count == 3)
    let moved = values.enumerated().reduce(text) { text, entry in
      text.replacing(entry.element, with: "#\(entry.offset)#")
    }
    let swapped = values.indices.reduce(moved) { text, index in
      text.replacing("#\(index)#", with: values[(index + 1) % values.count])
    }
    let tree = scene.repository.folder.appending(path: "state")
    try await scene.repository.git("worktree", "add", "-q", tree.path(), "weir/prod")
    try Data(swapped.utf8).write(to: tree.appending(path: "sealed.json"))
    try await scene.repository.git("-C", tree.path(), "commit", "-q", "-a", "--amend", "--no-edit")
    try await scene.repository.git("worktree", "remove", "--force", tree.path())
    try await scene.account.forgetRequests()
    let result = try await scene.weir(
      "rollback", "--env", "prod", "--auto-approve", exit: 1, variables: variables, isQuiet: true)
    #expect(result.errors.contains("a sealed value was altered"))
    #expect(try await scene.account.writes() == [])
  }

  @Test("the next apply after a new key is put first seals everything anew")
  func rotation() async throws {
    let (scene, variables) = try await foreign(.variable)
    let before = try await scene.aws(Self.budget)
    try await apply(scene, variables)
    let old = try #require(variables["WEIR_STATE_KEY"] ?? nil)
    let new = Scene.newStateKey()
    try scene.repository.edit("manifests/budget.yaml", "800 USD", "700 USD")
    try await scene.repository.commit("Less")
    try await apply(scene, ["WEIR_STATE_KEY": "\(new),\(old)"])
    try await scene.weir(
      "rollback", "--env", "prod", "--to", "0", "--auto-approve", "--quiet",
      variables: ["WEIR_STATE_KEY": new], isQuiet: true)
    expectSame(try await scene.aws(Self.budget), before)
  }

  @Test("a plan reviewed without a key may be applied with one, and not the other way round")
  func savedPlan() async throws {
    let (scene, variables) = try await foreign(.variable)
    func plan(_ variables: [String: String?]) async throws {
      try await scene.weir(
        "plan", "--env", "prod", "--out", "../plan.json", variables: variables, isQuiet: true)
    }
    try await plan(variables)
    let refused = try await scene.weir("apply", "../plan.json", exit: 1, isQuiet: true)
    #expect(refused.errors.contains("the state key is missing"))
    #expect(refused.errors.contains("Set WEIR_STATE_KEY"))
    try await plan([:])
    try await scene.weir("apply", "../plan.json", variables: variables, isQuiet: true)
    try await scene.weir(
      "rollback", "--env", "prod", "--auto-approve", "--quiet", variables: variables, isQuiet: true)
    #expect(try await scene.aws(Self.budget).contains(Self.address))
  }
}
