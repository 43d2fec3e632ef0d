import Foundation
import Model
import Testing

/// When schedules of AWS ran last, and run next.
@Suite struct ScheduleExpressionTests {
  private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

  @Test(arguments: [
    ("cron(0 8 * * ? *)", "UTC", "2026-11-18T08:00:00Z", "2026-11-18T08:00:00Z"),
    ("cron(0 8 * * ? *)", "UTC", "2026-11-18T07:59:59Z", "2026-11-17T08:00:00Z"),
    ("cron(0 8 * * ? *)", "America/New_York", "2026-11-18T13:00:00Z", "2026-11-18T13:00:00Z"),
    ("cron(5 20 ? * MON-FRI *)", "UTC", "2026-11-22T12:00:00Z", "2026-11-20T20:05:00Z"),
    ("cron(0 0 ? * SUN *)", "UTC", "2026-11-21T23:59:59Z", "2026-11-15T00:00:00Z"),
    ("cron(0 0 ? * THU-SAT,SUN *)", "UTC", "2026-11-25T10:00:00Z", "2026-11-22T00:00:00Z"),
    ("cron(0 12 1 * ? *)", "UTC", "2026-11-25T10:00:00Z", "2026-11-01T12:00:00Z"),
    ("cron(0/20 8-9 * * ? *)", "UTC", "2026-11-25T09:39:00Z", "2026-11-25T09:20:00Z"),
    ("cron(0 12 29 FEB ? *)", "UTC", "2027-11-25T10:00:00Z", "2024-02-29T12:00:00Z"),
    // The clocks go forward over 02:30, and back over 01:30.
    ("cron(30 2 * * ? *)", "America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T07:00:00Z"),
    ("cron(30 2 * * ? *)", "America/New_York", "2026-03-08T06:59:59Z", "2026-03-07T07:30:00Z"),
    ("cron(30 1 * * ? *)", "America/New_York", "2026-11-01T06:45:00Z", "2026-11-01T05:30:00Z"),
    ("at(2026-12-01T08:00:00)", "America/New_York", "2026-12-01T13:00:00Z", "2026-12-01T13:00:00Z"),
    ("at(2026-12-01T08:00:30)", "UTC", "2030-01-01T00:00:00Z", "2026-12-01T08:00:30Z"),
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
    #expect(schedule.next(5, after: now, in: .gmt) == [try date("2026-12-01T08:00:00Z")])
  }

  /// The dates of the next runs, in UTC, as a calendar has them.
  @Test(arguments: [
    ("cron(0 8 ? * MON-FRI *)", "11-23 11-24 11-25 11-26 11-27"),
    ("cron(0 8 ? * FRI-MON *)", "11-22 11-23 11-27 11-28 11-29"),
    ("cron(0 8 ? * 1,7 *)", "11-22 11-28 11-29 12-05 12-06"),
    ("cron(0 8 1/10 * ? *)", "12-01 12-11 12-21 12-31 01-01"),
    ("cron(0 8 L * ? *)", "11-30 12-31 01-31 02-28 03-31"),
    ("cron(0 8 LW * ? *)", "11-30 12-31 01-29 02-26 03-31"),
    ("cron(0 8 15W * ? *)", "12-15 01-15 02-15 03-15 04-15"),
    ("cron(0 8 1W * ? *)", "12-01 01-01 02-01 03-01 04-01"),
    ("cron(0 8 2W MAY,AUG ? *)", "05-03 08-02 05-02 08-02 05-02"),
    ("cron(0 8 ? * 6L *)", "11-27 12-25 01-29 02-26 03-26"),
    ("cron(0 8 ? * TUE#1 *)", "12-01 01-05 02-02 03-02 04-06"),
    ("cron(0 8 ? JAN,7 SUN#5 2027)", "01-31"),
    ("cron(0 8 31 2 ? *)", ""),
    ("cron(0 8 * * ? 2025)", ""),
    ("at(2026-11-23T08:00:00)", "11-23"),
  ])
  func runsNext(_ text: String, _ expected: String) throws {
    let schedule = try #require(ScheduleExpression(text))
    let next = schedule.next(5, after: try date("2026-11-21T15:00:00Z"), in: .gmt)
    #expect(
      next.map { $0.formatted(.iso8601).dropFirst(5).prefix(5) }.joined(separator: " ") == expected)
    #expect(
      next == next.sorted() && next.allSatisfy { $0.formatted(.iso8601).hasSuffix("T08:00:00Z") })
  }

  /// The day on which the clock is put forward over 02:30, and the one on which it is put back over 01:30.
  @Test func tellsTheDaysOfAClockChange() throws {
    let zone = try #require(TimeZone(identifier: "America/New_York"))
    func next(_ text: String, _ now: String, _ gap: ScheduleExpression.ClockGap) throws -> [String]
    {
      try #require(ScheduleExpression(text)).next(3, after: try date(now), in: zone, gap: gap)
        .map { $0.formatted(.iso8601) }
    }
    #expect(
      try next("cron(30 2 * * ? *)", "2026-03-07T00:00:00Z", .leavesOut) == [
        "2026-03-07T07:30:00Z", "2026-03-09T06:30:00Z", "2026-03-10T06:30:00Z",
      ])
    #expect(
      try next("cron(30 2 * * ? *)", "2026-03-07T00:00:00Z", .moves) == [
        "2026-03-07T07:30:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z",
      ])
    #expect(
      try next("cron(30 1 * * ? *)", "2026-10-31T12:00:00Z", .leavesOut) == [
        "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z", "2026-11-03T06:30:00Z",
      ])
    #expect(try next("at(2026-03-08T02:30:00)", "2026-03-07T00:00:00Z", .leavesOut).isEmpty)
    // Two times that the clock skips come to one run.
    #expect(
      try next("cron(0,30 2 * * ? *)", "2026-03-08T00:00:00Z", .moves) == [
        "2026-03-08T07:00:00Z", "2026-03-09T06:00:00Z", "2026-03-09T06:30:00Z",
      ])
  }

  @Test(arguments: [
    "rate(5 minutes)", "cron(0 8 * * * *)", "cron(0 8 ? * ? *)", "cron(60 8 * * ? *)",
    "cron(0 8 * * ?)", "cron(0 8 0 * ? *)", "cron(0 8 ? * MON#6 *)", "cron(0 8 ? * MUN *)",
    "cron(0 8 5-1 * ? *)", "cron(0/0 8 * * ? *)", "cron(-1 8 * * ? *)", "cron(0 8 * * ? 1969)",
    "cron(0,, 8 * * ? *)", "at(soon)", "at(2026-12-01)", "at(2026-12-01T08:00)",
    "at(2026-12-01T08:00:60)", "at(2026-02-30T08:00:00)", "cron(", "",
  ])
  func knowsOnlyWhatItCanTell(_ text: String) {
    #expect(ScheduleExpression(text) == nil)
  }

  @Test(arguments: [
    ("0 22 * * ? *", [0, 1, 2, 3, 4, 5, 6]), ("0 22 ? * SUN *", [6]),
    ("0 22 ? * MON-FRI *", [0, 1, 2, 3, 4]),
  ])
  func tellsDaysOfTheWeek(_ text: String, _ days: [Int]) throws {
    let cron = try #require(CronExpression(text))
    let weekly = try #require(cron.weekly)
    #expect(weekly.days == Set(days) && weekly.hour == 22 && weekly.minute == 0)
  }

  @Test(arguments: [
    "0 22 1 * ? *", "0,30 22 * * ? *", "0 22 ? * MON#1 *", "0 22 * 5 ? *", "0 22 * * ? 2027",
  ])
  func tellsWhatIsNotWeekly(_ text: String) throws {
    #expect(try #require(CronExpression(text)).weekly == nil)
  }
}
