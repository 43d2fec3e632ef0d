internal import Foundation
internal import Model
internal import Pricing

/// What a service's tasks cost: on Fargate their vCPUs, memory and storage, as long as they run.
struct ServiceCost {
  let attributes: [String: Value]
  let context: [String: Value]
  let region: String
  let prices: PriceCatalog

  /// The storage in GiB that every Fargate task has without being billed for it
  /// (aws.amazon.com/fargate/pricing).
  private static let freeStorage = Decimal(20)

  /// The cost a month while `desiredCount` tasks run.
  var monthly: MonthlyCost {
    guard let count = attributes["desiredCount"]?.numeral else {
      return .unknown("the number of tasks is not known")
    }
    let placement = ServicePlacement(attributes, context)
    return shares(of: count, placement.providers).reduce(.zero) { sum, share in
      sum + cost(of: share.tasks, on: share.provider, placement)
    }
  }

  /// Which provider runs how many tasks: first the bases, then the rest by weight (API description
  /// of ecs, CapacityProviderStrategyItem). Parts of a task stay parts: ECS settles them in time.
  private func shares(
    of count: Decimal, _ providers: [ServicePlacement.Provider]
  ) -> [(provider: String, tasks: Decimal)] {
    var rest = count
    var shares: [(provider: String, tasks: Decimal)] = []
    for provider in providers {
      let base = min(Decimal(provider.base), rest)
      rest -= base
      shares.append((provider.name, base))
    }
    let weights = providers.reduce(0) { $0 + $1.weight }
    guard weights > 0 else { return shares }
    for (index, provider) in providers.enumerated() {
      shares[index].tasks += rest * Decimal(provider.weight) / Decimal(weights)
    }
    return shares
  }

  private func cost(
    of tasks: Decimal, on provider: String, _ placement: ServicePlacement
  ) -> MonthlyCost {
    switch provider {
    case _ where tasks == 0 && provider.hasPrefix("FARGATE"): return .zero
    case "FARGATE": return fargate(tasks, placement)
    case "FARGATE_SPOT" where placement.isWindows:
      return .unknown("Fargate Spot has no Windows tasks")
    case "FARGATE_SPOT":
      return fargate(tasks * PriceCatalog.fargateSpot.share, placement)
    case "EXTERNAL": return .unknown("runs on servers outside AWS")
    default: return .unknown("runs on EC2 instances that are billed by themselves")
    }
  }

  private func fargate(_ tasks: Decimal, _ placement: ServicePlacement) -> MonthlyCost {
    guard let cpu = attributes["cpu"]?.numeral, let memory = attributes["memory"]?.numeral else {
      return .unknown("the size of the tasks is not known")
    }
    let cores = tasks * cpu / 1024
    let gigabytes = tasks * memory / 1024
    var parts: [(PricedItem, Decimal)] =
      if placement.isWindows {
        [
          (.fargateWindowsCPU, cores), (.fargateWindowsMemory, gigabytes),
          (.fargateWindowsLicense, cores),
        ]
      } else if placement.isARM {
        [(.fargateARMCPU, cores), (.fargateARMMemory, gigabytes)]
      } else {
        [(.fargateCPU, cores), (.fargateMemory, gigabytes)]
      }
    let storage = context["ephemeralStorageGiB"]?.numeral ?? 0
    if storage > Self.freeStorage {
      parts.append((.fargateEphemeralStorage, tasks * (storage - Self.freeStorage)))
    }
    let system =
      placement.isWindows ? "Fargate on Windows" : placement.isARM ? "Fargate on ARM" : "Fargate"
    return parts.reduce(.zero) { sum, part in
      sum + prices.monthlyCost(of: part.0, quantity: part.1, in: region, called: system)
    }
  }
}
