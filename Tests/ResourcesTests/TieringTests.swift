import Foundation
import Model
import Testing

@testable import Resources

@Suite struct TieringTests {
  @Test func readsABucketARequest() async throws {
    let aws = FakeAWS { operation, input in
      precondition(operation == "ListBucketIntelligentTieringConfigurations")
      let isSecond = input["ContinuationToken"] != nil
      var members: [String: Value] = [
        "IsTruncated": .bool(!isSecond),
        "IntelligentTieringConfigurationList": .list(
          (0..<500).map { index in
            [
              "Id": .string("\(isSecond ? index + 500 : index)"), "Status": "Enabled",
              "Tierings": [["AccessTier": "ARCHIVE_ACCESS", "Days": 90]],
            ]
          }),
      ]
      if !isSecond { members["NextContinuationToken"] = "more" }
      return .map(members)
    }
    let names = Set((0..<1000).map { "b/\($0)" })
    let found = try await resourceType("s3/intelligent-tiering", aws).read(names)
    #expect(found.count == 1000)
    #expect(found["b/7"]?.attributes["tiers"] == ["ARCHIVE_ACCESS": 90])
    #expect(aws.calls.count == 2)
  }

  @Test(
    arguments: [
      ["ARCHIVE_ACCESS": 89], ["DEEP_ARCHIVE_ACCESS": 179], ["ARCHIVE_ACCESS": 731],
      ["ARCHIVE_ACCESS": 200, "DEEP_ARCHIVE_ACCESS": 200], [:],
    ] as [Value])
  func refusesWhatS3Refuses(tiers: Value) {
    let type = resourceType("s3/intelligent-tiering")
    let write = ResourceWrite(name: "b/i", live: nil, set: ["status": "Enabled", "tiers": tiers])
    #expect(!type.errors(write).isEmpty)
  }
}
