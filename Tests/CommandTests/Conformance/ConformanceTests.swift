import Foundation
import Manifests
import Model
import Policy
import Pricing
import Resources
import Testing

/// Each kind in AWS: from nothing to a first commit, to a second, meddled with by somebody else, back, and given up.
@Suite("Conformance")
struct ConformanceTests {
  @Test("goes there, is found there, and goes all the way back", arguments: ConformanceCase.all)
  func goesThereAndBack(_ conformance: ConformanceCase) async throws {
    let play = try await ConformancePlay(conformance)
    let found = try await play.picture()

    // From nothing: shown, applied, and then there is nothing more to do.
    try await play.commit("first")
    try await play.plans(changes: true)
    try await play.expectAllowed("plan")
    try await play.apply()
    try await play.expectAllowed("apply")
    let first = try await play.picture()
    try await play.expectRest(of: found)
    try await play.isAtRest()

    // Other values.
    try await play.commit("second")
    try await play.plans(changes: true)
    try await play.apply()
    try await play.expectAllowed("apply")
    let second = try await play.picture()
    #expect(second.owned != first.owned)
    try await play.expectRest(of: found)
    try await play.isAtRest()

    // Somebody else: what is owned is drift and is set right, what is not is left alone.
    try await play.meddle()
    let meddled = try await play.picture()
    #expect(meddled.owned != second.owned)
    #expect(try await play.driftCount() > 0)
    try await play.apply()
    try await play.expectOwned(of: second)
    try await play.expectRest(of: meddled)
    try await play.isAtRest()

    // Back to an earlier apply, field for field.
    try await play.weir("rollback", "--to", "1", "--auto-approve", "--allow-irreversible")
    try await play.expectOwned(of: first)
    try await play.expectRest(of: meddled)

    // Given up: what was found is there again, what was created is gone.
    try await play.giveUp()
    try await play.apply()
    try await play.expectOwned(of: found)
    try await play.expectRest(of: meddled)
    try await play.isAtRest()

    // And the whole way back once more, from what was recorded.
    try await play.weir("rollback", "--auto-approve", "--allow-irreversible")
    try await play.expectOwned(of: first)
    try await play.expectRest(of: meddled)
    try await play.expectNothingHidden()
  }

  /// ClusterQuota becomes objects of Kubernetes and nothing in AWS; what Cleanup deletes has no way back, and
  /// ``CleanupTests`` plays it.
  private static let others: Set = ["Cleanup", "ClusterQuota"]

  @Test(
    "every kind has a case",
    arguments: allKinds.map { $0.schema.kind }.filter { !others.contains($0) })
  func hasCase(kind: String) {
    #expect(
      ConformanceCase.all.contains { $0.kind == kind },
      "add Tests/CommandTests/Cases/\(kind): first.yaml, second.yaml, account.py")
  }

  @Test("every type of resource is in a case")
  func coversTypes() throws {
    let covered = try ConformanceCase.all.reduce(into: Set<String>()) {
      $0.formUnion(try $1.resourceTypes())
    }
    let all = allResourceTypes(
      client: NoAWS(), account: "123456789012", region: "us-east-2", prices: .builtIn)
    let lasting = all.filter { $0.isCreatable || !$0.isDeletable }
    #expect(Set(lasting.map(\.type)).subtracting(covered) == [], "no case's manifests become these")
  }
}

/// An AWS that nobody asks.
private struct NoAWS: AWSCaller {
  struct Asked: Error {}
  func call(_ service: String, _ operation: String, _ input: Value) async throws -> Value {
    throw Asked()
  }
  func all(_ service: String, _ operation: String, _ input: Value, items: String) async throws
    -> [Value]
  { throw Asked() }
}

/// A case being played: its account, its repository, and what was said so far.
private struct ConformancePlay {
  /// What the witness saw of the account.
  struct Picture: Hashable {
    let owned: String
    let rest: String
  }

  private let conformance: ConformanceCase
  private let scene: Scene
  private let said = Said()

