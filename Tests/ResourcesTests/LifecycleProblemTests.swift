import Foundation
import Model
import Synchronization
import Testing

@testable import Resources

private let kind = "s3/lifecycle"

private func problems(_ rule: [String: Value]) -> [String] {
  let rule = Value.map(["Status": "Enabled", "Filter": ["Prefix": ""]]).with(rule)
  return resourceType(kind).errors(
    ResourceWrite(name: "b", live: LiveResource(attributes: [:]), set: ["rules.a": rule]))
}

private func steps(_ steps: (Int, String)...) -> [String: Value] {
  [
    "Transitions": .list(
      steps.map { ["Days": Value($0.0), "StorageClass": .string($0.1)] })
  ]
}

@Suite struct LifecycleProblemTests {
  @Test func tellsWhatNoRollbackMovesBack() {
    func remarks(_ rule: [String: Value], live: [String: Value]? = nil) -> [String] {
      func whole(_ rule: [String: Value]) -> Value {
        Value.map(["Status": "Enabled", "Filter": ["Prefix": ""]]).with(rule)
      }
      let before = live.map { ["rules.b": whole($0)] } ?? [:]
      return resourceType(kind).problems(
        with: ResourceWrite(
          name: "b", live: LiveResource(attributes: before), set: ["rules.a": whole(rule)])
      ).map(\.message).filter { $0.contains("no rollback moves it back") }
    }
    #expect(remarks(steps((0, "DEEP_ARCHIVE"))).first?.contains("180 days") == true)
    #expect(remarks(steps((90, "GLACIER"), (180, "DEEP_ARCHIVE"))).count == 2)
    #expect(remarks(steps((30, "STANDARD_IA"))).isEmpty)
    #expect(remarks(steps((90, "GLACIER")), live: steps((90, "GLACIER"))).isEmpty)
    #expect(remarks(steps((91, "GLACIER")), live: steps((90, "GLACIER"))).isEmpty)
    #expect(remarks(steps((89, "GLACIER")), live: steps((90, "GLACIER"))).count == 1)
    let versions: [String: Value] = [
      "NoncurrentVersionTransitions": [["NoncurrentDays": 1, "StorageClass": "GLACIER"]]
    ]
    #expect(remarks(versions, live: steps((1, "GLACIER"))).count == 1)
    #expect(remarks(steps((1, "GLACIER")).merging(["Status": "Disabled"]) { $1 }).isEmpty)
  }

  @Test func takesTheWaterfall() {
    let waterfall = steps((30, "STANDARD_IA"), (90, "GLACIER"), (365, "DEEP_ARCHIVE"))
    #expect(problems(waterfall).isEmpty)
    #expect(problems(steps((0, "GLACIER_IR"))).isEmpty)
    #expect(problems(["AbortIncompleteMultipartUpload": ["DaysAfterInitiation": 7]]).isEmpty)
  }

  @Test(arguments: ["STANDARD_IA", "ONEZONE_IA"])
  func refusesInfrequentAccessBefore30Days(storage: String) {
    #expect(
      problems(steps((5, storage))) == [
        "A transition to \(storage) comes after 30 days at the earliest, here after 5: S3 refuses an"
          + " earlier one."
      ])
    let noncurrent: [String: Value] = [
      "NoncurrentVersionTransitions": [["NoncurrentDays": 29, "StorageClass": .string(storage)]]
    ]
    #expect(problems(noncurrent).count == 1)
  }

  @Test func refusesToGoUp() {
    #expect(
      problems(steps((30, "GLACIER"), (90, "STANDARD_IA"))) == [
        "S3 does not move objects from GLACIER to STANDARD_IA."
      ])
    #expect(problems(steps((30, "ONEZONE_IA"), (90, "GLACIER_IR"))).count == 1)
    #expect(problems(steps((30, "STANDARD_IA"), (90, "STANDARD_IA"))).count == 1)
    #expect(problems(steps((30, "STANDARD"))).count == 1)
  }

  @Test func wantsTimeBetweenSteps() {
    #expect(
      problems(steps((30, "STANDARD_IA"), (59, "GLACIER"))) == [
        "Objects stay in STANDARD_IA for 30 days at least: the transition to GLACIER comes after 60"
          + " days at the earliest, here after 59."
      ])
    #expect(problems(steps((90, "GLACIER"), (90, "DEEP_ARCHIVE"))).count == 1)
    #expect(
      problems(steps((90, "GLACIER")).merging(["Expiration": ["Days": 90]]) { $1 }).count == 1)
  }

  @Test func refusesWhatMakesNoSense() {
    #expect(problems([:]).count == 1)
    #expect(problems(["Status": "On", "Expiration": ["Days": 0]]).count == 2)
    #expect(
      problems([
        "Filter": ["Prefix": "a", "Tag": ["Key": "b", "Value": "c"]], "Expiration": ["Days": 1],
      ]).count == 1)
    #expect(
      problems([
        "NoncurrentVersionExpiration": ["NoncurrentDays": 1, "NewerNoncurrentVersions": 101]
      ]).count == 1)
    #expect(
      problems(steps((1, "GLACIER")).merging(["Expiration": ["Date": 1_798_761_600]]) { $1 }).count
        == 1)
  }

  @Test func countsRulesAndLetters() {
    let type = resourceType(kind)
    let many = Dictionary(uniqueKeysWithValues: (0..<1000).map { ("rules.\($0)", ownRule) })
    let live = LiveResource(attributes: many)
    #expect(
      type.errors(ResourceWrite(name: "b", live: live, set: ["rules.x": ownRule])) == [
        "A bucket has at most 1000 rules; this one would have 1001."
      ])
    let long = "rules." + String(repeating: "x", count: 256)
    #expect(
      type.errors(ResourceWrite(name: "b", live: nil, set: [long: ownRule, "rules.": ownRule]))
        .count == 2)
  }

  @Test func remarksOnRulesThatMeet() {
    let theirs = ownRule.with(["Expiration": ["Days": 7]])
    let live = LiveResource(attributes: [
      "rules.theirs": theirs, "rules.off": theirs.with(["Status": "Disabled"]),
      "rules.elsewhere": theirs.with(["Filter": ["Prefix": "x"]]), "rules.same": ownRule,
    ])
    let found = resourceType(kind).problems(
      with: ResourceWrite(name: "b", live: live, set: ["rules.mine": ownRule]))
    #expect(found.map(\.severity) == [.warning])
    #expect(found.first?.message.contains("\"theirs\"") == true)
    #expect(found.first?.message.contains("Expiration") == true)
  }

  @Test func aMinimumSizeNeedsRules() {
    let write = ResourceWrite(
      name: "b", live: LiveResource(attributes: [:]),
      set: ["transitionDefaultMinimumObjectSize": "all_storage_classes_128K"])
    #expect(resourceType(kind).errors(write).count == 1)
  }
}
