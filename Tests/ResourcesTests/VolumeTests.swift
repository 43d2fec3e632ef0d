import Foundation
import Model
import Testing

@testable import Resources

private func volumes(_ count: Int, missing: String? = nil) -> FakeAWS {
  let all = (0..<count).map { index -> Value in
    [
      "VolumeId": .string("vol-\(index)"), "VolumeType": "gp3", "Size": 100, "Iops": 3000,
      "Throughput": 125, "State": "available", "Tags": [["Key": "app", "Value": "web"]],
    ]
  }
  return FakeAWS { operation, input in
    guard operation == "DescribeVolumes" else { return [:] }
    if let ids = input["VolumeIds"]?.texts {
      precondition(ids.count <= 500)
      if let missing, ids.contains(missing) { throw FakeFailure(code: "InvalidVolume.NotFound") }
      return ["Volumes": .list(all.filter { ids.contains($0["VolumeId"]?.string ?? "") })]
    }
    let filter = input["Filters"]?.list?.first
    if filter?["Name"] == "volume-id" {
      let ids = filter?["Values"]?.texts ?? []
      precondition(ids.count <= 200)
      return ["Volumes": .list(all.filter { ids.contains($0["VolumeId"]?.string ?? "") })]
    }
    return page(all, of: "Volumes", size: 1000, input)
  }
}

private func live(_ attributes: [String: Value], size: Int = 100, _ more: [String: Value] = [:])
  -> LiveResource
{
  LiveResource(
    attributes: attributes,
    context: attributes.merging(["size": Value(size)]) { $1 }.merging(more) { $1 })
}

@Suite struct VolumeTests {
  @Test(arguments: [(1, 1), (500, 1), (501, 2), (1000, 2)])
  func readsFiveHundredARequest(count: Int, requests: Int) async throws {
    let aws = volumes(count)
    let found = try await resourceType("ec2/volume", aws).read(
      Set((0..<count).map { "vol-\($0)" }))
    #expect(found.count == count)
    #expect(aws.inputs(of: "DescribeVolumes").count == requests)
    #expect(aws.inputs(of: "DescribeVolumesModifications").count == 1)
  }

  @Test func leavesOutWhatIsGone() async throws {
    let aws = volumes(2, missing: "vol-9")
    let found = try await resourceType("ec2/volume", aws).read(["vol-0", "vol-1", "vol-9"])
    #expect(Set(found.keys) == ["vol-0", "vol-1"])
  }

  @Test func findsAThousandWithOneRequest() async throws {
    let aws = volumes(1000)
    let type = resourceType("ec2/volume", aws)
    func find(_ tags: [String: [String]]) async throws -> Int {
      try await type.find(
        ResourceSelector(type: "ec2/volume", criteria: ["tags": TagFilter(tags).criterion])
      ).count
    }
    #expect(try await find(["app": ["web", "api"]]) == 1000)
    #expect(aws.inputs(of: "DescribeVolumes").count == 1)
    // A filter of EC2 would take this for a pattern.
    #expect(try await find(["app": ["w*"]]) == 0)
  }