  init(_ conformance: ConformanceCase) async throws {
    self.conformance = conformance
    scene = try await Scene(nil, seeded: false)
    try await ask("case.setup(aws)")
    let repository = scene.repository
    var values: [String: String] = [:]
    if !conformance.values.isEmpty {
      let told = try await ask("case.values(aws)")
      values = try JSONDecoder().decode([String: String].self, from: Data(told.utf8))
      #expect(Set(values.keys) == Set(conformance.values.keys))
    }
    try repository.write(
      "weir.yaml", ConformanceCase.project(account: scene.account.id, values: values))
    try repository.write("anchor.yaml", ConformanceCase.anchor)
    try await repository.commit("The anchor")
  }

  @discardableResult
  private func ask(_ expression: String) async throws -> String {
    try await scene.account(expression, script: conformance.script)
  }

  func picture() async throws -> Picture {
    Picture(
      owned: try await ask("case.picture(aws)['owned']"),
      rest: try await ask("case.picture(aws).get('rest')"))
  }

  func meddle() async throws { try await ask("case.meddle(aws)") }

  func commit(_ name: String) async throws {
    try scene.repository.write("manifests.yaml", try conformance.manifests(name))
    for (path, content) in conformance.files { try scene.repository.write(path, content) }
    try await scene.repository.commit("The \(name) commit")
  }

  func giveUp() async throws {
    try scene.repository.remove("manifests.yaml")
    try await scene.repository.commit("Give up")
  }

  @discardableResult
  func weir(
    _ arguments: String..., exit code: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    let result = try await scene.weir(
      arguments, exit: code, isQuiet: true, sourceLocation: sourceLocation)
    said.add(result.output + result.errors)
    return result.output
  }

  func apply(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await weir(
      "apply", "--auto-approve", "--allow-delete", "--allow-irreversible",
      sourceLocation: sourceLocation)
  }

  /// A plan says so by its exit code, and only reads.
  func plans(changes: Bool, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await scene.account.forgetRequests()
    try await weir(
      "plan", "--detailed-exitcode", exit: changes ? 2 : 0, sourceLocation: sourceLocation)
    #expect(try await scene.account.writes() == [], sourceLocation: sourceLocation)
  }

  /// There is nothing to do, and doing it once more does nothing.
  func isAtRest(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await plans(changes: false, sourceLocation: sourceLocation)
    try await apply(sourceLocation: sourceLocation)
    #expect(try await scene.account.writes() == [], sourceLocation: sourceLocation)
  }

  /// All requests since the last plan were ones that the policy of `weir plan --iam` for `command` allows.
  func expectAllowed(_ command: String, sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    let requests = try await scene.account.requests()
    let taken = Set(requests.compactMap { iamAction($0.service, $0.operation) })
    let policies = try await weir("plan", "--iam")
    let statements = "json.loads(text)['policies']['\(command)']['Statement']"
    let allowed = try await scene.aws(
      "[a for s in \(statements) for a in s['Action']]", text: policies)
    let actions = try JSONDecoder().decode([String].self, from: Data(allowed.utf8))
    #expect(taken.subtracting(actions) == [], sourceLocation: sourceLocation)
  }

  /// How many resources a plan says have drifted.
  func driftCount() async throws -> Int {
    let plan = try await weir("plan", "--format", "json")
    return Int(try await scene.aws("len(json.loads(text)['drift'])", text: plan)) ?? 0
  }

  func expectOwned(of picture: Picture, sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    expectSame(try await self.picture().owned, picture.owned, sourceLocation: sourceLocation)
  }

  func expectRest(of picture: Picture, sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    expectSame(try await self.picture().rest, picture.rest, sourceLocation: sourceLocation)
  }

  /// No marked text is in what was printed, nor in anything that Git holds.
  func expectNothingHidden() async throws {
    #expect(!said.text.contains("hidden-"))
    let objects = try await scene.repository.git(
      "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
    for line in objects.split(separator: "\n") where line.hasSuffix("blob") {
      let text = try await scene.repository.git("cat-file", "blob", String(line.prefix(40)))
      let isPolicy = text.contains("apiVersion: weir/v1")
      #expect(isPolicy || !text.contains("hidden-"))
    }
  }
}

/// What commands have printed.
private final class Said {
  private(set) var text = ""
  func add(_ more: String) { text += more }
}
