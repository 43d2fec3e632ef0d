import AWSClient
import CurlTransport
import Foundation
import Model
import Pricing
import Resources
import Testing

extension SandboxTests {
  @Test func lifecycle() async throws {
    let type = try await type("s3/lifecycle")
    let name = "pythonide-data-\(try await client.callerIdentity().account)"
    let read = try await type.read([name, "weir-no-such-bucket-\(UUID().uuidString.lowercased())"])
    #expect(Set(read.keys) == [name])
    let found = try #require(read[name])
    let rules: [String: Value] = [
      "rules.logs": [
        "Status": "Enabled", "Filter": ["Prefix": "logs/&<>"],
        "Transitions": [
          ["Days": 30, "StorageClass": "STANDARD_IA"], ["Days": 90, "StorageClass": "GLACIER"],
        ], "Expiration": ["Days": 365],
        "AbortIncompleteMultipartUpload": ["DaysAfterInitiation": 7],
        "NoncurrentVersionExpiration": ["NoncurrentDays": 30],
      ], "rules.end": ["Status": "Disabled", "Expiration": ["Date": "2027-01-01T00:00:00Z"]],
    ]
    let update = ResourceWrite(name: name, live: found, set: type.normalized(rules))
    #expect(type.problems(with: update).isEmpty)
    try await type.update(update)
    let changed = try #require(try await type.read([name])[name])
    #expect(changed.attributes == update.result)
    try await type.update(
      ResourceWrite(name: name, live: changed, set: [:], unset: Set(rules.keys)))
    #expect(try await type.read([name])[name] == found)
    let none = ResourceWrite(
      name: name, live: found, set: [:],
      unset: Set(found.attributes.keys.filter { $0.hasPrefix("rules.") }))
    try await type.update(none)
    #expect(try await type.read([name])[name] == LiveResource(attributes: [:]))
    try await type.update(ResourceWrite(name: name, live: nil, set: found.attributes))
    #expect(try await type.read([name])[name] == found)
  }

  @Test func lifecycleOfTheOlderForm() async throws {
    let type = try await type("s3/lifecycle")
    let name = "pythonide-data-\(try await client.callerIdentity().account)"
    let seeded = try #require(try await type.read([name])[name])
    let old: Value = [
      "ID": "old", "Status": "Enabled", "Prefix": "tmp/", "Expiration": ["Days": 3],
    ]
    _ = try await client.call(
      "s3", "PutBucketLifecycleConfiguration",
      ["Bucket": .string(name), "LifecycleConfiguration": ["Rules": [old]]])
    let found = try #require(try await type.read([name])[name])
    #expect(found.context == ["prefixRules": ["rules.old"]])
    let rule: Value = [
      "Status": "Enabled", "Filter": ["Prefix": "logs/"], "Expiration": ["Days": 9],
    ]
    let update = ResourceWrite(name: name, live: found, set: ["rules.mine": rule])
    #expect(type.problems(with: update).map(\.severity) == [.warning])
    try await type.update(update)
    let changed = try #require(try await type.read([name])[name])
    #expect(changed.attributes == update.result && changed.context.isEmpty)
    try await type.update(
      ResourceWrite(
        name: name, live: changed, set: seeded.attributes, unset: ["rules.mine", "rules.old"]))
    #expect(try await type.read([name])[name] == seeded)
  }
}
