import Foundation
import Testing

/// One account under random policies, while others change it, too.
final class ModelPlay {
  private let scene: Scene
  private let referee: Referee
  private var dice: Dice
  /// What was done so far, for who reads of a fault.
  private var steps: [String] = []
  /// How many applies were taken back.
  private(set) var rollbacks = 0
  private static let script = Places.tests.appending(path: "Model/model.py").path()
  private let flags = ["--env", "prod", "--auto-approve", "--allow-irreversible", "--quiet"]

  init(dice: Dice) async throws {
    self.dice = dice
    scene = try await Scene()
    referee = Referee(scene: scene)
    let files = try FileManager.default.contentsOfDirectory(
      atPath: scene.repository.root.appending(path: "manifests").path())
    for file in files { try scene.repository.remove("manifests/\(file)") }
    try scene.repository.edit(
      "weir.yaml",
      """
          staging:
            account: "\(scene.account.id)"
            region: us-east-2
            values: {logDays: 30d}

      """, "")
    try await scene.repository.commit("Nothing yet")
  }

  /// Makes so many random policies true, one after another.
  func run(_ count: Int) async throws {
    for _ in 0..<count { try await step() }
    try await referee.expectOrder(serial: try await referee.standing().serial, story)
  }

  private var story: Comment {
    "seed \(dice.seed): \(steps.suffix(4).joined(separator: "\n"))"
  }

  private func ask(_ expression: String, text: String = "") async throws -> String {
    try await scene.account(expression, text: text, script: Self.script)
  }

  private func step() async throws {
    let hasDrifted = try await meddle()
    let previous = try await scene.repository.git("rev-parse", "HEAD")
    try await commit()
    let before = (rest: try await ask("case.rest(aws)"), all: try await referee.picture())
    let serial = try await referee.standing().serial
    try await weir(["apply", "--allow-delete"] + flags)
    try await check(rest: before.rest)
    let isNew = try await referee.standing().serial > serial
    guard !hasDrifted, isNew, serial > 0, dice.chance(2) else { return }
    steps.append("rollback")
    rollbacks += 1
    try await weir(["rollback"] + flags)
    expectSame(try await referee.picture(), before.all, story)
    try await scene.repository.git("checkout", "-q", previous, "--", ".")
    for name in RandomPolicy.names
    where try await scene.repository.git("ls-tree", previous, "manifests/\(name).yaml").isEmpty {
      try? scene.repository.remove("manifests/\(name).yaml")
    }
    try await scene.repository.commit("Back")
    try await check(rest: before.rest)
  }

  /// Somebody else changes what is not owned, and now and then what is.
  private func meddle() async throws -> Bool {
    for _ in 0..<Int.random(in: 0...2, using: &dice) {
      let number = Int.random(in: 1...9999, using: &dice)
      steps.append("foreign \(number)")
      _ = try await ask("case.foreign(aws, \(number))")
    }
    guard dice.chance(3) else { return false }
    let number = Int.random(in: 1...9999, using: &dice)
    steps.append("drift \(number)")
    _ = try await ask("case.drift(aws, \(number))")
    return true
  }

  private func commit() async throws {
    let policy = RandomPolicy(using: &dice)
    for name in RandomPolicy.names {
      let file = "manifests/\(name).yaml"
      if let text = policy.files[name] {
        try scene.repository.write(file, text)
      } else {
        try? scene.repository.remove(file)
      }
    }
    steps.append(
      "apply\n" + policy.files.sorted { $0.key < $1.key }.map(\.value).joined(separator: "---\n"))
    try await scene.repository.commit("A policy")
  }

  /// Nothing is left to do, nothing of others has changed, and the state says what AWS says.
  private func check(rest: String) async throws {
    try await weir(["plan", "--env", "prod", "--detailed-exitcode", "--quiet"])
    expectSame(try await ask("case.rest(aws)"), rest, story)
    let repository = scene.repository
    let files = try await repository.git("ls-tree", "-r", "--name-only", "weir/prod", "resources")
    var records: [String] = []
    for file in files.split(separator: "\n") {
      records.append(try await repository.git("show", "weir/prod:\(file)"))
    }
    let lies = try await ask(
      "case.lies(aws, json.loads(text))", text: "[\(records.joined(separator: ","))]")
    #expect(lies == "[]", story)
  }

  private func weir(_ arguments: [String]) async throws {
    let result = try await scene.start(arguments).result()
    guard result.code == 0 else {
      Issue.record(
        "\(arguments[0]) ends with \(result.code): \(result.output)\(result.errors)\n\(story)")
      throw SandboxFailure(message: "seed \(dice.seed)")
    }
  }
}
