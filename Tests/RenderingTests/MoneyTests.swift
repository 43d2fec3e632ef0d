import Foundation
import Rendering
import Testing

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
}
