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
private let own: Value = [
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
      remarks("b", ["rules.mine": own]) == [
        ResourceProblem(
          nil,
          "S3 refuses rules with a Filter beside rules with a lone Prefix, so that these get a Filter"
            + " with the same prefix in its place: \"old\". That means the same, and stays so on the"
            + " way back.", severity: .warning)
      ])
    #expect(remarks("b", ["rules.old": own]).isEmpty)
    #expect(
      remarks("b", ["transitionDefaultMinimumObjectSize": "all_storage_classes_128K"]).isEmpty)
    #expect(remarks("n", ["rules.mine": own]).isEmpty)
  }

  @Test(arguments: [1, 10, 11, 1000])
  func readsOneBucketARequest(count: Int) async throws {
    let names = (0..<count).map { "b\($0)" }
    let aws = buckets(Dictionary(uniqueKeysWithValues: names.map { ($0, nil) }))
    #expect(try await resourceType(kind, aws).read(Set(names)).count == count)
    #expect(aws.calls.count == count && aws.mostRunning <= 8)
  }

  @Test func keepsForeignRulesAndTheirOrder() async throws {
    let aws = buckets(["b": configuration(foreign, own.with(["ID": "mine"]))])
    try await resourceType(kind, aws).update(
      ResourceWrite(
        name: "b", live: nil,
        set: ["rules.mine": own.with(["Expiration": ["Days": 30]]), "rules.new": own]))
    #expect(
      aws.calls.last?.input == [
        "Bucket": "b", "TransitionDefaultMinimumObjectSize": "varies_by_storage_class",
        "LifecycleConfiguration": [
          "Rules": [
            foreign, own.with(["ID": "mine", "Expiration": ["Days": 30]]), own.with(["ID": "new"]),
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
    try await type.update(ResourceWrite(name: "b", live: nil, set: ["rules.mine": own]))
    #expect(
      aws.calls.last?.input["LifecycleConfiguration"] == [
        "Rules": [
          legacy.with(["Prefix": .null, "Filter": ["Prefix": "tmp/"]]), own.with(["ID": "mine"]),
        ]
      ])
  }

  @Test func deletesTheConfigurationWithItsLastRule() async throws {
    let aws = buckets(["b": configuration(own.with(["ID": "mine"]))])
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
        ResourceWrite(name: bucket, live: found, set: ["rules.mine": own, "rules.old": own]))
      let old = found?.attributes["rules.old"]
      try await type.update(
        ResourceWrite(
          name: bucket, live: nil, set: old.map { ["rules.old": $0] } ?? [:],
          unset: old == nil ? ["rules.mine", "rules.old"] : ["rules.mine"]))
      #expect(try await type.read([bucket])[bucket]?.attributes == found?.attributes)
    }
  }

  @Test func tellsRulesWithoutAnIDApart() async throws {
    let nameless = own.with(["Prefix": .null])
    let aws = buckets(["b": configuration(nameless, nameless, foreign.with(["ID": ""]))])
    let type = resourceType(kind, aws)
    let keys = try #require(try await type.read(["b"])["b"]).attributes.keys.sorted()
    #expect(keys.count == 4)
    try await type.update(
      ResourceWrite(name: "b", live: nil, set: [keys[0]: own.with(["Status": "Disabled"])]))
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

private func problems(_ rule: [String: Value]) -> [String] {
  let rule = Value.map(["Status": "Enabled", "Filter": ["Prefix": ""]]).with(rule)
  return resourceType(kind).errors(
    ResourceWrite(name: "b", live: LiveResource(attributes: [:]), set: ["rules.a": rule]))
}

private func steps(_ steps: (Int, String)...) -> [String: Value] {
  [
    "Transitions": .list(
      steps.map { ["Days": Value($0.0), "StorageClass": .string($0.1)] })
  ]
}

@Suite struct LifecycleProblemTests {
  @Test func takesTheWaterfall() {
    let waterfall = steps((30, "STANDARD_IA"), (90, "GLACIER"), (365, "DEEP_ARCHIVE"))
    #expect(problems(waterfall).isEmpty)
    #expect(problems(steps((0, "GLACIER_IR"))).isEmpty)
    #expect(problems(["AbortIncompleteMultipartUpload": ["DaysAfterInitiation": 7]]).isEmpty)
  }

  @Test(arguments: ["STANDARD_IA", "ONEZONE_IA"])
  func refusesInfrequentAccessBefore30Days(storage: String) {
    #expect(
      problems(steps((5, storage))) == [
        "A transition to \(storage) comes after 30 days at the earliest, here after 5: S3 refuses an"
          + " earlier one."
      ])
    let noncurrent: [String: Value] = [
      "NoncurrentVersionTransitions": [["NoncurrentDays": 29, "StorageClass": .string(storage)]]
    ]
    #expect(problems(noncurrent).count == 1)
  }

  @Test func refusesToGoUp() {
    #expect(
      problems(steps((30, "GLACIER"), (90, "STANDARD_IA"))) == [
        "S3 does not move objects from GLACIER to STANDARD_IA."
      ])
    #expect(problems(steps((30, "ONEZONE_IA"), (90, "GLACIER_IR"))).count == 1)
    #expect(problems(steps((30, "STANDARD_IA"), (90, "STANDARD_IA"))).count == 1)
    #expect(problems(steps((30, "STANDARD"))).count == 1)
  }

  @Test func wantsTimeBetweenSteps() {
    #expect(
      problems(steps((30, "STANDARD_IA"), (59, "GLACIER"))) == [
        "Objects stay in STANDARD_IA for 30 days at least: the transition to GLACIER comes after 60"
          + " days at the earliest, here after 59."
      ])
    #expect(problems(steps((90, "GLACIER"), (90, "DEEP_ARCHIVE"))).count == 1)
    #expect(
      problems(steps((90, "GLACIER")).merging(["Expiration": ["Days": 90]]) { $1 }).count == 1)
  }

  @Test func refusesWhatMakesNoSense() {
    #expect(problems([:]).count == 1)
    #expect(problems(["Status": "On", "Expiration": ["Days": 0]]).count == 2)
    #expect(
      problems([
        "Filter": ["Prefix": "a", "Tag": ["Key": "b", "Value": "c"]], "Expiration": ["Days": 1],
      ]).count == 1)
    #expect(
      problems([
        "NoncurrentVersionExpiration": ["NoncurrentDays": 1, "NewerNoncurrentVersions": 101]
      ]).count == 1)
    #expect(
      problems(steps((1, "GLACIER")).merging(["Expiration": ["Date": 1_798_761_600]]) { $1 }).count
        == 1)
  }

  @Test func countsRulesAndLetters() {
    let type = resourceType(kind)
    let many = Dictionary(uniqueKeysWithValues: (0..<1000).map { ("rules.\($0)", own) })
    let live = LiveResource(attributes: many)
    #expect(
      type.errors(ResourceWrite(name: "b", live: live, set: ["rules.x": own])) == [
        "A bucket has at most 1000 rules; this one would have 1001."
      ])
    let long = "rules." + String(repeating: "x", count: 256)
    #expect(
      type.errors(ResourceWrite(name: "b", live: nil, set: [long: own, "rules.": own])).count == 2)
  }

  @Test func remarksOnRulesThatMeet() {
    let theirs = own.with(["Expiration": ["Days": 7]])
    let live = LiveResource(attributes: [
      "rules.theirs": theirs, "rules.off": theirs.with(["Status": "Disabled"]),
      "rules.elsewhere": theirs.with(["Filter": ["Prefix": "x"]]), "rules.same": own,
    ])
    let found = resourceType(kind).problems(
      with: ResourceWrite(name: "b", live: live, set: ["rules.mine": own]))
    #expect(found.map(\.severity) == [.warning])
    #expect(found.first?.message.contains("\"theirs\"") == true)
    #expect(found.first?.message.contains("Expiration") == true)
  }

  @Test func aMinimumSizeNeedsRules() {
    let write = ResourceWrite(
      name: "b", live: LiveResource(attributes: [:]),
      set: ["transitionDefaultMinimumObjectSize": "all_storage_classes_128K"])
    #expect(resourceType(kind).errors(write).count == 1)
  }
}
