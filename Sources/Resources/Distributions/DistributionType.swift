internal import Foundation
internal import Model

/// `cloudfront/distribution`: price class and times to live of a CloudFront distribution. Its name is the
/// distribution's ID.
///
/// Attributes: `priceClass`, and in seconds `minTTL`, `defaultTTL`, `maxTTL` of the default cache behaviour and
/// `paths.PATTERN.minTTL` and so on of the others. A behaviour with a cache policy has none: its times are the
/// policy's. Context: `behaviors`, the cache policy of each behaviour or null.
///
/// Reads take one request for each distribution, or one for each hundred of the account where that is
/// fewer. A write sends back the whole configuration, with the `ETag` that it was read
/// with; where somebody else was faster it is read again.
struct DistributionType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "cloudfront/distribution" }
  var isCreatable: Bool { false }
  var isDeletable: Bool { false }

  /// How often a write that somebody else overtook is tried.
  private static let tries = 3

  /// CloudFront is a global service, whose events are recorded in us-east-1.
  var writeEvents: WriteEvents? {
    WriteEvents(
      region: "us-east-1", changing: ["UpdateDistribution"], deleting: ["DeleteDistribution"]
    ) { [$0["id"]?.string].compactMap { $0 } }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let arns = names.map { scope.globalARN("cloudfront", "distribution/\($0)") }
    switch access {
    case .read:
      return [
        IAMPermission(["cloudfront:GetDistributionConfig"], on: arns),
        IAMPermission(["cloudfront:ListDistributions"]),
      ]
    case .write: return [IAMPermission(["cloudfront:UpdateDistribution"], on: arns)]
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    var problems: [ResourceProblem] = []
    let classes = ["PriceClass_100", "PriceClass_200", "PriceClass_All", "None"]
    if let value = write.set["priceClass"], !classes.contains(value.string ?? "") {
      problems.append(
        ResourceProblem(
          "priceClass", "The price class is one of \(classes.joined(separator: ", ")).")
      )
    }
    let behaviors = write.live?.context["behaviors"]?.members ?? [:]
    for key in write.set.keys.sorted() {
      guard let (path, _) = CacheBehaviors.parts(key) else { continue }
      guard let policy = behaviors[path] else {
        problems.append(
          ResourceProblem(key, "The distribution has no cache behaviour for \"\(path)\"."))
        continue
      }
      if let policy = policy.string {
        problems.append(
          ResourceProblem(
            key,
            "This behaviour has the cache policy \(policy), whose times to live hold: change them"
              + " there."))
      }
    }
    return problems + order(write)
  }

  /// API description of cloudfront, MinTTL, DefaultTTL and MaxTTL: each at least as long as the one before.
  private func order(_ write: ResourceWrite) -> [ResourceProblem] {
    let result = write.result
    let paths = Set(write.set.keys.compactMap { CacheBehaviors.parts($0)?.path })
    return paths.sorted().compactMap { path in
      let times = CacheBehaviors.times.compactMap {
        result[CacheBehaviors.key($0.attribute, of: path)]?.numeral
      }
      guard times != times.sorted() else { return nil }
      return ResourceProblem(
        CacheBehaviors.key("minTTL", of: path),
        "The times to live of \(path) are not in order: minTTL, defaultTTL, maxTTL.")
    }
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    .unknown("depends on what is delivered, and where")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await listedOrNamed(names, by: "Id") { token in
      var input: [String: Value] = ["MaxItems": "100"]
      input["Marker"] = token
      let list = try await scope.client.call("cloudfront", "ListDistributions", .map(input))[
        "DistributionList"]
      return (list?["Items"]?.elements ?? [], list?["NextMarker"])
    } one: { name in
      try await scope.client.call(
        "cloudfront", "GetDistributionConfig", ["Id": .string(name)], nilIf: "NoSuchDistribution")?[
          "DistributionConfig"
        ].map { .map($0.members.merging(["Id": .string(name)]) { $1 }) }
    }
    return Dictionary(
      found.compactMap { config in
        config["Id"]?.string.map { ($0, CacheBehaviors(config).resource) }
      },
      uniquingKeysWith: { first, _ in first })
  }

  func create(_ write: ResourceWrite) async throws {
    throw ResourceError(
      .unsupported, Address(type, write.name), "Weir changes distributions and creates none.")
  }

  func delete(_ write: ResourceWrite) async throws {
    throw ResourceError(
      .unsupported, Address(type, write.name), "Weir changes distributions and deletes none.")
  }

  func update(_ write: ResourceWrite) async throws {
    for attempt in 1...Self.tries {
      guard
        let held = try await scope.client.call(
          "cloudfront", "GetDistributionConfig", ["Id": .string(write.name)],
          nilIf: "NoSuchDistribution")
      else {
        throw ResourceError(
          .missing, Address(type, write.name), "The distribution is not there any more.")
      }
      var behaviors = CacheBehaviors(held["DistributionConfig"] ?? [:])
      behaviors.apply(write)
      do {
        _ = try await scope.client.call(
          "cloudfront", "UpdateDistribution",
          [
            "Id": .string(write.name), "IfMatch": held["ETag"] ?? .null,
            "DistributionConfig": behaviors.config,
          ])
        return
      } catch let failure as any AWSFailure
        where ["PreconditionFailed", "InvalidIfMatchVersion"].contains(failure.code)
        && attempt < Self.tries
      {
        continue
      }
    }
  }
}
