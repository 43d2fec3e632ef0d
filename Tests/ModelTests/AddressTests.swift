import Model
import Testing

/// Names whose letters look the same and are written with other bytes: `é` as one character, and as two.
@Suite struct AddressTests {
  private let one = Address("budgets/budget", "caf\u{E9}")
  private let two = Address("budgets/budget", "cafe\u{301}")

  @Test func namesAreTheSameByteForByte() {
    #expect(one != two)
    #expect(one == Address("budgets/budget", "caf\u{E9}"))
    #expect(Set([one, two, one]).count == 2)
    #expect(one != Address("cloudwatch/alarm", "caf\u{E9}"))
  }

  @Test func haveAnOrderAllTheSame() {
    #expect((one < two) != (two < one))
    #expect([one, two].sorted() == [two, one].sorted())
    #expect(!(one < one))
  }

  @Test func aSetKnowsWhichOfThemItHolds() {
    #expect(Set([one.name]).holds(one.name))
    #expect(!Set([one.name]).holds(two.name))
    #expect(!Set([one.name]).holds("tea"))
  }
}
