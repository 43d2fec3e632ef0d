import Foundation
import Model
import Pricing
import Synchronization
import Testing

@testable import Resources

@Suite struct ScheduleTypeTests {
  private static let role = "arn:aws:iam::123456789012:role/scheduler"
  private static let target = "arn:aws:scheduler:::aws-sdk:rds:modifyDBCluster"
  private static let attributes: [String: Value] = [
    "expression": "cron(0 22 * * ? *)", "timezone": "Europe/Berlin", "state": "ENABLED",
    "afterCompletion": "NONE", "flexibleMinutes": 0, "role": .string(role),
    "target": .string(target),
    "input": [
      "DbClusterIdentifier": "aurora",
      "ServerlessV2ScalingConfiguration": ["MinCapacity": .number(0.5), "MaxCapacity": 1],
    ],
  ]
  private static let description: Value = [
    "Arn": "arn:aws:scheduler:us-east-1:123456789012:schedule/default/night",
    "GroupName": "default",
    "Name": "night", "ScheduleExpression": "cron(0 22 * * ? *)",
    "ScheduleExpressionTimezone": "Europe/Berlin", "State": "ENABLED",
    "ActionAfterCompletion": "NONE", "FlexibleTimeWindow": ["Mode": "OFF"], "Description": "theirs",
    "StartDate": 1_766_000_000, "CreationDate": 1_766_000_000,
    "LastModificationDate": 1_766_000_000,
    "Target": [
      "Arn": .string(target), "RoleArn": .string(role),
      "RetryPolicy": ["MaximumRetryAttempts": 3],
      "Input":
        "{\"ServerlessV2ScalingConfiguration\": {\"MaxCapacity\":1,\"MinCapacity\":0.5},\"DbClusterIdentifier\":\"aurora\"}",
    ],
  ]

  private func account(conflicts: Int = 0) -> FakeAWS {
    let left = Counter(conflicts)
    return FakeAWS { operation, input in
      if operation == "GetSchedule" {
        guard input["Name"] == "night", input["GroupName"] == "default" else {
          throw FakeFailure(code: "ResourceNotFoundException")
        }
        return Self.description
      }
      if left.countDown() { throw FakeFailure(code: "ConflictException") }
      return [:]
    }
  }

  private func type(_ aws: FakeAWS, now: Date = Date(timeIntervalSince1970: 1_766_000_000)) throws
    -> any ResourceType
  {
    let types = allResourceTypes(
      client: aws, account: "123456789012", region: "us-east-1", prices: .builtIn, now: { now })
    return try #require(types.first { $0.type == "scheduler/schedule" })
  }

  private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

  @Test func readsEachByItsName() async throws {
    let aws = account()
    let live = try await type(aws).read(["default/night", "default/day", "other/night"])
    #expect(aws.operations == ["GetSchedule", "GetSchedule", "GetSchedule"])
    var expected = Self.attributes
    expected["startDate"] = "2025-12-17T19:33:20Z"
    #expect(live == ["default/night": LiveResource(attributes: expected)])
  }

  /// A list tells which are there; what they say takes one request for each.
  @Test func readsAThousandInTheFewestRequests() async throws {
    let names = (0..<1000).map { "nights-\($0)" }
    let aws = FakeAWS { operation, input in
      guard operation == "ListSchedules" else { return Self.description }
      let there: [Value] = names.prefix(500).map { ["Name": .string($0)] }
      return page(there, of: "Schedules", size: 100, input)
    }
    let live = try await type(aws).read(Set(names.map { "default/\($0)" }))
    #expect(live.count == 500 && aws.calls.count == 505 && aws.mostRunning <= 8)
    let list = try #require(aws.inputs(of: "ListSchedules").first)
    #expect(list == ["GroupName": "default", "MaxResults": 100, "NamePrefix": "nights-"])
  }

