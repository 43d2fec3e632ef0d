import Foundation
import Model
import Testing

@testable import Resources

private func systems(_ count: Int) -> FakeAWS {
  let all = (0..<count).map { index -> Value in
    [
      "FileSystemId": .string("fs-\(index)"), "ThroughputMode": "provisioned",
      "ProvisionedThroughputInMibps": 5, "LifeCycleState": "available",
      "SizeInBytes": ["Value": 0], "Tags": [["Key": "Name", "Value": .string("n\(index)")]],
    ]
  }
  return FakeAWS { operation, input in
    switch operation {
    case "DescribeFileSystems":
      if let name = input["FileSystemId"]?.string {
        guard let found = all.first(where: { $0["FileSystemId"]?.string == name }) else {
          throw FakeFailure(code: "FileSystemNotFound")
        }
        return ["FileSystems": [found]]
      }
      return page(all, of: "FileSystems", size: 100, input, tokens: ("Marker", "NextMarker"))
    case "DescribeLifecycleConfiguration":
      return [
        "LifecyclePolicies": [
          ["TransitionToIA": "AFTER_30_DAYS"],
          ["TransitionToPrimaryStorageClass": "AFTER_1_ACCESS"],
        ]
      ]
    default: return [:]
    }
  }
}

private func write(
  _ live: [String: Value], _ set: [String: Value], unset: Set<String> = [],
  recorded: [String: Value] = [:]
) -> ResourceWrite {
  ResourceWrite(
    name: "fs-1", live: LiveResource(attributes: live), set: set, unset: unset, recorded: recorded)
}

@Suite struct FileSystemTests {
  @Test(arguments: [(1, 1), (2, 1), (101, 2), (1000, 10)])
  func readsAHundredARequest(count: Int, requests: Int) async throws {
    let aws = systems(count)
    let found = try await resourceType("efs/file-system", aws).read(
      Set((0..<count).map { "fs-\($0)" }))
    #expect(found.count == count)
    #expect(aws.inputs(of: "DescribeFileSystems").count == requests)
    #expect(aws.inputs(of: "DescribeLifecycleConfiguration").count == count)
  }

  @Test func asksByNameWhereThatIsFewer() async throws {
    let aws = systems(1000)
    let found = try await resourceType("efs/file-system", aws).read(["fs-998", "fs-999"])
    #expect(found.count == 2)
    // Two pages, which have neither, and each by its name.
    #expect(aws.inputs(of: "DescribeFileSystems").count == 4)
  }

  @Test func leavesOutWhatIsGoneAndFindsByName() async throws {
    let type = resourceType("efs/file-system", systems(3))
    #expect(try await type.read(["fs-9"]).isEmpty)
    let found = try await type.find(
      ResourceSelector(
        type: "efs/file-system", criteria: ["tags": TagFilter(["Name": ["n1", "n7"]]).criterion]))
    #expect(Set(found.keys) == ["fs-1"])
  }

  @Test func keepsTheTransitionsOfOthers() async throws {
    let aws = systems(2)
    try await resourceType("efs/file-system", aws).update(
      write(["throughputMode": "bursting"], ["transitionToIA": "AFTER_60_DAYS"]))
    #expect(
      aws.inputs(of: "PutLifecycleConfiguration").map { $0["LifecyclePolicies"] } == [
        [
          ["TransitionToPrimaryStorageClass": "AFTER_1_ACCESS"],
          ["TransitionToIA": "AFTER_60_DAYS"],
        ]
      ])
    #expect(aws.inputs(of: "UpdateFileSystem").isEmpty)
  }

  @Test func changesInTheOrderThatTheArchiveNeeds() async throws {
    func order(_ write: ResourceWrite) async throws -> [String] {
      let aws = systems(2)
      try await resourceType("efs/file-system", aws).update(write)
      return aws.operations.filter { !$0.hasPrefix("Describe") }
    }
    let there = try await order(
      write(
        ["throughputMode": "bursting"],
        ["throughputMode": "elastic", "transitionToArchive": "AFTER_90_DAYS"]))
    #expect(there == ["UpdateFileSystem", "PutLifecycleConfiguration"])
    let back = try await order(
      write(
        ["throughputMode": "elastic", "transitionToArchive": "AFTER_90_DAYS"],
        ["throughputMode": "provisioned"], unset: ["transitionToArchive"],
        recorded: ["throughputMode": "provisioned", "provisionedMibps": 7]))
    #expect(back == ["PutLifecycleConfiguration", "UpdateFileSystem"])
  }

  @Test func knowsWhatEFSRefuses() {
    let type = resourceType("efs/file-system")
    let bursting: [String: Value] = ["throughputMode": "bursting"]
    #expect(type.errors(write(bursting, ["throughputMode": "elastic"])).isEmpty)
    #expect(type.errors(write(bursting, ["provisionedMibps": 5])).count == 1)
    #expect(type.errors(write(bursting, ["throughputMode": "provisioned"])).count == 1)
    #expect(type.errors(write(bursting, ["transitionToArchive": "AFTER_90_DAYS"])).count == 1)
    let provisioned: [String: Value] = ["throughputMode": "provisioned", "provisionedMibps": 10]
    #expect(type.problems(with: write(provisioned, ["provisionedMibps": 11])).isEmpty)
    #expect(type.problems(with: write(provisioned, ["provisionedMibps": 9])).count == 1)
    #expect(type.errors(write(provisioned, ["provisionedMibps": 3415])).count == 1)
  }

  @Test func costsWhatIsBeyondTheStorage() {
    let type = resourceType("efs/file-system")
    func cost(_ speed: Int, gigabytes: Int) -> Decimal {
      let bytes = Value(gigabytes * 1_073_741_824)
      return type.monthlyCost(
        attributes: ["throughputMode": "provisioned", "provisionedMibps": Value(speed)],
        context: ["standardBytes": bytes]
      ).amount
    }
    #expect(cost(1, gigabytes: 0) == 6)
    // 100 GiB at 0.30 bring 5 MiB/s with them.
    #expect(cost(10, gigabytes: 100) == 60)
    #expect(cost(4, gigabytes: 100) == 30)
    #expect(
      !type.monthlyCost(attributes: ["throughputMode": "elastic"], context: [:]).isKnown)
  }
}
