import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// Whether an edit of the policy does just what it is for.
@Suite struct AcceptanceTests {
  private let address = thing("one")
  private let other = thing("two")
  private let live: [Address: LiveResource] = [
    thing("one"): LiveResource(attributes: ["x": 9, "doc": ["a": 5, "b": 2]])
  ]

  private func effects(
    _ paths: [String], before: [String: [DesiredResource]], after: [String: [DesiredResource]]
  ) -> [String] {
    sideEffects(
      of: Set(paths.map { AcceptedField(address, $0) }), before: before, after: after, in: "prod",
      live: live, schemas: Bench().types)
  }

  @Test func findsNothingWhereJustTheLiveValueIsTakenOver() {
    #expect(
      effects(
        ["x"], before: ["prod": [wanted(address, ["x": 1])]],
        after: ["prod": [wanted(address, ["x": 9])]]) == [])
    #expect(
      effects(
        ["doc.a"], before: ["prod": [wanted(address, ["doc": ["a": 1, "b": 7]])]],
        after: ["prod": [wanted(address, ["doc": ["a": 5, "b": 7]])]]) == [])
  }

  @Test func findsAValueThatIsStillNotAsInAWS() {
    let found = effects(
      ["x"], before: ["prod": [wanted(address, ["x": 1])]],
      after: ["prod": [wanted(address, ["x": 8])]])
    #expect(found == ["x of \(address) would still not be as in AWS"])
  }

  @Test func findsWhatElseChanges() {
    let found = effects(
      ["doc.a"],
      before: ["prod": [wanted(address, ["doc": ["a": 1, "b": 7]]), wanted(other, ["x": 1])]],
      after: ["prod": [wanted(address, ["doc": ["a": 5, "b": 5]]), wanted(other, ["x": 5])]])
    #expect(
      found == ["doc.b of \(address) would change, too", "x of \(other) would change, too"])
  }

  @Test func findsWhatChangesInAnotherEnvironment() {
    let before = [wanted(address, ["x": 1])]
    let after = [wanted(address, ["x": 9])]
    #expect(
      effects(
        ["x"], before: ["prod": before, "staging": before],
        after: ["prod": after, "staging": after])
        == ["x of \(address) in staging would change, too"])
  }

  @Test func letsBoundsFollowWithinWhichSomebodyElseMovesAValue() {
    func bounds(_ least: Int, _ x: Value) -> [DesiredResource] {
      [
        wanted(address, ["x": x]),
        wanted(
          other,
          wishes: ["n": .within(.init(least)...9, initial: nil, owner: address)]),
      ]
    }
    #expect(
      effects(["x"], before: ["prod": bounds(1, 1)], after: ["prod": bounds(3, 9)]) == [])
  }

  @Test func findsResourcesThatComeAndGo() {
    let found = effects(
      ["x"], before: ["prod": [wanted(address, ["x": 1])]],
      after: ["prod": [wanted(address, ["x": 9]), wanted(other, ["x": 1])]])
    #expect(found == ["\(other) would be asked for"])
  }
}
