public import Foundation
public import Model

/// The prices that are known. What is not in it is unknown, never free.
public struct PriceCatalog: Sendable {
  /// The prices, in the order in which they were given.
  public let prices: [Price]
  private let index: [Key: Price]

  private struct Key: Hashable {
    let item: PricedItem
    let region: String
  }

  /// A catalog of `prices`; of two for the same item and region the last holds.
  public init(_ prices: [Price]) {
    self.prices = prices
    index = Dictionary(
      prices.map { (Key(item: $0.item, region: $0.region), $0) },
      uniquingKeysWith: { _, last in last })
  }

  /// The prices that this program was built with.
  public static let builtIn = PriceCatalog(builtInPrices)

  /// The price of `item` in `region`, or nil where it is not known.
  public func price(of item: PricedItem, in region: String) -> Price? {
    index[Key(item: item, region: region)] ?? index[Key(item: item, region: Price.everywhere)]
  }

  /// What `quantity` of `item` costs for a whole month.
  ///
  /// - Parameter description: what the item is called where its price is not known: `Fargate`.
  public func monthlyCost(
    of item: PricedItem, quantity: Decimal, in region: String, called description: String
  ) -> MonthlyCost {
    if quantity == 0 { return .zero }
    guard let price = price(of: item, in: region) else {
      return .unknown("no price for \(description) in \(region) in the catalog")
    }
    if price.amount == 0 { return .zero }
    return MonthlyCost(
      price.amount * price.unit.perMonth * quantity, pricesAsOf: price.asOf,
      hasSecondaryPrices: price.confidence == .secondary)
  }
}
