import Foundation
import Model
import Synchronization
import Testing

@testable import Resources

private let config: Value = [
  "PriceClass": "PriceClass_All", "Comment": "kept",
  "DefaultCacheBehavior": [
    "MinTTL": 0, "DefaultTTL": 86400, "MaxTTL": 31_536_000, "Compress": true,
  ],
  "CacheBehaviors": [
    "Quantity": 2,
    "Items": [
      ["PathPattern": "/api.v1/*", "MinTTL": 0, "DefaultTTL": 60, "MaxTTL": 600],
      ["PathPattern": "/static/*", "CachePolicyId": "policy"],
    ],
  ],
]

/// A distribution that somebody else changes `conflicts` times between read and write.
private func distribution(conflicts: Int) -> FakeAWS {
  let left = Mutex(conflicts)
  return FakeAWS { operation, input in
    switch operation {
    case "GetDistributionConfig": return ["ETag": "E1", "DistributionConfig": config]
    case "UpdateDistribution":
      let isLate = left.withLock { count in
        count -= 1
        return count >= 0
      }
      if isLate { throw FakeFailure(code: "PreconditionFailed") }
      return [:]
    default: throw FakeFailure(code: "Unexpected")
    }
  }
}

@Suite struct DistributionTests {
  private func write(_ set: [String: Value]) async throws -> ResourceWrite {
    let type = resourceType("cloudfront/distribution", distribution(conflicts: 0))
    return ResourceWrite(name: "E1", live: try await type.read(["E1"])["E1"], set: set)
  }

  @Test func changesOnlyWhatIsAsked() async throws {
    let aws = distribution(conflicts: 0)
    let type = resourceType("cloudfront/distribution", aws)
    try await type.update(
      try await write(["priceClass": "PriceClass_100", "paths./api.v1/*.maxTTL": 900]))
    let sent = try #require(aws.inputs(of: "UpdateDistribution").first)
    #expect(sent["IfMatch"] == "E1")
    let behaviors = sent["DistributionConfig"]?["CacheBehaviors"]?["Items"]?.list ?? []
    #expect(behaviors.first?["MaxTTL"] == 900)
    #expect(behaviors.first?["DefaultTTL"] == 60)
    #expect(behaviors.last == ["PathPattern": "/static/*", "CachePolicyId": "policy"])
    #expect(sent["DistributionConfig"]?["Comment"] == "kept")
    #expect(sent["DistributionConfig"]?["DefaultCacheBehavior"] == config["DefaultCacheBehavior"])
  }

  @Test func readsAgainWhereSomebodyElseWasFaster() async throws {
    let aws = distribution(conflicts: 2)
    try await resourceType("cloudfront/distribution", aws).update(
      try await write(["priceClass": "PriceClass_200"]))
    #expect(aws.operations.filter { $0 == "GetDistributionConfig" }.count == 3)
    let always = resourceType("cloudfront/distribution", distribution(conflicts: 9))
    let wanted = try await write(["priceClass": "PriceClass_200"])
    await #expect(throws: FakeFailure(code: "PreconditionFailed")) {
      try await always.update(wanted)
    }
  }

  @Test func saysWhoseTimesHold() async throws {
    let type = resourceType("cloudfront/distribution")
    #expect(type.errors(try await write(["paths./static/*.minTTL": 3])).count == 1)
    #expect(type.errors(try await write(["paths./none/*.minTTL": 3])).count == 1)
    #expect(type.errors(try await write(["minTTL": 90_000])).count == 1)
    #expect(type.errors(try await write(["minTTL": 60])) == [])
  }
}
