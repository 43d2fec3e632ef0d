internal import Foundation
internal import Model
internal import Pricing

/// What a stream costs: its shards and how long they keep records beyond a day, or that it is there on
/// demand.
func streamCost(_ attributes: [String: Value], scope: ResourceScope) -> MonthlyCost {
  func cost(_ item: PricedItem, _ quantity: Decimal, _ noun: String) -> MonthlyCost {
    scope.prices.monthlyCost(of: item, quantity: quantity, in: scope.region, called: noun)
  }
  let hours = attributes["retentionHours"]?.numeral ?? 24
  if attributes["mode"] == StreamType.onDemand {
    return cost(.onDemandStream, 1, "streams on demand")
      + .unknown("on demand what goes in and out is billed by the GB")
  }
  guard let shards = attributes["shards"]?.numeral else {
    return .unknown("the number of shards is not known")
  }
  var sum = cost(.shard, shards, "shards")
  if hours > 24 { sum = sum + cost(.extendedRetention, shards, "longer retention of shards") }
  if hours > 168 { sum = sum + .unknown("records kept beyond seven days are billed by the GB") }
  return sum
}
