import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// What is sealed comes back, each time planned by somebody who knows no clear text.
@Suite struct SealedPlanTests {
  private static let found: Value = .list([.sensitive(.clear("found@example.com"))])
  private static let wish: Value = .list([.sensitive(.clear("wish@example.com"))])
  private let desired = [wanted(thing("a"), ["s": Self.wish, "x": 2])]

  private func bench(_ key: String? = StateKeyTests.one) throws -> Bench {
    var bench = Bench([thing("a"): held(["s": Self.found, "x": 1])])
    if let key { bench.keys = try StateKeyTests.keys(key) }
    return bench
  }

  private func secret(_ bench: Bench) async -> Value? {
    await bench.cloud.resources[thing("a")]?.attributes["s"]
  }

  @Test func comesBackByRollback() async throws {
    let bench = try bench()
    #expect(try await bench.plan(desired).problems == [])
    try await bench.apply(desired)
    #expect(await secret(bench) == Self.wish)
    try await bench.rollback(to: 0)
    #expect(await secret(bench) == Self.found)
    // And forth again, without the policy.
    try await bench.rollback(to: 1)
    #expect(await secret(bench) == Self.wish)
  }

  @Test func comesBackWhenThePolicyNoLongerSetsIt() async throws {
    let bench = try bench()
    try await bench.apply(desired)
    try await bench.apply([wanted(thing("a"), ["x": 2])])
    #expect(await secret(bench) == Self.found)
  }

  @Test func comesBackWhenTheManifestGoes() async throws {
    let bench = try bench()
    try await bench.apply(desired)
    try await bench.apply([])
    #expect(await secret(bench) == Self.found)
  }

  @Test func comesBackWithAResourceThatWasDeleted() async throws {
    let bench = try bench()
    var removable = desired
    removable[0].onRemove = .delete
    try await bench.apply(removable)
    try await bench.apply([])
    #expect(await bench.cloud.resources[thing("a")] == nil)
    try await bench.rollback(to: 0)
    #expect(await secret(bench) == Self.found)
  }

  @Test func comesBackWhenAnInterruptedApplyIsUndone() async throws {
    let bench = try bench()
    let (plan, vault) = try await bench.plan(.policy(desired))
    bench.steps.fail(.before, .end)
    await #expect(throws: (any Error).self) { try await bench.apply(plan, vault: vault) }
    bench.steps.revive()
    #expect(await secret(bench) == Self.wish)
    #expect(try await bench.recover(.undo)?.result == .applied)
    #expect(await secret(bench) == Self.found)
  }

  @Test func isToldToBeLostWithoutAKey() async throws {
    let bench = try bench(nil)
    let told = try await bench.plan(desired).problems
    #expect(told.map(\.code) == [.unsealedSecret])
    #expect(told.allSatisfy { $0.message.contains("WEIR_STATE_KEY") })
    try await bench.apply(desired)
    let (back, _) = try await bench.planRollback(to: 0)
    #expect(back.problems.map(\.code) == [.unrecoverableSecret])
    #expect(back.changes.map(\.set) == [["x": 1]])
  }

  @Test func isToldToBeLockedWhereTheKeyIsMissing() async throws {
    var bench = try bench()
    try await bench.apply(desired)
    bench.keys = StateKeys()
    let (back, _) = try await bench.planRollback(to: 0)
    let id = try #require(try StateKey.list(base64: StateKeyTests.one).first?.id)
    #expect(back.problems.map(\.code) == [.unrecoverableSecret])
    #expect(back.problems.allSatisfy { $0.message.contains("state key \(id)") })
    bench.keys = try StateKeyTests.keys(StateKeyTests.two)
    await #expect(throws: SealError.self) { try await bench.planRollback(to: 0) }
  }

  @Test func aPlanIsTheSameWithAndWithoutAKeySaveForTheRemark() async throws {
    let with = try await bench().plan(desired)
    let without = try await bench(nil).plan(desired)
    #expect(try with.digest() == without.digest())
    #expect(with.problems != without.problems)
    #expect(with.causesOfStaleness(comparedWith: without).count == 1)
    #expect(without.causesOfStaleness(comparedWith: with) == [])
  }

  @Test func tellsOfAStrangersSecretAmongThoseOfThePolicy() async throws {
    let bench = try bench(nil)
    try await bench.apply(desired)
    await bench.cloud.change {
      $0[thing("a")]?.attributes["s"] = .list([.sensitive(.clear("stranger@example.com"))])
    }
    #expect(try await bench.plan(desired).problems.map(\.code) == [.unsealedSecret])
  }

  @Test func whatAWSGaveBackIsSealedOnceItIsSeen() async throws {
    var bench = try bench(nil)
    // The first version goes while no key is at hand, and AWS keeps it for a while.
    bench.types["free/thing"]?.keeps = { name, recorded in
      name == "s" && recorded["version"] == 1 ? Self.wish : nil
    }
    await bench.cloud.change { $0[thing("a")]?.context = ["version": 1] }
    try await bench.apply(desired)
    try await bench.apply([
      wanted(thing("a"), ["s": .list([.sensitive(.clear("other@example.com"))]), "x": 3])
    ])
    bench.keys = try StateKeyTests.keys(StateKeyTests.one)
    try await bench.rollback(to: 1)
    #expect(await secret(bench) == Self.wish)
    // It has gone from AWS, and comes back all the same.
    bench.types["free/thing"]?.keeps = { _, _ in nil }
    let digest = try #require(
      try await bench.store.load().state?.resources[thing("a")]?.attributes["s"]?.digests.first)
    #expect(try await bench.store.load().sealed.entries[digest] != nil)
  }

  @Test func whatAWSGivesBackIsNotSealed() throws {
    var vault = SecretVault(lineage: "l")
    let digest = vault.conceal(Self.found)
    let schema = ReferringType()
    #expect(secretsNeeded(for: digest, of: "s", recorded: ["version": 1], schema: schema) == [])
    #expect(secretsNeeded(for: digest, of: "s", recorded: [:], schema: schema).count == 1)
    #expect(secretsNeeded(for: digest, of: "s", recorded: nil, schema: schema).count == 1)
    #expect(secretsNeeded(for: digest, of: "s", recorded: ["version": 1], schema: nil).count == 1)
  }
}

/// A type whose values AWS keeps by their version.
private struct ReferringType: ResourceSchema {
  let type = "kept/version"
  let isCreatable = true
  let isDeletable = true
  let verification = Verification(tries: 1, interval: 0)
  func normalized(_ attributes: [String: Value]) -> [String: Value] { attributes }
  func restores(_ attribute: String, from recorded: [String: Value]) -> Bool {
    recorded["version"] != nil
  }
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] { [] }
  func problems(with write: ResourceWrite) -> [ResourceProblem] { [] }
  func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? { nil }
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    MonthlyCost(0)
  }
}
