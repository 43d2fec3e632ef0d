internal import Foundation
internal import Model

/// `s3/intelligent-tiering`: an Intelligent-Tiering configuration of a bucket. Its name is `BUCKET/ID`.
///
/// Attributes: `status`, `filter` (AWS's shape, `{}` for all objects) and `tiers`, the days by AWS's name of
/// the tier; they are one attribute, since what one tier may be depends on the other. AWS replaces a
/// configuration as a whole, so that a write reads it again and keeps what it does not name.
///
/// Reads take one request for each bucket (a list, of up to 1,000 configurations), or for each name.
struct TieringType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "s3/intelligent-tiering" }

  /// The tiers with the least days of each (API description of s3, Tiering.Days).
  private static let tiers: KeyValuePairs<String, Decimal> = [
    "ARCHIVE_ACCESS": 90, "DEEP_ARCHIVE_ACCESS": 180,
  ]

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    attributes.changing("filter", Self.filter)
  }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["PutBucketIntelligentTieringConfiguration"],
      deleting: ["DeleteBucketIntelligentTieringConfiguration", "DeleteBucket"]
    ) { request in
      guard let bucket = request["bucketName"]?.string, let id = request["id"]?.string else {
        return []
      }
      return ["\(bucket)/\(id)"]
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let action =
      access == .read
      ? "s3:GetIntelligentTieringConfiguration" : "s3:PutIntelligentTieringConfiguration"
    let buckets = Set(names.map { Self.parts($0).bucket })
    return [IAMPermission([action], on: buckets.sorted().map(scope.bucketARN))]
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    var problems: [ResourceProblem] = []
    if let tiers = write.set["tiers"]?.members {
      for (tier, least) in Self.tiers {
        guard let days = tiers[tier] else { continue }
        if !(days.numeral.map { $0.isWhole && (least...730).contains($0) } ?? false) {
          problems.append(
            ResourceProblem(
              "tiers", "\(tier) begins after \(least.plain) to 730 days (API description of s3)."))
        }
      }
      if let archive = tiers["ARCHIVE_ACCESS"]?.numeral,
        let deep = tiers["DEEP_ARCHIVE_ACCESS"]?.numeral, deep <= archive
      {
        problems.append(
          ResourceProblem("tiers", "DEEP_ARCHIVE_ACCESS begins later than ARCHIVE_ACCESS."))
      }
    }
    if write.result["tiers"]?.members.isEmpty ?? true {
      problems.append(ResourceProblem("tiers", "A configuration opens at least one archive tier."))
    }
    if let status = write.set["status"], status != "Enabled", status != "Disabled" {
      problems.append(ResourceProblem("status", "The status is Enabled or Disabled."))
    }
    return problems
  }

  /// Moving objects between the tiers is free, monitoring them is billed by their number.
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    .unknown("depends on the data stored")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let buckets = Dictionary(grouping: names) { Self.parts($0).bucket }
    let found = try await inParallel(buckets.sorted { $0.key < $1.key }) { bucket, names in
      (bucket, try await configurations(of: bucket))
    }
    var live: [String: LiveResource] = [:]
    for (bucket, configurations) in found {
      for configuration in configurations {
        guard let id = configuration["Id"]?.string, names.contains("\(bucket)/\(id)") else {
          continue
        }
        live["\(bucket)/\(id)"] = LiveResource(attributes: Self.attributes(configuration))
      }
    }
    return live
  }

  func create(_ write: ResourceWrite) async throws { try await put(write, over: nil) }

  func update(_ write: ResourceWrite) async throws {
    let (bucket, id) = Self.parts(write.name)
    let answer = try await scope.client.call(
      "s3", "GetBucketIntelligentTieringConfiguration",
      ["Bucket": .string(bucket), "Id": .string(id)])
    guard let held = answer["IntelligentTieringConfiguration"] else {
      throw ResourceError(
        .missing, Address(type, write.name), "The configuration is not there any more.")
    }
    try await put(write, over: held)
  }

  func delete(_ write: ResourceWrite) async throws {
    let (bucket, id) = Self.parts(write.name)
    _ = try await scope.client.call(
      "s3", "DeleteBucketIntelligentTieringConfiguration",
      ["Bucket": .string(bucket), "Id": .string(id)], nilIf: "NoSuchConfiguration")
  }

  private func put(_ write: ResourceWrite, over held: Value?) async throws {
    let (bucket, id) = Self.parts(write.name)
    var attributes = held.map(Self.attributes) ?? [:]
    for key in write.unset { attributes[key] = nil }
    attributes.merge(normalized(write.set)) { $1 }
    var members = held?.members ?? [:]
    members["Id"] = .string(id)
    members["Status"] = attributes["status"] ?? "Enabled"
    let filter = attributes["filter"] ?? [:]
    members["Filter"] = filter.members.isEmpty ? nil : filter
    members["Tierings"] = .list(
      (attributes["tiers"]?.members ?? [:]).sorted { $0.key < $1.key }.map {
        ["AccessTier": .string($0.key), "Days": $0.value]
      })
    _ = try await scope.client.call(
      "s3", "PutBucketIntelligentTieringConfiguration",
      [
        "Bucket": .string(bucket), "Id": .string(id),
        "IntelligentTieringConfiguration": .map(members),
      ])
  }

  /// The configurations of a bucket; none where there is no such bucket.
  private func configurations(of bucket: String) async throws -> [Value] {
    var found: [Value] = []
    var input: [String: Value] = ["Bucket": .string(bucket)]
    while true {
      guard
        let page = try await scope.client.call(
          "s3", "ListBucketIntelligentTieringConfigurations", .map(input), nilIf: "NoSuchBucket")
      else { return found }
      found += page["IntelligentTieringConfigurationList"]?.elements ?? []
      guard let token = page["NextContinuationToken"], page["IsTruncated"] == true,
        token != input["ContinuationToken"]
      else { return found }
      input["ContinuationToken"] = token
    }
  }

  private static func attributes(_ configuration: Value) -> [String: Value] {
    var attributes: [String: Value] = ["filter": filter(configuration["Filter"] ?? [:])]
    attributes["status"] = configuration["Status"]
    var tiers: [String: Value] = [:]
    for tiering in configuration["Tierings"]?.elements ?? [] {
      guard let tier = tiering["AccessTier"]?.string else { continue }
      tiers[tier] = tiering["Days"]
    }
    attributes["tiers"] = .map(tiers)
    return attributes
  }

  /// A filter with its tags in order; the empty prefix says the same as no filter.
  private static func filter(_ filter: Value) -> Value {
    let members = filter.members.without().filter { $0.key != "Prefix" || $0.value != "" }
    return .map(
      members.changing("And") { and in
        .map(
          and.members.without().changing("Tags") { tags in
            .list(tags.elements.sorted { ($0["Key"]?.string ?? "") < ($1["Key"]?.string ?? "") })
          })
      })
  }

  private static func parts(_ name: String) -> (bucket: String, id: String) {
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    return (parts.first ?? name, parts.count > 1 ? parts[1] : "*")
  }
}
