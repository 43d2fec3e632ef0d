import Foundation
import Model
import Synchronization
import TestSupport
import Testing

@testable import Engine

@Suite struct SecretVaultTests {
  static let text = "ada@example.com"
  static let clear: Value = ["list": [.sensitive(.clear(text)), 1], "other": "x"]

  @Test func digestsAreThoseOfTheLineageAlone() {
    var one = SecretVault(lineage: "a")
    var same = SecretVault(lineage: "a")
    var other = SecretVault(lineage: "b")
    #expect(one.conceal(Self.clear) == same.conceal(Self.clear))
    #expect(one.conceal(Self.clear) != other.conceal(Self.clear))
    #expect(one.conceal(.sensitive(.clear("x"))) != one.conceal(.sensitive(.clear("y"))))
    #expect(one.conceal(one.conceal(Self.clear)) == one.conceal(Self.clear))
  }

  @Test func revealsWhatItConcealed() throws {
    var vault = SecretVault(lineage: "a")
    let concealed = vault.conceal(Self.clear)
    #expect(concealed != Self.clear)
    #expect(try vault.reveal(concealed) == Self.clear)
    #expect(vault.knownDigests.count == 1)
    #expect(throws: UnknownSecret.self) { try SecretVault(lineage: "a").reveal(concealed) }
  }

  @Test func concealsEveryPartOfAResource() {
    var vault = SecretVault(lineage: "a")
    let live = vault.conceal(held(["s": Self.clear], context: ["s": Self.clear]))
    let desired = vault.conceal(wanted(thing("a"), ["s": Self.clear]))
    #expect(throws: Never.self) { try CanonicalJSON.encode(live) }
    #expect(desired.attributes["s"] == live.attributes["s"].map { .exactly($0) })
  }

  @Test func neverShowsItsText() {
    var vault = SecretVault(lineage: "a")
    _ = vault.conceal(Self.clear)
    var dumped = ""
    dump(vault, to: &dumped)
    for text in ["\(vault)", String(reflecting: vault), dumped, "\(UnknownSecret())"] {
      #expect(!text.contains(Self.text))
    }
  }

  @Test func noSecretLeavesTheMemory() async throws {
    let bench = Scenario.bench
    let events = Events()
    let (plan, vault) = try await bench.plan(.policy(Scenario.desired))
    try await bench.apply(
      plan, vault: vault, in: bench.context(onEvent: { events.note("\($0)") }))
    await bench.cloud.change {
      $0[thing("u")]?.attributes["s"] = .sensitive(.clear("eve@example.com"))
    }
    try await bench.apply(Scenario.desired)
    try await bench.rollback(to: 3)
    let documents = await bench.store.documents + events.all
    #expect(documents.count > 20)
    for document in documents { #expect(!document.contains("@example.com")) }
  }

  @Test func doesNotPlanClearText() {
    // What the caller forgot to conceal cannot be written, only refused.
    let plan = makePlan(
      PlanInput(
        intent: .policy([wanted(thing("a"), ["s": Self.clear])]), environment: Bench.environment,
        policy: PolicyReference(commit: nil, hasUncommittedChanges: false, directory: ""),
        state: nil, lineage: "a", live: [:], schemas: Bench().types, time: ManualClock().now))
    #expect(throws: EncodingError.self) { try plan.digest() }
    #expect(!"\(plan)".contains(Self.text))
  }

  @Test func leavesWhatItCannotGiveBackAndRollsBackTheRest() async throws {
    let first: Value = .sensitive(.clear("first@example.com"))
    let bench = Bench([thing("a"): held(["s": first, "x": 1]), thing("b"): held(["x": 1])])
    let desired = [
      wanted(thing("a"), ["s": Scenario.secret, "x": 2]), wanted(thing("b"), ["x": 2]),
    ]
    try await bench.apply(desired)
    var changed = desired
    changed[0].attributes["s"] = .exactly(.sensitive(.clear("third@example.com")))
    changed[0].attributes["x"] = .exactly(3)
    try await bench.apply(changed)

    let (plan, vault) = try await bench.planRollback(to: 1)
    #expect(plan.problems.map(\.code) == [.unrecoverableSecret])
    #expect(plan.changes.map(\.set) == [["x": 2]])
    #expect(try await bench.apply(plan, vault: vault).result == .applied)
    #expect(await bench.cloud.resources[thing("a")]?.attributes["x"] == 2)
    let state = try await bench.store.load().state
    await Scenario.expectTrue(
      state, prior: State(lineage: "", environment: Bench.environment), cloud: bench.cloud, "left")

    // With the earlier policy at hand the secret comes back as well.
    let known = try await bench.planRollback(to: 1, alsoKnown: desired)
    #expect(known.plan.problems == [])
    try await bench.apply(known.plan, vault: known.vault)
    #expect(await bench.cloud.resources[thing("a")]?.attributes["s"] == Scenario.secret)
  }
}

/// Texts that were told.
private final class Events: Sendable {
  private let texts = Mutex<[String]>([])

  var all: [String] { texts.withLock { $0 } }

  func note(_ text: String) { texts.withLock { $0.append(text) } }
}
