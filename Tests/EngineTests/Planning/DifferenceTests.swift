import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct DifferenceTests {
  private func changes(_ before: Value?, _ after: Value?) -> [String] {
    leafChanges(from: before, to: after, at: "a") { _ in nil }.map {
      "\($0.path): \($0.before == nil ? "-" : "+") \($0.after == nil ? "-" : "+")"
    }
  }

  @Test func tellsEachLeafOfAMap() {
    #expect(
      changes(["x": 1, "y": ["z": 2, "w": 3]], ["x": 1, "y": ["z": 4], "v": 5]) == [
        "a.v: - +", "a.y.w: + -", "a.y.z: + +",
      ])
  }

  @Test func tellsAListAsAWhole() { #expect(changes([1, 2], [1, 3]) == ["a: + +"]) }

  @Test func tellsNothingWhereNothingDiffers() {
    #expect(changes(nil, nil) == [])
    #expect(changes(["x": [1, ["y": .null]]], ["x": [1, ["y": .null]]]) == [])
  }

  @Test func tellsWhatComesAndGoes() {
    #expect(changes(nil, 1) == ["a: - +"])
    #expect(changes(1, nil) == ["a: + -"])
    #expect(changes(1, ["x": 1]) == ["a: + +"])
  }

  @Test func takesThePlaceOfTheNearestAncestor() throws {
    let desired = wanted(thing("a"), ["rules": 1])
    let target = try #require(
      policyTargets(desired: [desired], state: nil, schemas: [:]).first)
    #expect(target.source(of: "rules.logs.days") == desired.range)
    #expect(target.source(of: "rules") == desired.range)
    #expect(target.source(of: "rulesets.x") == nil)
  }
}
