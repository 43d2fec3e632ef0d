import Foundation
import Model
import Testing

@testable import Resources

/// What setting `rule` deletes for good where `live` is in force; nil where nothing is.
private func reason(_ rule: Value, live: [String: Value] = [:], key: String = "rules.a") -> String?
{
  func whole(_ rule: Value) -> Value {
    .map(["Status": "Enabled", "Filter": ["Prefix": "logs/"]].merging(rule.map ?? [:]) { $1 })
  }
  return resourceType("s3/lifecycle").irreversible(
    ResourceWrite(
      name: "b", live: LiveResource(attributes: live.mapValues(whole)), set: [key: whole(rule)]),
    action: .update)
}

private func expires(_ days: Int) -> Value { ["Expiration": ["Days": Value(days)]] }

private func aborts(_ days: Int) -> Value {
  ["AbortIncompleteMultipartUpload": ["DaysAfterInitiation": Value(days)]]
}

private func replaced(_ days: Int, keeping: Int? = nil) -> Value {
  var members: [String: Value] = ["NoncurrentDays": Value(days)]
  members["NewerNoncurrentVersions"] = keeping.map { Value($0) }
  return ["NoncurrentVersionExpiration": .map(members)]
}

@Suite struct LifecycleDeletionTests {
  @Test func beginningToDeleteIsForGood() {
    #expect(
      reason(expires(90))
        == "Rule \"a\" deletes objects under logs/ older than 90 days, and no rollback brings them"
        + " back.")
    #expect(
      reason(replaced(30, keeping: 3))
        == "Rule \"a\" deletes earlier versions of objects under logs/ 30 days after they were"
        + " replaced, but for the newest 3, and no rollback brings them back.")
    #expect(
      reason(["Expiration": ["Date": "2027-01-01T00:00:00Z"]])?.contains(
        "all objects under logs/ from 2027-01-01 on") == true)
  }

  @Test func soonerIsForGoodAndLaterIsNot() {
    #expect(reason(expires(89), live: ["rules.a": expires(90)]) != nil)
    #expect(reason(expires(90), live: ["rules.a": expires(90)]) == nil)
    #expect(reason(expires(91), live: ["rules.a": expires(90)]) == nil)
    #expect(reason(replaced(30), live: ["rules.a": replaced(31)]) != nil)
    #expect(reason(replaced(31), live: ["rules.a": replaced(30)]) == nil)
    #expect(reason(replaced(30, keeping: 2), live: ["rules.a": replaced(30, keeping: 3)]) != nil)
    #expect(reason(replaced(30, keeping: 3), live: ["rules.a": replaced(30, keeping: 2)]) == nil)
  }

  @Test func partsOfUploadsAreGoneForGood() {
    #expect(
      reason(aborts(7))
        == "Rule \"a\" deletes unfinished uploads of objects under logs/ 7 days after they began, and"
        + " no rollback brings them back.")
    #expect(reason(aborts(1), live: ["rules.a": aborts(7)]) != nil)
    #expect(reason(aborts(7), live: ["rules.a": aborts(7)]) == nil)
    #expect(reason(aborts(8), live: ["rules.b": aborts(7)]) == nil)
  }

  @Test func anotherNameForTheSameRuleDeletesNothingNew() {
    #expect(reason(expires(90), live: ["rules.old": expires(90)]) == nil)
  }

  @Test func otherObjectsOrARuleOutOfForceCount() {
    let elsewhere: Value = ["Filter": ["Prefix": "tmp/"], "Expiration": ["Days": 1]]
    #expect(reason(expires(90), live: ["rules.a": elsewhere]) != nil)
    let disabled: Value = ["Status": "Disabled", "Expiration": ["Days": 90]]
    #expect(reason(expires(90), live: ["rules.a": disabled]) != nil)
    #expect(reason(disabled) == nil)
  }

  @Test func whatIsNoObjectOrStaysIsNotLost() {
    #expect(reason(["Expiration": ["ExpiredObjectDeleteMarker": true]]) == nil)
    #expect(reason(["Transitions": [["Days": 90, "StorageClass": "GLACIER"]]]) == nil)
  }
}
