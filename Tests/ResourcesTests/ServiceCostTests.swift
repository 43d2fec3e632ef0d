import Foundation
import Model
import Testing

@testable import Resources

private func cost(
  _ cpu: Value, _ memory: Value, _ count: Value, _ context: [String: Value] = [:],
  strategy: Value? = nil, region: String = "us-east-1"
) -> MonthlyCost {
  var attributes = ["cpu": cpu, "memory": memory, "desiredCount": count]
  attributes["capacityProviders"] = strategy
  return resourceType("ecs/service", region: region).monthlyCost(
    attributes: attributes, context: ["launchType": "FARGATE"].merging(context) { $1 })
}

/// Half up to cents.
private func cents(_ amount: Decimal) -> String {
  let halfUp = NSDecimalNumberHandler(
    roundingMode: .plain, scale: 2, raiseOnExactness: false, raiseOnOverflow: false,
    raiseOnUnderflow: false, raiseOnDivideByZero: false)
  return NSDecimalNumber(decimal: amount).rounding(accordingToBehavior: halfUp).decimalValue
    .description
}

private func split(_ providers: (String, base: Int, weight: Int)...) -> Value {
  .map(
    Dictionary(
      uniqueKeysWithValues: providers.map {
        ($0.0, ["base": Value($0.base), "weight": Value($0.weight)])
      }))
}

@Suite struct ServiceCostTests {
  @Test(arguments: ["us-east-1", "us-east-2"])
  func pricesTheRightSizingPlan(region: String) {
    let before = cost(2048, 8192, 2, region: region)
    let after = cost(1024, 2048, 1, region: region)
    #expect(cents(before.amount) == "170.12" && before.isKnown)
    #expect(cents(after.amount) == "36.04" && after.isKnown)
    #expect(cents(after.amount - before.amount) == "-134.08")
    #expect(cents(cost(1024, 2048, 4, region: region).amount) == "144.16")
  }

  @Test func pricesARMAndWindows() {
    #expect(cents(cost(1024, 2048, 1, ["cpuArchitecture": "ARM64"]).amount) == "28.84")
    let windows = cost(1024, 2048, 1, ["operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"])
    // (0.046552 + 0.046 + 2 x 0.00511175) x 730
    #expect(windows.amount.description == "75.026115")
  }

  @Test func pricesStorageAboveTheFreeTwenty() {
    let plain = cost(256, 512, 2).amount
    #expect(cost(256, 512, 2, ["ephemeralStorageGiB": 20]).amount == plain)
    let stored = cost(256, 512, 2, ["ephemeralStorageGiB": 120]).amount
    #expect((stored - plain).description == "16.206")
  }

  @Test func countsSpotAsAPartOfTheFullPrice() {
    let one = cost(256, 512, 1).amount
    let all = cost(256, 512, 2, strategy: split(("FARGATE_SPOT", base: 0, weight: 1)))
    #expect(all.amount == one * 2 * Decimal(3) / 10)
    let half = cost(
      256, 512, 4,
      strategy: split(("FARGATE", base: 2, weight: 1), ("FARGATE_SPOT", base: 0, weight: 1)))
    #expect(half.amount == one * 3 + one * Decimal(3) / 10)
    let none = cost(
      256, 512, 2,
      strategy: split(("FARGATE", base: 2, weight: 0), ("FARGATE_SPOT", base: 0, weight: 1)))
    #expect(none.isKnown && none.amount == one * 2)
    let windows = cost(
      1024, 2048, 1, ["operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"],
      strategy: split(("FARGATE_SPOT", base: 0, weight: 1)))
    #expect(!windows.isKnown)
  }

  @Test func doesNotPriceInstances() {
    let reason = "runs on EC2 instances that are billed by themselves"
    #expect(cost(256, 512, 2, ["launchType": "EC2"]) == .unknown(reason))
    #expect(cost(256, 512, 2, strategy: split(("mine", base: 0, weight: 1))) == .unknown(reason))
    #expect(
      cost(256, 512, 2, ["launchType": "EXTERNAL"]) == .unknown("runs on servers outside AWS"))
  }

  @Test func namesTheRegionWithoutAPrice() {
    #expect(
      cost(256, 512, 2, region: "eu-west-3")
        == .unknown("no price for Fargate in eu-west-3 in the catalog"))
    #expect(cost(256, 512, 0, region: "eu-west-3") == .zero)
  }

  @Test func saysWhatIsMissing() {
    let type = resourceType("ecs/service")
    #expect(!type.monthlyCost(attributes: [:], context: [:]).isKnown)
    #expect(
      type.monthlyCost(attributes: ["desiredCount": 1], context: ["launchType": "FARGATE"])
        == .unknown("the size of the tasks is not known"))
  }
}
