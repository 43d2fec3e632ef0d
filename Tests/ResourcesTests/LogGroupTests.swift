import Foundation
import Model
import Testing

@testable import Resources

private func groups(_ count: Int) -> FakeAWS {
  let all = (0..<count).map { index -> Value in
    [
      "logGroupName": .string("/g/\(index)"), "storedBytes": 1_073_741_824,
      "retentionInDays": index.isMultiple(of: 2) ? 30 : .null,
    ]
  }
  return FakeAWS { operation, input in
    guard operation == "DescribeLogGroups" else { return [:] }
    if let names = input["logGroupIdentifiers"]?.texts {
      precondition(names.count <= 50)
      return ["logGroups": .list(all.filter { names.contains($0["logGroupName"]?.string ?? "") })]
    }
    return page(all, of: "logGroups", size: 50, input)
  }
}

@Suite struct LogGroupTests {
  @Test(arguments: [(1, 1), (50, 1), (51, 2), (1000, 20)])
  func readsFiftyARequest(count: Int, requests: Int) async throws {
    let aws = groups(count)
    let type = resourceType("logs/log-group", aws)
    let named = try await type.read(Set((0..<count).map { "/g/\($0)" }))
    #expect(named.count == count)
    #expect(aws.calls.count == requests)
    let found = try await type.find(
      ResourceSelector(type: "logs/log-group", criteria: ["prefix": "/g/"]))
    #expect(found == named)
    #expect(aws.calls.count == 2 * requests)
  }

  @Test func shorterRetentionIsForGood() throws {
    let type = resourceType("logs/log-group", groups(0))
    func warning(_ before: Value?, _ after: Value) -> String? {
      let live = LiveResource(attributes: before.map { ["retentionDays": $0] } ?? [:])
      return type.irreversible(
        ResourceWrite(name: "g", live: live, set: ["retentionDays": after]), action: .update)
    }
    #expect(warning(nil, 30) != nil)
    #expect(warning(90, 30) != nil)
    #expect(warning(30, 90) == nil)
    #expect(warning(30, 30) == nil)
  }

  @Test func costsWhatIsStored() throws {
    let aws = groups(0)
    let type = resourceType("logs/log-group", aws, region: "us-east-1")
    let context: [String: Value] = ["retentionDays": 30, "storedBytes": 10_737_418_240]
    #expect(
      type.monthlyCost(attributes: ["retentionDays": 30], context: context).amount
        == Decimal(string: "0.3"))
    #expect(type.monthlyCost(attributes: ["retentionDays": 7], context: context).isKnown == false)
  }
}
