import Model
import Testing

@testable import Resources

extension BudgetTests {
  @Test func deletesWhatIsGoneAlready() async throws {
    let aws = FakeAWS { _, _ in throw FakeFailure(code: "NotFoundException") }
    try await resourceType("budgets/budget", aws).delete(
      ResourceWrite(name: "n", live: nil, set: [:]))
  }

  @Test func keepsTheOrderOfDigests() {
    let subscribers: Value = [
      ["type": "EMAIL", "address": .sensitive(.digest("z"))],
      ["type": "EMAIL", "address": .sensitive(.digest("a"))],
    ]
    let key = "notifications.ACTUAL > 80%"
    #expect(
      resourceType("budgets/budget").normalized([key: subscribers]) == [key: subscribers])
  }

  @Test(arguments: [
    ("notifications.ACTUAL > 80%", "notifications.ACTUAL > 80%"),
    ("notifications.actual>80.0 %", "notifications.ACTUAL > 80%"),
    ("notifications.FORECASTED > 1000 USD", "notifications.FORECASTED > 1000 USD"),
    ("notifications.ACTUAL < 0.50 GB", "notifications.ACTUAL < 0.5 GB"),
    ("notifications.ACTUAL = 7%", "notifications.ACTUAL = 7%"),
    ("notifications.SOMETIMES > 7%", "notifications.SOMETIMES > 7%"),
  ])
  func settlesKeys(written: String, normal: String) {
    let attributes: [String: Value] = [written: [["type": "SNS", "address": "arn"]]]
    #expect(resourceType("budgets/budget").normalized(attributes).keys.first == normal)
  }

  @Test func isFree() {
    #expect(
      resourceType("budgets/budget", region: "ap-south-2")
        .monthlyCost(attributes: ["limit": 1], context: [:]) == .zero)
  }

  @Test func saysWhatAWSWouldRefuse() {
    let type = resourceType("budgets/budget")
    let told: Value = [["type": "SNS", "address": "a"]]
    let write = ResourceWrite(
      name: "a:b", live: nil,
      set: [
        "timeUnit": "DAILY", "notifications.FORECASTED > 80%": told,
        "notifications.ACTUAL > 2000000%": told, "notifications.nonsense": told,
        "notifications.ACTUAL > 5%": [], "notifications.ACTUAL > 6%": [.null, .null],
      ])
    #expect(
      type.errors(write) == [
        #"The name of a budget has 1 to 100 characters, without ":", "\" and "/action/"."#,
        "A new budget needs its limit.",
        "A threshold is at most 1,000,000%.",
        "A notification has at least one subscriber, of type EMAIL or SNS.",
        "A notification has at least one subscriber, of type EMAIL or SNS.",
        "A daily budget has no forecast, so that only ACTUAL can be compared.",
        "A notification is named like \"notifications.ACTUAL > 80%\" or"
          + " \"notifications.FORECASTED > 1000 USD\".",
      ])
    let fine = ResourceWrite(
      name: "n", live: nil,
      set: ["limit": 1, "timeUnit": "MONTHLY", "notifications.ACTUAL > 80%": told])
    #expect(type.problems(with: fine).isEmpty)
  }
}
