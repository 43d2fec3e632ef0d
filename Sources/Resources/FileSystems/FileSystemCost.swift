internal import Foundation
internal import Model
internal import Pricing

/// What a file system costs: what is stored, and the throughput beyond that which comes with it.
///
/// Provisioned throughput is billed above 1 MiB/s for each 20 GiB of Standard storage
/// (aws.amazon.com/efs/pricing, provisioned throughput).
func fileSystemCost(
  _ attributes: [String: Value], _ context: [String: Value], scope: ResourceScope
) -> MonthlyCost {
  func cost(_ item: PricedItem, _ quantity: Decimal, _ name: String) -> MonthlyCost {
    scope.prices.monthlyCost(of: item, quantity: quantity, in: scope.region, called: name)
  }
  func gigabytes(_ name: String) -> Decimal { (context[name]?.numeral ?? 0) / 1_073_741_824 }
  let isOneZone = context["zone"] != nil
  let standard = gigabytes("standardBytes")
  var total = cost(isOneZone ? .oneZoneFileStorage : .fileStorage, standard, "EFS storage")
  let infrequent = gigabytes("infrequentBytes")
  if isOneZone, infrequent > 0 {
    total = total + .unknown("no price for One Zone Infrequent Access in the catalog")
  } else {
    total = total + cost(.infrequentFileStorage, infrequent, "EFS Infrequent Access")
  }
  if gigabytes("archiveBytes") > 0 {
    total = total + .unknown("no price for EFS Archive in the catalog")
  }
  if FileSystemType.transitions.keys.contains(where: { attributes[$0] != context[$0] }) {
    total = total + .unknown("depends on which files are accessed")
  }
  switch attributes["throughputMode"] {
  case "provisioned":
    let throughput = attributes["provisionedMibps"]?.numeral ?? 0
    total = total + cost(.fileThroughput, max(0, throughput - standard / 20), "EFS throughput")
  case "elastic":
    total = total + .unknown("elastic throughput is billed by what is read and written")
  default: break
  }
  return total
}
