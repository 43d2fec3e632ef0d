import Foundation
import Model
import Testing

@testable import Rendering

@Suite struct MoneyTests {
  @Test(arguments: [
    ("0", "$0.00/mo"), ("134.0815", "+$134.08/mo"), ("-134.0815", "-$134.08/mo"),
    ("0.005", "+$0.01/mo"), ("-0.005", "-$0.01/mo"), ("0.0049", "+<$0.01/mo"),
    ("-0.001", "-<$0.01/mo"), ("1234567.895", "+$1,234,567.90/mo"), ("999.995", "+$1,000.00/mo"),
    ("12", "+$12.00/mo"), ("1000", "+$1,000.00/mo"),
  ])
  func roundsHalfUpToTheCent(_ amount: String, _ shown: String) {
    #expect(money(decimal(amount), signed: true) == shown)
  }

  @Test func showsASignOnlyWhereItIsAskedFor() {
    #expect(money(12, signed: false) == "$12.00/mo")
    #expect(money(-12, signed: false) == "-$12.00/mo")
    #expect(money(decimal("0.001"), signed: false) == "<$0.01/mo")
  }

  @Test func marksWhatOthersRetell() {
    let official = MonthlyCost(3, pricesAsOf: "2026-08-19")
    let retold = MonthlyCost(3, pricesAsOf: "2022-11-21", hasSecondaryPrices: true)
    func marked(_ before: MonthlyCost, _ after: MonthlyCost) -> String {
      markedMoney(CostChange(before: before, after: after), times: 2)
    }
    #expect(marked(.zero, official) == "+$6.00/mo")
    #expect(marked(.zero, retold) == "* +$6.00/mo")
    #expect(marked(retold, .zero) == "* -$6.00/mo")
  }

  @Test func saysOfWhatDaysPricesAre() {
    let old = MonthlyCost(3, pricesAsOf: "2022-11-21")
    let new = MonthlyCost(3, pricesAsOf: "2026-08-19")
    func days(_ before: MonthlyCost, _ after: MonthlyCost) -> String {
      priceDays(CostChange(before: before, after: after))
    }
    #expect(days(.zero, .zero) == "")
    #expect(days(old, old) == " (prices as of 2022-11-21)")
    #expect(days(old, new) == " (prices as of 2026-08-19, the oldest of 2022-11-21)")
  }
}
