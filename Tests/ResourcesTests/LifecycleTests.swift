import Foundation
import Model
import Synchronization
import Testing

@testable import Resources

private let kind = "s3/lifecycle"

/// Buckets by name; nil is a bucket without a configuration.
private func buckets(_ buckets: [String: Value?]) -> FakeAWS {
  let stored = Mutex(buckets)
  return FakeAWS { operation, input in
    try stored.withLock { stored in
      let bucket = input["Bucket"]?.string ?? ""
      guard let configuration = stored[bucket] else { throw FakeFailure(code: "NoSuchBucket") }
      switch operation {
      case "GetBucketLifecycleConfiguration":
        guard let configuration else { throw FakeFailure(code: "NoSuchLifecycleConfiguration") }
        return configuration
      case "PutBucketLifecycleConfiguration":
        let size = input["TransitionDefaultMinimumObjectSize"] ?? "all_storage_classes_128K"
        stored[bucket] = (input["LifecycleConfiguration"] ?? [:]).with([
          "TransitionDefaultMinimumObjectSize": size
        ])
        return [:]
      case "DeleteBucketLifecycle":
        stored[bucket] = Optional<Value>.none
        return [:]
      default: throw FakeFailure(code: operation)
      }
    }
  }
}

private let foreign: Value = [
  "ID": "theirs", "Status": "Enabled", "Novelty": ["kept"],
  "Filter": [
    "And": ["Prefix": "x/", "Tags": [["Key": "b", "Value": "1"], ["Key": "a", "Value": "2"]]]
  ],
  "Transitions": [
    ["Days": 90, "StorageClass": "GLACIER"], ["Days": 30, "StorageClass": "STANDARD_IA"],
  ],
]
private let legacy: Value = [
  "ID": "old", "Status": "Enabled", "Prefix": "tmp/", "Expiration": ["Days": 3],
]
let ownRule: Value = [
  "Status": "Enabled", "Filter": ["Prefix": "logs/"], "Expiration": ["Days": 90],
]

private func configuration(_ rules: Value...) -> Value {
  ["Rules": .list(rules), "TransitionDefaultMinimumObjectSize": "varies_by_storage_class"]
}

