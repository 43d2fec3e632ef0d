import Foundation
import Model
import Pricing
import Synchronization
import Testing

@testable import Resources

/// Streams that hold four shards until told otherwise, and change for a while after each change.
private final class Kinesis: Sendable {
  private struct Held {
    var shards: Decimal = 4
    var mode: Value = "PROVISIONED"
    var looksUntilActive = 0
  }

  private let held = Mutex(Held())
  private let looks: Int

  /// A stream that shows ACTIVE only at the look after `looks`.
  init(looks: Int = 0) { self.looks = looks }

  func answer(_ operation: String, _ input: Value) throws -> Value {
    if input["StreamName"] == "none" { throw FakeFailure(code: "ResourceNotFoundException") }
    return held.withLock { held in
      switch operation {
      case "DescribeStreamSummary":
        let isActive = held.looksUntilActive == 0
        held.looksUntilActive = max(0, held.looksUntilActive - 1)
        return [
          "StreamDescriptionSummary": [
            "StreamStatus": isActive ? "ACTIVE" : "UPDATING",
            "OpenShardCount": .number(held.shards),
            "RetentionPeriodHours": 24, "StreamModeDetails": ["StreamMode": held.mode],
          ]
        ]
      case "UpdateShardCount":
        held.shards = input["TargetShardCount"]?.number ?? 0
        held.looksUntilActive = looks
      case "UpdateStreamMode":
        held.mode = input["StreamModeDetails"]?["StreamMode"] ?? .null
        held.looksUntilActive = looks
      case "GetResources":
        let mappings = (0..<3).map { index -> Value in
          [
            "ResourceARN": .string("arn:aws:kinesis:us-east-1:123456789012:stream/s\(index)"),
            "Tags": [["Key": "team", "Value": "shop"]],
          ]
        }
        return page(mappings, of: "ResourceTagMappingList", size: 100, input)
      case "ListTagsForStream":
        return ["Tags": input["StreamName"] == "s0" ? [] : [["Key": "team", "Value": "shop"]]]
      default: break
      }
      return [:]
    }
  }
}

@Suite struct StreamTests {
  private func aws(looks: Int = 0) -> FakeAWS {
    let kinesis = Kinesis(looks: looks)
    return FakeAWS { try kinesis.answer($0, $1) }
  }

  private func live(_ attributes: [String: Value] = [:], _ context: [String: Value] = [:])
    -> LiveResource
  {
    LiveResource(
      attributes: ["mode": "PROVISIONED", "shards": 8, "retentionHours": 24].merging(attributes) {
        $1
      }.filter { !$0.value.isNull },
      context: ["status": "ACTIVE", "openShards": 8].merging(context) { $1 })
  }

  @Test(arguments: [1, 40, 1000])
  func readsOneARequest(count: Int) async throws {
    let aws = aws()
    let names = Set((0..<count).map { "s\($0)" })
    #expect(try await resourceType("kinesis/stream", aws).read(names).count == count)
    #expect(aws.calls.count == count)
  }

  @Test func leavesOutWhatIsNotThere() async throws {
    #expect(try await resourceType("kinesis/stream", aws()).read(["none"]).isEmpty)
  }

  @Test func findsByTagsThatStillHold() async throws {
    let aws = aws()
    let selector = ResourceSelector(
      type: "kinesis/stream", criteria: ["tags": TagFilter(["team": ["shop"]]).criterion])
    let found = try await resourceType("kinesis/stream", aws).find(selector)
    #expect(Set(found.keys) == ["s1", "s2"])
    #expect(aws.calls.count == 1 + 3 + 2)
  }

  @Test(
    arguments: [
      (8, 1, [4, 2, 1]), (1, 8, [2, 4, 8]), (5, 1, [3, 2, 1]), (5, 4, [4]), (3, 7, [6, 7]),
      (4, 4, []),
      (0, 4, []), (1, 1024, [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]),
    ] as [(Int, Int, [Int])])
  func stepsAtMostDoubleAndAtLeastHalf(count: Int, target: Int, steps: [Int]) {
    #expect(shardSteps(from: count, to: target) == steps)
  }

  /// Each step waits for the one before, and goes on from what is there, not from what was planned.
  @Test func goesInSteps() async throws {
    let aws = aws(looks: 2)
    let pauses = Mutex(0)
    var type = StreamType(
      scope: ResourceScope(
        client: aws, account: "123456789012", region: "us-east-1", prices: .builtIn))
    type.pause = { _ in pauses.withLock { $0 += 1 } }
    try await type.update(
      ResourceWrite(name: "clicks", live: live(), set: ["shards": 1, "retentionHours": 48]))
    #expect(aws.inputs(of: "UpdateShardCount").map { $0["TargetShardCount"] } == [2, 1])
    #expect(pauses.withLock { $0 } == 4)
    #expect(aws.operations.last == "IncreaseStreamRetentionPeriod")
  }

