import Foundation
import Model
import Testing

@testable import Resources

/// When scheduled actions ran last.
@Suite struct ScheduleExpressionTests {
  private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

  @Test(arguments: [
    ("cron(0 8 * * ? *)", "UTC", "2026-11-18T08:00:00Z", "2026-11-18T08:00:00Z"),
    ("cron(0 8 * * ? *)", "UTC", "2026-11-18T07:59:59Z", "2026-11-17T08:00:00Z"),
    ("cron(0 8 * * ? *)", "America/New_York", "2026-11-18T13:00:00Z", "2026-11-18T13:00:00Z"),
    ("cron(5 20 ? * MON-FRI *)", "UTC", "2026-11-22T12:00:00Z", "2026-11-20T20:05:00Z"),
    ("cron(0 0 ? * SUN *)", "UTC", "2026-11-21T23:59:59Z", "2026-11-15T00:00:00Z"),
    ("cron(0 0 ? * THU-SAT,SUN *)", "UTC", "2026-11-25T10:00:00Z", "2026-11-22T00:00:00Z"),
    // The clocks go forward over 02:30, and back over 01:30.
    ("cron(30 2 * * ? *)", "America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T07:00:00Z"),
    ("cron(30 2 * * ? *)", "America/New_York", "2026-03-08T06:59:59Z", "2026-03-07T07:30:00Z"),
    ("cron(30 1 * * ? *)", "America/New_York", "2026-11-01T06:45:00Z", "2026-11-01T05:30:00Z"),
    ("at(2026-12-01T08:00:00)", "America/New_York", "2026-12-01T13:00:00Z", "2026-12-01T13:00:00Z"),
    ("at(2026-12-01T08:00:00)", "UTC", "2030-01-01T00:00:00Z", "2026-12-01T08:00:00Z"),
  ])
  func ranLast(_ text: String, _ zone: String, _ now: String, _ expected: String) throws {
    let schedule = try #require(ScheduleExpression(text))
    let zone = try #require(TimeZone(identifier: zone))
    let last = schedule.last(until: try date(now), in: zone)
    #expect(last == (try date(expected)))
    #expect(schedule.isOver(at: try date(now), in: zone) == text.hasPrefix("at"))
  }

  @Test func hasNotRunBeforeItsTime() throws {
    let schedule = try #require(ScheduleExpression("at(2026-12-01T08:00:00)"))
    let now = try date("2026-12-01T07:59:59Z")
    #expect(schedule.last(until: now, in: .gmt) == nil)
    #expect(!schedule.isOver(at: now, in: .gmt))
  }

  @Test(arguments: [
    "rate(5 minutes)", "cron(0/5 8 * * ? *)", "cron(0 8 1 * ? *)", "cron(0 8 * * ? 2027)",
    "cron(0 8 ? * MON#2 *)", "at(soon)", "at(2026-12-01)", "",
  ])
  func knowsOnlyWhatItCanTell(_ text: String) {
    #expect(ScheduleExpression(text) == nil)
  }

  @Test func anActionMovesItsTarget() throws {
    let type = resourceType(
      "application-autoscaling/scheduled-action", FakeAWS { _, _ in .null })
    let movement = try #require(
      type.movement(
        by: "ecs:service:DesiredCount/service/web/api#day-night-end",
        attributes: ["schedule": "cron(0 8 * * ? *)", "timezone": "UTC", "minCapacity": 2],
        until: try date("2026-11-18T09:00:00Z")))
    #expect(
      movement
        == Movement(
          Address("application-autoscaling/target", "ecs:service:DesiredCount/service/web/api"),
          attributes: ["minCapacity", "maxCapacity"], values: ["minCapacity": 2], isReturn: true,
          last: try date("2026-11-18T08:00:00Z"), isOver: false))
  }
}
