import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// A plan in a file is that plan, made then, or it is refused.
@Suite struct SavedPlanTests {
  private static let seed = Data((1...32).map { UInt8($0) }).base64EncodedString()

  private func key(_ base64: String = seed) throws -> PlanSigningKey {
    try PlanSigningKey(base64: base64)
  }

  private func plan() async throws -> Plan {
    let bench = Scenario.bench
    bench.clock.advance(by: 0.789)
    return try await bench.plan(.policy(Scenario.desired)).plan
  }

  @Test(arguments: [true, false]) func comesBackAsItWasSaved(isSigned: Bool) async throws {
    let saved = try SavedPlan(try await plan(), key: isSigned ? key() : nil)
    let read = try SavedPlan(reading: CanonicalJSON.encode(saved))
    #expect(read.digest == saved.digest && read.signature == saved.signature)
    #expect(read.plan.changes == saved.plan.changes)
    #expect((read.signature != nil) == isSigned)
  }

  @Test func anyEditIsSeen() async throws {
    let text = String(
      decoding: try CanonicalJSON.encode(SavedPlan(try await plan(), key: key())), as: UTF8.self)
    let edits: [(String, String)] = [
      (#""time" : "2026"#, #""time" : "2027"#), (#""x" : 2"#, #""x" : 20"#),
      (#""serial" : 3"#, #""serial" : 4"#), (#""free/thing""#, #""kept/thing""#),
      (#""policyCommit""#, #""policyCommit""#), (#""digest" : "sha256:"#, #""digest" : "sha256:0"#),
      (#""seal" : "sha256:"#, #""seal" : "sha256:0"#),
    ]
    for (old, new) in edits where old != new {
      let edited = text.replacingOccurrences(of: old, with: new)
      #expect(edited != text, "\(old)")
      #expect(throws: SavedPlanError.edited, "\(old)") {
        try SavedPlan(reading: Data(edited.utf8))
      }
    }
  }

  @Test(arguments: ["", "{}", "[]", "not JSON", #"{"formatVersion": "1.0"}"#, "\u{0}"])
  func isNoPlan(text: String) {
    #expect(throws: SavedPlanError.notAPlan) { try SavedPlan(reading: Data(text.utf8)) }
  }

  @Test(arguments: ["2.0", "0.9", "10.0"])
  func isOfAnotherFormat(version: String) async throws {
    let saved = try SavedPlan(try await plan(), key: nil)
    let text = String(decoding: try CanonicalJSON.encode(saved), as: UTF8.self)
    // Only the file's own version differs, and nothing after it can be read any more.
    let range = try #require(text.range(of: #""formatVersion" : "1.1""#))
    let other = text.replacingCharacters(in: range, with: #""formatVersion" : "\#(version)""#)
    let outer = #"{"formatVersion": "\#(version)"}"#
    for text in [other, outer] {
      #expect(throws: SavedPlanError.self) { try SavedPlan(reading: Data(text.utf8)) }
    }
    let error = #expect(throws: SavedPlanError.self) {
      try SavedPlan(reading: Data(outer.utf8))
    }
    guard case .otherFormat(let format)? = error else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(format.found == version && format.supported == "1.1")
  }

  @Test func isOfTheKeyThatSignedIt() async throws {
    let plan = try await plan()
    let signed = try SavedPlan(plan, key: key())
    try signed.checkSignature(key().publicKey)
    let other = Data((2...33).map { UInt8($0) }).base64EncodedString()
    let (mine, others) = (try key().publicKey, try key(other).publicKey)
    #expect(throws: SavedPlanError.otherSignature) { try signed.checkSignature(others) }
    let unsigned = try SavedPlan(plan, key: nil)
    #expect(throws: SavedPlanError.unsigned) { try unsigned.checkSignature(mine) }
  }

  @Test func noSignatureHoldsForAnotherPlanOrTime() async throws {
    let plan = try await plan()
    let signature = try #require(try SavedPlan(plan, key: key()).signature)
    var later = plan
    later.time = plan.time.addingTimeInterval(3600)
    for other in [later, plan.selecting(["u"])] {
      let unsigned = try SavedPlan(other, key: nil)
      let text = String(decoding: try CanonicalJSON.encode(unsigned), as: UTF8.self)
      let forged = text.replacingOccurrences(
        of: #""seal" :"#, with: #""signature" : "\#(signature)", "seal" :"#)
      let read = try SavedPlan(reading: Data(forged.utf8))
      let key = try key().publicKey
      #expect(throws: SavedPlanError.otherSignature) { try read.checkSignature(key) }
    }
  }

  @Test func publicKeyIsReadFromItsBytes() async throws {
    // The key pair of RFC 8032, section 7.1, test 1, as openssl writes it.
    let signing = try key("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
    let checking = try PlanPublicKey(base64: "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n")
    try SavedPlan(try await plan(), key: signing).checkSignature(checking)
  }

  @Test(arguments: [
    ("no base64!", PlanKeyError.notBase64), ("", .wrongLength(0)), ("c2hvcnQ=", .wrongLength(5)),
    (Data(count: 64).base64EncodedString(), .wrongLength(64)),
  ]) func malformedKeysAreTold(text: String, expected: PlanKeyError) {
    #expect(throws: expected) { try PlanSigningKey(base64: text) }
    #expect(throws: expected) { try PlanPublicKey(base64: text) }
  }

  @Test func keysShowNothing() throws {
    let key = try key()
    var dumped = ""
    dump(key, to: &dumped)
    #expect("\(key) \(String(reflecting: key))".contains(Self.seed) == false)
    #expect(dumped == "- PlanSigningKey\n")
  }

  @Test(arguments: [
    (0.0, true), (86_400, true), (86_401, false), (-300, true), (-301, false), (9e8, false),
  ]) func expiresAndIsNotOfTheFuture(age: Double, isFresh: Bool) async throws {
    let plan = try await plan()
    let problem = plan.ageProblem(at: plan.time.addingTimeInterval(age), lifetime: 86_400)
    #expect((problem == nil) == isFresh)
    if !isFresh { #expect(problem?.contains(age < 0 ? "future" : "expired") == true) }
  }

  @Test func tellsWhenOnlyPricesMoved() async throws {
    let plan = try await plan()
    func repriced(_ change: Change, set: [String: Value]? = nil, cost: Int) -> Change {
      let after = MonthlyCost(Decimal(cost))
      return Change(
        address: change.address, action: change.action, reason: change.reason,
        before: change.before, set: set ?? change.set, unset: change.unset,
        recorded: change.recorded, fields: change.fields,
        cost: CostChange(before: .zero, after: after), after: change.after,
        outcome: change.outcome, notes: change.notes)
    }
    var dearer = plan
    dearer.changes = plan.changes.map { repriced($0, cost: 99) }
    #expect(
      plan.causesOfStaleness(comparedWith: dearer) == [
        "Prices have changed since the plan was made."
      ])
    var other = plan
    let first = try #require(plan.changes.first { $0.address == thing("c") })
    other.changes = plan.changes.map {
      $0.address == first.address ? repriced($0, set: ["x": 8, "y": 1], cost: 3) : $0
    }
    #expect(
      plan.causesOfStaleness(comparedWith: other) == [
        "free/thing c: the policy wants another x now, as when a window of a schedule begins."
      ])
    var limited = plan
    limited.problems = [PlanProblem(remark: "Mind the gap.")]
    #expect(plan.causesOfStaleness(comparedWith: limited) == ["plan: Mind the gap."])
  }
}