  @Test func givesBackTheSpeedThatWasRecorded() async throws {
    let aws = FakeAWS { _, _ in [:] }
    let io2: [String: Value] = ["volumeType": "io2", "iops": 9000]
    try await resourceType("ec2/volume", aws).update(
      ResourceWrite(
        name: "vol-1", live: live(["volumeType": "gp3", "iops": 3000, "throughput": 125]),
        set: ["volumeType": "io2"], recorded: io2))
    try await resourceType("ec2/volume", aws).update(
      ResourceWrite(
        name: "vol-1", live: live(["volumeType": "io1", "iops": 6000]), set: ["volumeType": "gp3"]))
    try await resourceType("ec2/volume", aws).update(
      ResourceWrite(
        name: "vol-1", live: live(["volumeType": "gp3", "iops": 6000, "throughput": 125]),
        set: ["volumeType": "gp2"], unset: ["iops"]))
    #expect(
      aws.inputs(of: "ModifyVolume") == [
        ["VolumeId": "vol-1", "VolumeType": "io2", "Iops": 9000],
        ["VolumeId": "vol-1", "VolumeType": "gp3", "Iops": 6000],
        ["VolumeId": "vol-1", "VolumeType": "gp2"],
      ])
  }

  @Test func aTypeWithoutSpeedOfItsOwnHasNone() {
    let type = resourceType("ec2/volume")
    let speed: [String: Value] = ["iops": 4000, "throughput": 250]
    func left(_ name: Value?) -> Set<String> {
      Set(type.normalized(speed.merging(name.map { ["volumeType": $0] } ?? [:]) { $1 }).keys)
    }
    #expect(left("gp2") == ["volumeType"])
    #expect(left("io1") == ["volumeType", "iops"])
    #expect(left("gp3") == ["volumeType", "iops", "throughput"])
    #expect(left(nil) == ["iops", "throughput"])
  }

  @Test func knowsWhatEBSRefuses() {
    let type = resourceType("ec2/volume")
    func errors(_ set: [String: Value], size: Int = 100, _ more: [String: Value] = [:]) -> Int {
      type.errors(
        ResourceWrite(name: "v", live: live(["volumeType": "gp2"], size: size, more), set: set)
      ).count
    }
    #expect(errors(["volumeType": "gp3"]) == 0)
    #expect(errors(["volumeType": "gp3", "iops": 80_000], size: 160) == 0)
    #expect(errors(["volumeType": "gp3", "iops": 80_001], size: 1000) == 1)
    #expect(errors(["volumeType": "gp3", "iops": 50_001]) == 1)
    #expect(errors(["volumeType": "gp3", "iops": 3000], size: 1) == 0)
    #expect(errors(["volumeType": "gp3", "throughput": 750]) == 0)
    #expect(errors(["volumeType": "gp3", "throughput": 751]) == 1)
    #expect(errors(["volumeType": "st1"]) == 1)
    #expect(errors(["volumeType": "io2", "iops": 100_000]) == 0)
    #expect(errors(["iops": 3000]) == 1)
    let modification: Value = [
      "state": "optimizing", "progress": 40, "since": "2026-11-18T12:00:00Z",
    ]
    #expect(errors(["volumeType": "gp3"], ["modification": modification]) == 1)
  }

  @Test func tellsWhereGP3IsSlower() {
    let type = resourceType("ec2/volume")
    func remarks(_ size: Int, _ set: [String: Value]) -> Int {
      type.problems(
        with: ResourceWrite(name: "v", live: live(["volumeType": "gp2"], size: size), set: set)
      ).count
    }
    #expect(remarks(1000, ["volumeType": "gp3"]) == 0)
    #expect(remarks(1001, ["volumeType": "gp3"]) == 1)
    #expect(remarks(2000, ["volumeType": "gp3", "iops": 6000]) == 0)
  }

  @Test func costsSizeAndSpeed() {
    let type = resourceType("ec2/volume")
    func cost(_ attributes: [String: Value]) -> Decimal? {
      let cost = type.monthlyCost(attributes: attributes, context: ["size": 100])
      return cost.isKnown ? cost.amount : nil
    }
    #expect(cost(["volumeType": "gp2"]) == 10)
    #expect(cost(["volumeType": "gp3"]) == 8)
    // 8 for the size, 3,000 IOPS at 0.005, 125 MiB/s at 0.04.
    #expect(cost(["volumeType": "gp3", "iops": 6000, "throughput": 250]) == 28)
    #expect(cost(["volumeType": "io1", "iops": 1000]) == Decimal(string: "77.5"))
    #expect(cost(["volumeType": "io2", "iops": 1000]) == nil)
    #expect(cost(["volumeType": "standard"]) == nil)
  }
}
