internal import Foundation
internal import Model
internal import Pricing

/// The instances that run an endpoint, by its configuration: a list of variants, each with its `variant`,
/// `type` and `count`.
struct EndpointInstances {
  /// The operation that reads.
  static let reading = "DescribeEndpointConfig"

  /// Calls AWS.
  let client: any AWSCaller

  /// The instances of each of the configurations that is there, one request for each.
  func read(_ configs: Set<String>) async throws -> [String: Value] {
    let found = try await inParallel(configs.sorted()) { name -> (String, Value)? in
      // AWS has no code of its own for one that is not there.
      try await client.call(
        "sagemaker", Self.reading, ["EndpointConfigName": .string(name)],
        nilIf: "ValidationException"
      ).map { (name, $0) }
    }
    return found.compactMap { $0 }.reduce(into: [:]) { instances, config in
      instances[config.0] = .list(
        ["ProductionVariants", "ShadowProductionVariants"]
          .flatMap { config.1[$0]?.elements ?? [] }.map { variant in
            .map(
              [
                "variant": variant["VariantName"] ?? .null,
                "type": variant["InstanceType"] ?? .null,
                "count": variant["InitialInstanceCount"] ?? .null,
              ].without())
          })
    }
  }

  /// What the instances cost a month.
  ///
  /// - Parameter scaling: the endpoint's scaling: of a variant that scales, the fewest instances are
  ///   known.
  static func cost(
    _ instances: [Value], scaling: Value?, in region: String, prices: PriceCatalog
  ) -> MonthlyCost {
    instances.reduce(.zero) { sum, variant in
      guard let type = variant["type"]?.string, let count = variant["count"]?.numeral else {
        return sum + .unknown("a variant without instances is billed by its calls")
      }
      func cost(_ count: Decimal) -> MonthlyCost {
        prices.monthlyCost(of: .hostedInstance(type), quantity: count, in: region, called: type)
      }
      let target = (scaling?.elements ?? []).first {
        $0["ScalableDimension"] == "sagemaker:variant:DesiredInstanceCount"
          && $0["ResourceId"]?.string?.split(separator: "/").last.map(String.init)
            == variant["variant"]?.string
      }
      guard let least = target?["MinCapacity"]?.numeral else { return sum + cost(count) }
      return sum + cost(least) + .unknown("scaling adds instances as calls come")
    }
  }
}
