import Engine
import Foundation
import Model
import TestSupport
import Testing

@Suite struct LostSecretTests {
  private let address = Address("fake/thing", "a")

  private func problems(live: Value, wanted: Value, owned: Bool) -> [PlanProblem] {
    let environment = EnvironmentReference(name: "prod", account: "123456789012", region: "r")
    let position = SourcePosition(line: 1, column: 1)
    let range = SourceRange(file: "a.yaml", start: position, end: position)
    let manifest = ManifestReference(kind: "Thing", name: "a")
    let record = AppliedResource(
      address: address, attributes: ["mail": live], found: ["mail": .null], foundContext: [:],
      wasCreated: false, onRemove: .restore, isProtected: false, manifest: manifest,
      dependsOn: [], serial: 1)
    let state = State(
      lineage: "l", serial: 1, environment: environment, resources: [address: record])
    let desired = DesiredResource(
      address, attributes: ["mail": .exactly(wanted)], manifest: manifest, range: range)
    let input = PlanInput(
      intent: .policy([desired]), environment: environment,
      policy: PolicyReference(commit: nil, hasUncommittedChanges: false, directory: ""),
      state: owned ? state : nil, lineage: "l",
      live: [address: LiveResource(attributes: ["mail": live])], schemas: [:],
      knownSecrets: ["new", "old"], time: Date(timeIntervalSince1970: 0))
    return makePlan(input).problems.filter { $0.code == .unsealedSecret }
  }

  private let old = Value.list([.sensitive(.digest("old"))])

  @Test func tellsOfASecretThatNobodyCouldWriteAgain() {
    let told = problems(live: old, wanted: .list([.sensitive(.digest("new"))]), owned: false)
    #expect(told.count == 1)
    #expect(told.allSatisfy { !$0.isError && $0.message.hasPrefix("mail holds") })
  }

  @Test func isQuietWhereTheSecretStays() {
    let both = Value.list([.sensitive(.digest("new")), .sensitive(.digest("old"))])
    #expect(problems(live: old, wanted: both, owned: false).isEmpty)
  }

  @Test func isQuietWhereThePolicyAskedForTheSecretBefore() {
    let wanted = Value.list([.sensitive(.digest("new"))])
    #expect(problems(live: old, wanted: wanted, owned: true).isEmpty)
  }
}