  @Test func changesTheModeFirst() async throws {
    let aws = aws()
    try await resourceType("kinesis/stream", aws).update(
      ResourceWrite(
        name: "clicks", live: live(["mode": "ON_DEMAND", "shards": .null, "retentionHours": 48]),
        set: ["mode": "PROVISIONED", "shards": 5, "retentionHours": 24]))
    #expect(
      aws.operations.filter { $0 != "DescribeStreamSummary" } == [
        "UpdateStreamMode", "UpdateShardCount", "DecreaseStreamRetentionPeriod",
      ])
    #expect(
      aws.inputs(of: "UpdateStreamMode") == [
        [
          "StreamARN": "arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
          "StreamModeDetails": ["StreamMode": "PROVISIONED"],
        ]
      ])
  }

  @Test func givesUpOnAStreamThatNeverSettles() async throws {
    let aws = aws(looks: 100_000)
    var type = StreamType(
      scope: ResourceScope(
        client: aws, account: "123456789012", region: "us-east-1", prices: .builtIn))
    type.pause = { _ in }
    let write = ResourceWrite(name: "clicks", live: live(), set: ["shards": 2])
    await #expect {
      try await type.update(write)
    } throws: {
      ($0 as? ResourceError)?.code == .unsettled
    }
  }

  @Test(
    arguments: [
      (["shards": 4], [:], [:], [], []),
      (["shards": 1], [:], [:], [], ["8 -> 4 -> 2 -> 1"]),
      (["shards": 1], [:], ["openShards": 64], [], ["The way back takes 6 more"]),
      (["shards": 1], [:], ["openShards": 2000], ["A day leads to 2 shards"], []),
      (["shards": 10_000], [:], [:], ["11 steps"], []),
      (["shards": 0], [:], [:], ["at least 1"], []),
      (["shards": 9], ["mode": "ON_DEMAND", "shards": .null], [:], ["is on demand"], []),
      (["mode": "ON_DEMAND"], [:], [:], [], ["twice within 24 hours"]),
      (["mode": "PROVISIONED"], ["mode": "ON_DEMAND"], ["queues": 2], ["2 queues"], []),
      (["retentionHours": 9000], [:], [:], ["24 to 8760"], []),
      (["retentionHours": 48], [:], ["status": "UPDATING"], ["until it is ACTIVE"], []),
    ] as [([String: Value], [String: Value], [String: Value], [String], [String])])
  func checksLimits(
    set: [String: Value], attributes: [String: Value], context: [String: Value], errors: [String],
    warnings: [String]
  ) {
    let problems = resourceType("kinesis/stream").problems(
      with: ResourceWrite(name: "clicks", live: live(attributes, context), set: set))
    for (severity, texts) in [(Diagnostic.Severity.error, errors), (.warning, warnings)] {
      let messages = problems.filter { $0.severity == severity }.map(\.message)
      #expect(messages.count == texts.count, "\(messages)")
      for (message, text) in zip(messages, texts) { #expect(message.contains(text), "\(message)") }
    }
  }

  @Test func lessRetentionIsIrreversible() {
    let type = resourceType("kinesis/stream")
    func loses(_ hours: Value) -> Bool {
      type.irreversible(
        ResourceWrite(
          name: "clicks", live: live(["retentionHours": 48]), set: ["retentionHours": hours]),
        action: .update) != nil
    }
    #expect(loses(24))
    #expect(!loses(72))
  }

  @Test func costs() {
    func cost(_ attributes: [String: Value], _ region: String = "us-east-2") -> MonthlyCost {
      resourceType("kinesis/stream", region: region).monthlyCost(
        attributes: attributes, context: [:])
    }
    let two: [String: Value] = ["mode": "PROVISIONED", "shards": 2, "retentionHours": 24]
    #expect(cost(two) == cost(two, "us-east-1"))
    #expect(cost(two).amount == Decimal(string: "21.9"))
    #expect(cost(two).isKnown)
    #expect(!cost(two, "eu-west-1").isKnown)
    #expect(
      cost(["mode": "PROVISIONED", "shards": 2, "retentionHours": 168]).amount
        == Decimal(string: "51.1"))
    #expect(!cost(["mode": "PROVISIONED", "shards": 2, "retentionHours": 169]).isKnown)
    let onDemand = cost(["mode": "ON_DEMAND", "retentionHours": 24])
    #expect(onDemand.amount == Decimal(string: "29.2"))
    #expect(!onDemand.isKnown)
  }

  @Test func knowsStreamsInTheTrail() {
    let names = resourceType("kinesis/stream").writeEvents?.names
    #expect(names?(["streamName": "clicks"]) == ["clicks"])
    #expect(names?(["streamARN": "arn:aws:kinesis:us-east-1:1:stream/clicks"]) == ["clicks"])
  }
}
