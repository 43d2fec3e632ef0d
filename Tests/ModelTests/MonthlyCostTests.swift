import Foundation
import Model
import Testing

@Suite struct MonthlyCostTests {
  @Test func addsKnownPartsAndKeepsUnknownOnes() {
    let known = MonthlyCost(10, pricesAsOf: "2026-08-19")
    let partly = MonthlyCost(2, unknowns: ["data transfer"], pricesAsOf: "2026-07-01")
    let sum = known + partly + partly + .zero
    #expect(
      sum
        == MonthlyCost(
          14, unknowns: ["data transfer"], pricesAsOf: "2026-07-01", pricesUpTo: "2026-08-19"))
    #expect(!sum.isKnown)
    #expect(known.isKnown)
  }

  @Test func keepsOfItsPricesTheOldestTheNewestAndHowGoodTheyAre() throws {
    let days = ["2026-03-01", "2022-11-21", "2026-09-10"]
    let sum = days.map { MonthlyCost(1, pricesAsOf: $0) }.reduce(.zero, +)
    #expect(sum.pricesAsOf == "2022-11-21")
    #expect(sum.pricesUpTo == "2026-09-10")
    #expect(!sum.hasSecondaryPrices)
    let retold = sum + MonthlyCost(1, pricesAsOf: days[0], hasSecondaryPrices: true)
    #expect(retold.hasSecondaryPrices)
    #expect((MonthlyCost(1, pricesAsOf: days[0]) + .zero).pricesUpTo == nil)
    for cost in [sum, retold, .zero] {
      #expect(
        try JSONDecoder().decode(MonthlyCost.self, from: try JSONEncoder().encode(cost)) == cost)
    }
  }

  /// As earlier versions wrote it.
  @Test func readsACostThatSaysLessOfItsPrices() throws {
    let text = #"{"amount":3,"unknowns":[],"pricesAsOf":"2026-01-01"}"#
    #expect(
      try JSONDecoder().decode(MonthlyCost.self, from: Data(text.utf8))
        == MonthlyCost(3, pricesAsOf: "2026-01-01"))
  }

  @Test func saysWhyADifferenceIsNotKnown() {
    let change = CostChange(
      before: .unknown("requests"), after: MonthlyCost(5, unknowns: ["requests", "storage"]))
    #expect(change.delta == 5)
    #expect(change.unknowns == ["requests", "storage"])
  }

  @Test func zeroChangesNothing() {
    let cost = MonthlyCost(3, unknowns: ["x"], pricesAsOf: "2026-01-01")
    #expect(cost + .zero == cost)
    #expect(.zero + cost == cost)
  }
}