@Suite struct LifecycleTests {
  @Test func readsRulesInTheirNormalForm() async throws {
    let aws = buckets(["b": configuration(foreign, legacy), "empty": nil])
    let live = try await resourceType(kind, aws).read(["b", "empty", "gone"])
    #expect(
      live == [
        "b": LiveResource(
          attributes: [
            "transitionDefaultMinimumObjectSize": "varies_by_storage_class",
            "rules.theirs": [
              "Status": "Enabled", "Novelty": ["kept"],
              "Filter": [
                "And": [
                  "Prefix": "x/",
                  "Tags": [["Key": "a", "Value": "2"], ["Key": "b", "Value": "1"]],
                ]
              ],
              "Transitions": [
                ["Days": 30, "StorageClass": "STANDARD_IA"],
                ["Days": 90, "StorageClass": "GLACIER"],
              ],
            ],
            "rules.old": [
              "Status": "Enabled", "Filter": ["Prefix": "tmp/"], "Expiration": ["Days": 3],
            ],
          ], context: ["prefixRules": ["rules.old"]]), "empty": LiveResource(attributes: [:]),
      ])
  }

  @Test func remarksOnRulesThatGetAFilter() async throws {
    let type = resourceType(
      kind, buckets(["b": configuration(legacy), "n": configuration(foreign)]))
    let live = try await type.read(["b", "n"])
    func remarks(_ bucket: String, _ set: [String: Value]) -> [ResourceProblem] {
      type.problems(with: ResourceWrite(name: bucket, live: live[bucket], set: set))
    }
    #expect(
      remarks("b", ["rules.mine": ownRule]) == [
        ResourceProblem(
          nil,
          "S3 refuses rules with a Filter beside rules with a lone Prefix, so that these get a Filter"
            + " with the same prefix in its place: \"old\". That means the same, and stays so on the"
            + " way back.", severity: .warning)
      ])
    #expect(remarks("b", ["rules.old": ownRule]).isEmpty)
    #expect(
      remarks("b", ["transitionDefaultMinimumObjectSize": "all_storage_classes_128K"]).isEmpty)
    #expect(remarks("n", ["rules.mine": ownRule]).isEmpty)
  }

  @Test(arguments: [1, 10, 11, 1000])
  func readsOneBucketARequest(count: Int) async throws {
    let names = (0..<count).map { "b\($0)" }
    let aws = buckets(Dictionary(uniqueKeysWithValues: names.map { ($0, nil) }))
    #expect(try await resourceType(kind, aws).read(Set(names)).count == count)
    #expect(aws.calls.count == count && aws.mostRunning <= 8)
  }

  @Test func keepsForeignRulesAndTheirOrder() async throws {
    let aws = buckets(["b": configuration(foreign, ownRule.with(["ID": "mine"]))])
    try await resourceType(kind, aws).update(
      ResourceWrite(
        name: "b", live: nil,
        set: ["rules.mine": ownRule.with(["Expiration": ["Days": 30]]), "rules.new": ownRule]))
    #expect(
      aws.calls.last?.input == [
        "Bucket": "b", "TransitionDefaultMinimumObjectSize": "varies_by_storage_class",
        "LifecycleConfiguration": [
          "Rules": [
            foreign, ownRule.with(["ID": "mine", "Expiration": ["Days": 30]]),
            ownRule.with(["ID": "new"]),
          ]
        ],
      ])
  }

  @Test func writesOneFormOfFilters() async throws {
    let aws = buckets(["b": configuration(legacy)])
    let type = resourceType(kind, aws)
    try await type.update(
      ResourceWrite(
        name: "b", live: nil,
        set: ["transitionDefaultMinimumObjectSize": "all_storage_classes_128K"]
      ))
    #expect(aws.calls.last?.input["LifecycleConfiguration"] == ["Rules": [legacy]])
    try await type.update(ResourceWrite(name: "b", live: nil, set: ["rules.mine": ownRule]))
    #expect(
      aws.calls.last?.input["LifecycleConfiguration"] == [
        "Rules": [
          legacy.with(["Prefix": .null, "Filter": ["Prefix": "tmp/"]]),
          ownRule.with(["ID": "mine"]),
        ]
      ])
  }

  @Test func deletesTheConfigurationWithItsLastRule() async throws {
    let aws = buckets(["b": configuration(ownRule.with(["ID": "mine"]))])
    let type = resourceType(kind, aws)
    let unset = ResourceWrite(name: "b", live: nil, set: [:], unset: ["rules.mine"])
    try await type.update(unset)
    try await type.update(unset)
    #expect(
      aws.operations == [
        "GetBucketLifecycleConfiguration", "DeleteBucketLifecycle",
        "GetBucketLifecycleConfiguration",
      ])
  }

  @Test func givesBackWhatItFound() async throws {
    let aws = buckets(["b": configuration(foreign, legacy), "e": nil])
    let type = resourceType(kind, aws)
    for bucket in ["b", "e"] {
      let found = try await type.read([bucket])[bucket]
      try await type.update(
        ResourceWrite(
          name: bucket, live: found, set: ["rules.mine": ownRule, "rules.old": ownRule]))
      let old = found?.attributes["rules.old"]
      try await type.update(
        ResourceWrite(
          name: bucket, live: nil, set: old.map { ["rules.old": $0] } ?? [:],
          unset: old == nil ? ["rules.mine", "rules.old"] : ["rules.mine"]))
      #expect(try await type.read([bucket])[bucket]?.attributes == found?.attributes)
    }
  }

  @Test func tellsRulesWithoutAnIDApart() async throws {
    let nameless = ownRule.with(["Prefix": .null])
    let aws = buckets(["b": configuration(nameless, nameless, foreign.with(["ID": ""]))])
    let type = resourceType(kind, aws)
    let keys = try #require(try await type.read(["b"])["b"]).attributes.keys.sorted()
    #expect(keys.count == 4)
    try await type.update(
      ResourceWrite(name: "b", live: nil, set: [keys[0]: ownRule.with(["Status": "Disabled"])]))
    let rules = aws.calls.last?.input["LifecycleConfiguration"]?["Rules"]?.list ?? []
    #expect(rules.count == 3)
    #expect(rules.allSatisfy { ($0["ID"]?.string ?? "").isEmpty })
    #expect(rules.count { $0["Status"] == "Disabled" } == 1)
  }

  @Test func writesDatesAsTimes() async throws {
    let aws = buckets(["b": nil])
    let type = resourceType(kind, aws)
    let dated: Value = ["Status": "Enabled", "Expiration": ["Date": "2027-01-01T00:00:00Z"]]
    try await type.update(ResourceWrite(name: "b", live: nil, set: ["rules.end": dated]))
    let rule = aws.calls.last?.input["LifecycleConfiguration"]?["Rules"]?.list?.first
    #expect(rule?["Expiration"] == ["Date": 1_798_761_600])
    let live = try await type.read(["b"])["b"]?.attributes["rules.end"]
    #expect(live == type.normalized(["rules.end": dated])["rules.end"])
  }

  @Test(
    arguments: [
      ["Prefix": ""], ["Filter": [:]], ["Filter": ["Prefix": ""]], [:],
      ["Filter": ["Prefix": ""], "Transitions": []],
      ["Expiration": ["ExpiredObjectDeleteMarker": false]],
    ] as [Value])
  func equalMeaningIsEqual(rule: Value) {
    #expect(
      resourceType(kind).normalized(["rules.a": rule]) == ["rules.a": ["Filter": ["Prefix": ""]]])
  }

  @Test func doesNotKnowTheCost() {
    #expect(
      resourceType(kind).monthlyCost(attributes: [:], context: [:])
        == .unknown("depends on the data stored"))
  }
}
