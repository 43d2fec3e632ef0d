import Foundation
import Model
import Testing

@testable import Resources

private func rule(_ number: Int, status: Value = "untagged", _ more: [String: Value] = [:]) -> Value
{
  let selection: Value = [
    "tagStatus": status, "countType": "imageCountMoreThan", "countNumber": Value(number),
  ]
  return ["selection": selection.with(more), "action": ["type": "expire"]]
}

private let text = """
  {"rules": [{"rulePriority": 7, "description": "mine", "later": {"x": 1}, "action": {"type": "expire"},
    "selection": {"tagStatus": "tagged", "tagPrefixList": ["b", "a"], "countType": "imageCountMoreThan",
    "countNumber": 5}}]}
  """

private func repositories() -> FakeAWS {
  FakeAWS { operation, input in
    guard operation == "GetLifecyclePolicy" else { return [:] }
    switch input["repositoryName"] {
    case "web": return ["lifecyclePolicyText": .string(text)]
    case "empty": throw FakeFailure(code: "LifecyclePolicyNotFoundException")
    default: throw FakeFailure(code: "RepositoryNotFoundException")
    }
  }
}

@Suite struct ImageRetentionTests {
  @Test func readsRepositoriesWithAndWithoutAPolicy() async throws {
    let type = resourceType("ecr/lifecycle-policy", repositories())
    let found = try await type.read(["web", "empty", "gone"])
    #expect(Set(found.keys) == ["web", "empty"])
    #expect(found["empty"]?.attributes == [:])
    #expect(
      found["web"]?.attributes["rules.7"]?["selection"]?["tagPrefixList"]?.texts == ["a", "b"])
  }

  @Test func keepsTheRulesOfOthersAsTheyAre() async throws {
    let aws = repositories()
    try await resourceType("ecr/lifecycle-policy", aws).update(
      ResourceWrite(name: "web", live: nil, set: ["rules.2": rule(3)]))
    let sent = try #require(
      aws.inputs(of: "PutLifecyclePolicy").first?["lifecyclePolicyText"]?.string)
    let rules = try CanonicalJSON.decode(Value.self, from: Data(sent.utf8))["rules"]?.list
    let found = try CanonicalJSON.decode(Value.self, from: Data(text.utf8))["rules"]?.list
    #expect(rules == [rule(3).with(["rulePriority": 2])] + (found ?? []))
    #expect(sent.utf8.count >= 100)
  }

  @Test func deletesThePolicyWithTheLastRule() async throws {
    let aws = repositories()
    try await resourceType("ecr/lifecycle-policy", aws).update(
      ResourceWrite(name: "web", live: nil, set: [:], unset: ["rules.7"]))
    #expect(aws.operations == ["GetLifecyclePolicy", "DeleteLifecyclePolicy"])
  }

  @Test func knowsWhatECRRefuses() {
    let type = resourceType("ecr/lifecycle-policy")
    func errors(_ live: [String: Value], _ set: [String: Value]) -> Int {
      type.errors(ResourceWrite(name: "w", live: LiveResource(attributes: live), set: set)).count
    }
    #expect(errors([:], ["rules.1": rule(5), "rules.2": rule(5, status: "any")]) == 0)
    #expect(errors(["rules.1": rule(5, status: "any")], ["rules.2": rule(5)]) == 1)
    #expect(errors(["rules.9": rule(5, status: "any")], ["rules.2": rule(5, status: "any")]) == 1)
    #expect(
      errors([:], Dictionary(uniqueKeysWithValues: (1...51).map { ("rules.\($0)", rule(1)) })) == 1)
  }

  @Test func knowsWhatLetsMoreExpire() {
    let type = resourceType("ecr/lifecycle-policy")
    func isForGood(_ live: [String: Value], _ set: [String: Value], unset: Set<String> = []) -> Bool
    {
      type.irreversible(
        ResourceWrite(name: "w", live: LiveResource(attributes: live), set: set, unset: unset),
        action: .update) != nil
    }
    #expect(isForGood([:], ["rules.1": rule(5)]))
    #expect(isForGood(["rules.1": rule(6)], ["rules.1": rule(5)]))
    #expect(!isForGood(["rules.1": rule(5)], ["rules.1": rule(6)]))
    #expect(isForGood(["rules.1": rule(5)], ["rules.1": rule(6, status: "any")]))
    #expect(!isForGood(["rules.1": rule(5)], [:], unset: ["rules.1"]))
    // The first keeps its images from the second.
    #expect(isForGood(["rules.1": rule(5), "rules.2": rule(3)], [:], unset: ["rules.1"]))
  }
}
