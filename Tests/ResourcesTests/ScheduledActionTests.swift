import Foundation
import Model
import Testing

@testable import Resources

@Suite struct ScheduledActionTests {
  private let kind = "application-autoscaling/scheduled-action"

  @Test(arguments: [(1, 1), (10, 1), (11, 1), (51, 2), (1000, 20)])
  func readsFiftyARequest(count: Int, requests: Int) async throws {
    let aws = scalingAccount(count)
    let names = Set((0..<count).map { scalingName($0, "#p\($0)") })
    #expect(try await resourceType(kind, aws).read(names).count == count)
    #expect(aws.calls.count == requests && aws.mostRunning <= 8)
  }

  @Test func readsTheAction() async throws {
    let live = try await resourceType(kind, scalingAccount(1)).read([scalingName(0, "#p0")])
    #expect(
      live[scalingName(0, "#p0")]?.attributes == [
        "schedule": "cron(0 22 * * ? *)", "timezone": "UTC", "minCapacity": 0, "maxCapacity": 1,
        "startTime": "2025-12-17T19:33:20Z",
      ])
  }

  @Test func updateSendsTheWholeAction() async throws {
    let aws = scalingAccount(1)
    try await resourceType(kind, aws).update(
      ResourceWrite(
        name: scalingName(0, "#p0"), live: nil,
        set: [
          "minCapacity": 1, "timezone": "Europe/Madrid", "endTime": "2026-12-17T19:33:20Z",
        ]))
    let whole = Value.map(naming(0)).with([
      "ScheduledActionName": "p0", "Schedule": "cron(0 22 * * ? *)", "Timezone": "Europe/Madrid",
      "ScalableTargetAction": ["MinCapacity": 1, "MaxCapacity": 1], "StartTime": 1_766_000_000,
      "EndTime": 1_797_536_000, "FutureMember": "kept",
    ])
    #expect(aws.calls.last?.input == whole)
    try await resourceType(kind, aws).update(
      ResourceWrite(
        name: scalingName(0, "#p0"), live: nil, set: [:],
        unset: ["startTime", "maxCapacity", "timezone"]))
    #expect(
      aws.calls.last?.input
        == whole.with([
          "ScalableTargetAction": ["MinCapacity": 0], "StartTime": .null, "EndTime": .null,
          "Timezone": "UTC",
        ]))
  }

  @Test func settlesTimesAndSpaces() {
    #expect(
      resourceType(kind).normalized([
        "schedule": " cron(0  22 * * ? *) ", "startTime": 1_766_000_000, "minCapacity": "2",
        "endTime": "2026-12-17T19:33:20+00:00",
      ]) == [
        "schedule": "cron(0 22 * * ? *)", "startTime": "2025-12-17T19:33:20Z", "minCapacity": 2,
        "endTime": "2026-12-17T19:33:20Z",
      ])
  }

  @Test(arguments: [
    "cron(0 22 * * ? *)", "rate(5 minutes)", "rate(1 day)", "at(2026-08-19T06:30:00)",
  ])
  func takesASchedule(schedule: String) {
    let write = ResourceWrite(
      name: webTarget + "#a", live: nil, set: ["schedule": .string(schedule), "minCapacity": 1])
    #expect(resourceType(kind).errors(write).isEmpty)
  }

  @Test(arguments: [
    "cron(0 22 * * *)", "rate(0 minutes)", "rate(5 weeks)", "at(tomorrow)", "daily", "cron(",
  ])
  func refusesWhatIsNoSchedule(schedule: String) {
    let write = ResourceWrite(
      name: webTarget + "#a", live: nil, set: ["schedule": .string(schedule), "minCapacity": 1])
    #expect(resourceType(kind).errors(write).count == 1)
  }

  @Test func saysWhatAWSWouldRefuse() {
    let type = resourceType(kind)
    let good: [String: Value] = ["schedule": "rate(1 day)", "minCapacity": 1]
    func errors(_ change: [String: Value], _ name: String = "#a") -> Int {
      type.errors(
        ResourceWrite(name: webTarget + name, live: nil, set: good.merging(change) { $1 })
      )
      .count
    }
    #expect(errors(["maxCapacity": 0]) == 1)
    #expect(errors([:], "#a:b") == 1)
    #expect(errors([:], "#a ") == 1)
    #expect(errors([:], "") == 1)
    #expect(errors(["startTime": "2026-01-02T00:00:00Z", "endTime": "2026-01-01T00:00:00Z"]) == 1)
    #expect(
      type.errors(
        ResourceWrite(name: webTarget + "#a", live: nil, set: ["schedule": "rate(1 day)"])
      )
      .count == 1)
    #expect(type.monthlyCost(attributes: good, context: [:]) == .zero)
  }
}

@Suite struct ScalingNameTests {
  @Test func splitsAtTheFirstSlashAndMark() throws {
    let name = try #require(
      ScalingPartName("dynamodb:table:ReadCapacityUnits/table/a/index/b#x/y#z:1"))
    #expect(name.target.namespace == "dynamodb")
    #expect(name.target.dimension == "dynamodb:table:ReadCapacityUnits")
    #expect(name.target.resourceID == "table/a/index/b")
    #expect(name.part == "x/y#z:1")
    #expect(name.text == "dynamodb:table:ReadCapacityUnits/table/a/index/b#x/y#z:1")
  }

  @Test(arguments: ["", "a", "a:b/", "/x", "ecs/x", "a:b/x#"])
  func refusesOtherForms(name: String) { #expect(ScalingPartName(name) == nil) }
}

/// What scheduled actions do by themselves.
@Suite struct ScheduledMovementTests {
  private let type = resourceType("application-autoscaling/scheduled-action")
  private let name = "ecs:service:DesiredCount/service/web/api#day-night-end"

  private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

  @Test func anActionMovesItsTarget() throws {
    let movement = try #require(
      type.movement(
        by: name,
        attributes: ["schedule": "cron(0 8 * * ? *)", "timezone": "UTC", "minCapacity": 2],
        until: try date("2026-11-18T09:00:00Z")))
    #expect(
      movement
        == Movement(
          Address("application-autoscaling/target", "ecs:service:DesiredCount/service/web/api"),
          attributes: ["minCapacity", "maxCapacity"], values: ["minCapacity": 2], isReturn: true,
          last: try date("2026-11-18T08:00:00Z"), isOver: false))
  }

  /// From one holiday to the next.
  @Test(arguments: [
    ("2026-11-18T09:00:00Z", nil, false), ("2026-11-20T09:00:00Z", "2026-11-20T08:00:00Z", false),
    ("2026-11-22T09:00:00Z", "2026-11-21T08:00:00Z", true),
  ])
  func runsBetweenItsStartAndItsEnd(_ now: String, _ last: String?, _ isOver: Bool) throws {
    let attributes: [String: Value] = [
      "schedule": "cron(0 8 * * ? *)", "timezone": "UTC", "minCapacity": 2,
      "startTime": "2026-11-19T08:01:00Z", "endTime": "2026-11-22T07:59:00Z",
    ]
    let now = try date(now)
    let movement = try #require(type.movement(by: name, attributes: attributes, until: now))
    #expect(movement.last == (try last.map(date)) && movement.isOver == isOver)
    let all = ["2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z"]
    let firings = type.firings(attributes: attributes, after: now)
    #expect(firings.map(\.time) == (try all.map(date).filter { $0 > now }))
  }
}