  @Test func anInputIsComparedByItsMeaning() throws {
    let type = try type(account())
    let text: Value = "{\"b\": [1, 2], \"a\":\"x\"}"
    #expect(
      type.normalized(["input": text]) == type.normalized(["input": ["a": "x", "b": [1, 2]]]))
    #expect(type.normalized(["role": "scheduler"]) == ["role": .string(Self.role)])
  }

  @Test func createSendsTheSchedule() async throws {
    let aws = account()
    try await type(aws).create(
      ResourceWrite(
        name: "default/night", live: nil,
        set: Self.attributes.merging(["role": "scheduler", "endDate": "2026-12-17T19:33:20Z"]) {
          $1
        }))
    #expect(
      aws.calls.last?.input == [
        "GroupName": "default", "Name": "night", "ScheduleExpression": "cron(0 22 * * ? *)",
        "ScheduleExpressionTimezone": "Europe/Berlin", "State": "ENABLED",
        "ActionAfterCompletion": "NONE", "FlexibleTimeWindow": ["Mode": "OFF"],
        "EndDate": 1_797_536_000,
        "Target": [
          "Arn": .string(Self.target), "RoleArn": .string(Self.role),
          "Input":
            "{\"DbClusterIdentifier\":\"aurora\",\"ServerlessV2ScalingConfiguration\":{\"MaxCapacity\":1,\"MinCapacity\":0.5}}",
        ],
      ])
  }

  /// UpdateSchedule overwrites what is left out with defaults, and takes no start that has passed.
  @Test(arguments: [true, false])
  func updateSendsAllThatIsThere(hasBegun: Bool) async throws {
    let aws = account()
    let now = Date(timeIntervalSince1970: 1_766_000_000 + (hasBegun ? 0 : -1))
    try await type(aws, now: now).update(
      ResourceWrite(name: "default/night", live: nil, set: ["expression": "cron(0 23 * * ? *)"]))
    var whole = Self.description.map ?? [:]
    for name in ["Arn", "CreationDate", "LastModificationDate"] { whole[name] = nil }
    if hasBegun { whole["StartDate"] = nil }
    whole["ScheduleExpression"] = "cron(0 23 * * ? *)"
    #expect(aws.calls.last?.operation == "UpdateSchedule")
    #expect(aws.calls.last?.input == .map(whole))
  }

  @Test func aCallIsTriedAgainForSomeTime() async throws {
    let aws = account()
    let type = try type(aws)
    try await type.update(
      ResourceWrite(name: "default/night", live: nil, set: ["retrySeconds": 900]))
    #expect(
      aws.calls.last?.input["Target"]?["RetryPolicy"]
        == ["MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 900])
    // A day is what holds without it.
    #expect(type.normalized(["retrySeconds": 86_400]) == [:])
  }

  @Test func whatStartsAGroupGivesBackWhatWasFound() throws {
    var attributes = Self.attributes
    attributes["target"] = "arn:aws:scheduler:::aws-sdk:ec2:startInstances"
    attributes["input"] = ["InstanceIds": ["i-1"]]
    let type = try type(account())
    func movement(_ name: String) throws -> Movement? {
      type.movement(by: name, attributes: attributes, until: try date("2026-08-19T12:00:00Z"))
    }
    let start = try #require(try movement("default/night-ec2-1-run"))
    #expect(start.isReturn && start.isStart && start.values == ["state": "running"])
    let end = try #require(try movement("default/night-end"))
    #expect(end.isReturn && !end.isStart)
    let park = try #require(try movement("default/night-ec2-1-park"))
    #expect(!park.isReturn && !park.isStart && park.address == Address("ec2/instance", "i-1"))
  }

  @Test func beginsAnewWhereTwoWritesMeet() async throws {
    let write = ResourceWrite(name: "default/night", live: nil, set: ["state": "DISABLED"])
    let aws = account(conflicts: 2)
    try await type(aws).update(write)
    #expect(aws.operations.count { $0 == "GetSchedule" } == 3)
    await #expect(throws: FakeFailure(code: "ConflictException")) {
      try await type(account(conflicts: 3)).update(write)
    }
    try await type(account(conflicts: 1)).delete(write)
  }

  @Test(arguments: [
    (
      "rds:modifyDBCluster", Address("rds/cluster", "aurora"),
      ["minCapacity": .number(0.5), "maxCapacity": 1] as [String: Value]
    ),
    ("rds:modifyDBInstance", Address("rds/instance", "shop"), ["class": "db.t4g.small"]),
    (
      "eks:updateNodegroupConfig", Address("eks/nodegroup", "main/spot"),
      ["minSize": 0, "desiredSize": 0]
    ),
  ])
  func movesItsTarget(_ operation: String, _ address: Address, _ values: [String: Value]) throws {
    let inputs: [String: Value] = [
      "rds:modifyDBCluster": Self.attributes["input"] ?? .null,
      "rds:modifyDBInstance": [
        "DbInstanceIdentifier": "shop", "DbInstanceClass": "db.t4g.small", "ApplyImmediately": true,
      ],
      "eks:updateNodegroupConfig": [
        "ClusterName": "main", "NodegroupName": "spot",
        "ScalingConfig": ["MinSize": 0, "DesiredSize": 0],
      ],
    ]
    var attributes = Self.attributes
    attributes["target"] = .string("arn:aws:scheduler:::aws-sdk:\(operation)")
    attributes["input"] = inputs[operation]
    let type = try type(account())
    let now = try date("2026-03-29T12:00:00Z")
    let movement = try #require(
      type.movement(by: "default/a-b-end", attributes: attributes, until: now))
    #expect(movement.address == address && movement.values == values && movement.isReturn)
    #expect(movement.last == (try date("2026-03-28T21:00:00Z")))
    attributes["state"] = "DISABLED"
    #expect(type.movement(by: "default/a-b-end", attributes: attributes, until: now) == nil)
    #expect(type.firings(attributes: attributes, after: now).isEmpty)
  }

  /// On the day on which clocks are put forward a run at a time that is skipped does not come; on the
  /// day on which they are put back one at a time that comes twice comes once.
  @Test func tellsTheNextFirings() throws {
    var attributes = Self.attributes
    attributes["expression"] = "cron(30 2 * * ? *)"
    let type = try type(account())
    let spring = type.firings(attributes: attributes, after: try date("2026-03-28T12:00:00Z"))
    #expect(spring.count == 5)
    #expect(
      spring[0].time == (try date("2026-03-30T00:30:00Z")) && spring[0].local == "2026-03-30T02:30")
    #expect(spring[0].timeZone == "Europe/Berlin")
    let autumn = type.firings(attributes: attributes, after: try date("2026-10-24T12:00:00Z"))
    #expect(autumn[0].time == (try date("2026-10-25T00:30:00Z")))
    #expect(autumn[1].time == (try date("2026-10-26T01:30:00Z")))
  }

  @Test func saysWhatAWSWouldRefuse() throws {
    let type = try type(account())
    func errors(_ change: [String: Value], _ name: String = "default/night") -> [String] {
      type.errors(
        ResourceWrite(name: name, live: nil, set: Self.attributes.merging(change) { $1 }))
    }
    #expect(errors([:]).isEmpty)
    #expect(errors([:], "default/" + String(repeating: "n", count: 64)).isEmpty)
    #expect(errors([:], "default/" + String(repeating: "n", count: 65)).count == 1)
    #expect(errors([:], "night").count == 1)
    #expect(errors([:], "default/a b").count == 1)
    let wrong: [[String: Value]] = [
      ["expression": "cron(0 22 * * * *)"], ["expression": "rate(0 days)"],
      ["timezone": "Europe/Bern"], ["retrySeconds": 59], ["retrySeconds": 86_401],
      ["startDate": "soon"],
      ["startDate": "2027-01-01T00:00:00Z", "endDate": "2026-01-01T00:00:00Z"],
      ["target": "arn:aws:scheduler:::aws-sdk:rds:describeDBClusters"], ["input": "text"],
      ["state": "ON"], ["afterCompletion": "KEEP"], ["flexibleMinutes": 1441], ["target": .null],
    ]
    for change in wrong {
      #expect(errors(change.without()).count == 1 || change["target"] == .null, "\(change)")
    }
    #expect(errors(["expression": "rate(5 minutes)"]).isEmpty)
    #expect(
      type.problems(with: ResourceWrite(name: "default/night", live: nil, set: [:])).count == 2)
  }
}

/// Counts down to zero.
private final class Counter: Sendable {
  private let left: Mutex<Int>

  init(_ count: Int) { left = Mutex(count) }

  /// Whether there was something left.
  func countDown() -> Bool {
    left.withLock { count in
      count -= 1
      return count >= 0
    }
  }
}
