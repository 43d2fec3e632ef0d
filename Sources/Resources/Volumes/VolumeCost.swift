internal import Foundation
internal import Model
internal import Pricing

/// What a volume costs: its size at the price of its type, and the speed beyond what is included.
///
/// - Parameter size: GiB; nil where it is not known.
func volumeCost(_ attributes: [String: Value], size: Decimal?, scope: ResourceScope) -> MonthlyCost
{
  guard let size, let type = attributes["volumeType"]?.string else {
    return .unknown("the size of the volume is not known")
  }
  func cost(_ item: PricedItem, _ quantity: Decimal) -> MonthlyCost {
    scope.prices.monthlyCost(
      of: item, quantity: quantity, in: scope.region, called: "a \(type) volume")
  }
  let iops = attributes["iops"]?.numeral
  switch type {
  case "gp2": return cost(.gp2Storage, size)
  case "gp3":
    let throughput = attributes["throughput"]?.numeral ?? VolumeLimits.initialThroughput
    return cost(.gp3Storage, size)
      + cost(.gp3IOPS, max(0, (iops ?? VolumeLimits.initialIOPS) - VolumeLimits.initialIOPS))
      + cost(.gp3Throughput, max(0, throughput - VolumeLimits.initialThroughput))
  case "io1":
    return cost(.io1Storage, size) + cost(.io1IOPS, iops ?? VolumeLimits.initialIOPS)
  case "st1": return cost(.st1Storage, size)
  case "sc1": return cost(.sc1Storage, size)
  case "standard":
    return cost(.magneticStorage, size) + .unknown("requests to a standard volume are billed, too")
  default: return .unknown("no price for a \(type) volume in the catalog")
  }
}
