import Foundation
import Model
import Testing

@Suite struct MonthlyCostTests {
  @Test func addsKnownPartsAndKeepsUnknownOnes() {
    let known = MonthlyCost(10, pricesAsOf: "2026-08-19")
    let partly = MonthlyCost(2, unknowns: ["data transfer"], pricesAsOf: "2026-07-01")
    let sum = known + partly + partly + .zero
    #expect(sum == MonthlyCost(14, unknowns: ["data transfer"], pricesAsOf: "2026-07-01"))
    #expect(!sum.isKnown)
    #expect(known.isKnown)
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
