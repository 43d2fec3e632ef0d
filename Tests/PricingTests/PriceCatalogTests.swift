import Foundation
import Model
import Pricing
import Testing

@Suite struct PriceCatalogTests {
  @Test func knowsExactPrices() throws {
    let price = try #require(PriceCatalog.builtIn.price(of: .fargateMemory, in: "us-east-2"))
    #expect(price.amount.description == "0.004445")
    #expect(price.unit == .gigabyteHour)
    #expect(price.confidence == .secondary)
  }

  @Test func doesNotKnowOtherRegions() {
    #expect(PriceCatalog.builtIn.price(of: .fargateCPU, in: "eu-west-3") == nil)
    let cost = PriceCatalog.builtIn.monthlyCost(
      of: .fargateCPU, quantity: 1, in: "eu-west-3", called: "Fargate")
    #expect(cost == .unknown("no price for Fargate in eu-west-3 in the catalog"))
  }

  @Test(
    arguments: [
      (PricedItem.gp2Storage, "0.1", true), (.gp3Storage, "0.08", false),
      (.idleAddress, "3.65", false), (.computeInstance("m6i.large"), "70.08", true),
    ] as [(PricedItem, String, Bool)])
  func saysWhichPricesOthersRetell(item: PricedItem, amount: String, isSecondary: Bool) {
    let cost = PriceCatalog.builtIn.monthlyCost(
      of: item, quantity: 1, in: "us-east-2", called: "it")
    #expect(cost.amount.description == amount)
    #expect(cost.hasSecondaryPrices == isSecondary)
  }

  @Test(arguments: [PricedItem.snapshotStorage, .gp3IOPS, .io1Storage, .auroraCapacity])
  func doesNotTakeOneRegionForAnother(item: PricedItem) {
    #expect(PriceCatalog.builtIn.price(of: item, in: "us-east-1") != nil)
    #expect(PriceCatalog.builtIn.price(of: item, in: "us-east-2") == nil)
  }

  @Test func countsAMonthOf730Hours() {
    let cost = PriceCatalog.builtIn.monthlyCost(
      of: .fargateCPU, quantity: 2, in: "us-east-1", called: "Fargate")
    #expect(cost.amount.description == "59.1008")
    #expect(cost.pricesAsOf == "2026-08-19")
  }

  @Test func countsMonthlyPricesOnce() {
    let cost = PriceCatalog.builtIn.monthlyCost(
      of: .advancedParameter, quantity: 3, in: "eu-west-3", called: "parameters")
    #expect(cost.amount.description == "0.15")
  }

  @Test(arguments: [PricedItem.budget, .scheduledAction, .standardParameter, .scalableTarget])
  func knowsWhatIsFree(item: PricedItem) throws {
    #expect(try #require(PriceCatalog.builtIn.price(of: item, in: "eu-west-3")).amount == 0)
    let cost = PriceCatalog.builtIn.monthlyCost(
      of: item, quantity: 5, in: "eu-west-3", called: "it")
    #expect(cost == .zero)
  }

  @Test func needsNoPriceForNothing() {
    let cost = PriceCatalog.builtIn.monthlyCost(
      of: .fargateCPU, quantity: 0, in: "eu-west-3", called: "Fargate")
    #expect(cost == .zero)
  }

  @Test func aRegionsPriceCountsBeforeTheGeneralOne() {
    let price = { (region: String, amount: Decimal) in
      Price(
        .alarm, region: region, amount, per: .month, asOf: "2026-01-01", source: "a test",
        confidence: .secondary)
    }
    let catalog = PriceCatalog([price("eu-west-3", 2), price(Price.everywhere, 1)])
    #expect(catalog.price(of: .alarm, in: "eu-west-3")?.amount == 2)
    #expect(catalog.price(of: .alarm, in: "eu-west-1")?.amount == 1)
  }

  @Test(arguments: PriceCatalog.builtIn.prices)
  func everyPriceSaysWhenAndWhence(price: Price) {
    #expect(price.asOf.wholeMatch(of: /20\d\d-\d\d-\d\d/) != nil)
    #expect(price.source.count > 10)
    #expect(price.amount >= 0)
  }

  @Test func namesNothingTwice() {
    let named = PriceCatalog.builtIn.prices.map {
      "\($0.item.service) \($0.item.name) \($0.region)"
    }
    #expect(Dictionary(grouping: named) { $0 }.filter { $1.count > 1 }.keys.sorted() == [])
  }
}
