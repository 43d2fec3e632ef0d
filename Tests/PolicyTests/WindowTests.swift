import Foundation
import Manifests
import Model
import Testing

@testable import Policy

/// When windows are in force, above all on the days on which clocks change.
@Suite struct WindowTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let zone: String
    let from: String
    let until: String
    let instant: String
    let isInForce: Bool

    init(_ zone: String, _ from: String, _ until: String, _ instant: String, _ isInForce: Bool) {
      (self.zone, self.from, self.until) = (zone, from, until)
      (self.instant, self.isInForce) = (instant, isInForce)
    }

    var testDescription: String { "\(zone) \(from)-\(until) at \(instant)" }
  }

  static let cases: [Case] = [
    // The clocks go forward: 02:00 EST is 03:00 EDT at 07:00Z; 02:00 CET is 03:00 CEST at 01:00Z.
    Case("America/New_York", "08:00", "12:00", "2026-03-07T12:59:59Z", false),
    Case("America/New_York", "08:00", "12:00", "2026-03-07T13:00:00Z", true),
    Case("America/New_York", "08:00", "12:00", "2026-03-08T11:59:59Z", false),
    Case("America/New_York", "08:00", "12:00", "2026-03-08T12:00:00Z", true),
    Case("America/New_York", "08:00", "12:00", "2026-03-08T15:59:59Z", true),
    Case("America/New_York", "08:00", "12:00", "2026-03-08T16:00:00Z", false),
    Case("America/New_York", "02:30", "04:00", "2026-03-08T06:59:59Z", false),
    Case("America/New_York", "02:30", "04:00", "2026-03-08T07:00:00Z", true),
    Case("America/New_York", "02:30", "04:00", "2026-03-08T07:59:59Z", true),
    Case("America/New_York", "02:30", "04:00", "2026-03-08T08:00:00Z", false),
    Case("America/New_York", "22:00", "06:00", "2026-03-08T09:59:59Z", true),
    Case("America/New_York", "22:00", "06:00", "2026-03-08T10:00:00Z", false),
    Case("Europe/Berlin", "08:00", "12:00", "2026-03-29T05:59:59Z", false),
    Case("Europe/Berlin", "08:00", "12:00", "2026-03-29T06:00:00Z", true),
    Case("Europe/Berlin", "01:30", "02:30", "2026-03-29T00:59:59Z", true),
    Case("Europe/Berlin", "01:30", "02:30", "2026-03-29T01:00:00Z", false),
    // The clocks go back: 02:00 EDT is 01:00 EST at 06:00Z; 03:00 CEST is 02:00 CET at 01:00Z.
    Case("America/New_York", "08:00", "12:00", "2026-11-01T12:59:59Z", false),
    Case("America/New_York", "08:00", "12:00", "2026-11-01T13:00:00Z", true),
    Case("America/New_York", "01:30", "03:00", "2026-11-01T05:29:59Z", false),
    Case("America/New_York", "01:30", "03:00", "2026-11-01T05:30:00Z", true),
    Case("America/New_York", "01:30", "03:00", "2026-11-01T07:59:59Z", true),
    Case("America/New_York", "01:30", "03:00", "2026-11-01T08:00:00Z", false),
    Case("America/New_York", "00:30", "01:30", "2026-11-01T05:29:59Z", true),
    Case("America/New_York", "00:30", "01:30", "2026-11-01T06:15:00Z", false),
    Case("America/New_York", "22:00", "06:00", "2026-11-01T10:59:59Z", true),
    Case("America/New_York", "22:00", "06:00", "2026-11-01T11:00:00Z", false),
    Case("Europe/Berlin", "08:00", "12:00", "2026-10-25T06:59:59Z", false),
    Case("Europe/Berlin", "08:00", "12:00", "2026-10-25T07:00:00Z", true),
    Case("Europe/Berlin", "02:30", "04:00", "2026-10-25T00:30:00Z", true),
    Case("Europe/Berlin", "02:30", "04:00", "2026-10-25T02:59:59Z", true),
    Case("Europe/Berlin", "02:30", "04:00", "2026-10-25T03:00:00Z", false),
    // A zone that is thirty minutes off, one without changes, and a whole day.
    Case("Asia/Kolkata", "08:00", "12:00", "2026-03-08T02:30:00Z", true),
    Case("UTC", "08:00", "12:00", "2026-03-08T12:00:00Z", false),
    Case("UTC", "08:00", "08:00", "2026-03-08T07:59:59Z", true),
  ]

  @Test(arguments: cases)
  func isInForceByTheClockOfItsZone(_ test: Case) throws {
    let span = WindowSpan.weekly(
      Weekday.allCases, from: try #require(TimeOfDay(test.from)),
      until: try #require(TimeOfDay(test.until)))
    let zone = try #require(TimeZone(identifier: test.zone))
    let occurrence = span.occurrence(at: try date(test.instant), in: zone)
    #expect((occurrence != nil) == test.isInForce)
  }

  @Test func beginsOnItsDaysOnly() throws {
    let span = WindowSpan.weekly(
      [.friday, .sunday], from: try #require(TimeOfDay("22:00")),
      until: try #require(TimeOfDay("06:00")))
    let inForce = try ["20T23", "21T05", "21T23", "22T05", "22T23", "23T05", "23T07"].map {
      span.occurrence(at: try date("2026-11-\($0):00:00Z"), in: .gmt) != nil
    }
    #expect(inForce == [true, true, false, false, true, true, false])
  }

  @Test func datesAreReadAndWritten() throws {
    for text in ["1970-01-01T00:00", "1969-12-31T23:59", "2024-02-29T12:30", "2026-12-01T08:00"] {
      #expect(try #require(LocalTime(text)).description == text)
    }
    #expect(try #require(LocalTime("2026-11-18T08:00")).dayOfWeek == 2)
    #expect(try #require(LocalTime("1969-12-31T23:59")).dayOfWeek == 2)
    for text in ["2026-02-29T08:00", "2026-13-01T08:00", "2026-12-01", "2026-12-01T24:00", ""] {
      #expect(LocalTime(text) == nil)
    }
  }

  @Test(arguments: [
    (["mon", "tue", "wed", "thu", "fri"], "cron(5 8 ? * MON-FRI *)"),
    (["sat", "sun"], "cron(5 8 ? * SAT,SUN *)"),
    (["thu", "fri", "sat", "sun"], "cron(5 8 ? * THU-SAT,SUN *)"),
    (["mon", "wed", "thu"], "cron(5 8 ? * MON,WED,THU *)"),
    (["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "cron(5 8 * * ? *)"),
  ])
  func writesCronExpressions(_ days: [String], _ expression: String) throws {
    let days = try days.map { try #require(Weekday(rawValue: $0)) }
    let time = ActionTime.weekly(days, try #require(TimeOfDay("08:05")))
    #expect(time.expression == expression)
  }

  /// Whatever the minute of a week and a half: the scheduled actions lead to the bounds that the
  /// policy wants at that time.
  @Test func actionsLeadToTheBoundsThatAreWanted() throws {
    let fixture = Fixture(kind: "Schedule", name: "touching")
    let text = try String(contentsOf: fixture.url("yaml"), encoding: .utf8)
    let start = try date("2026-11-15T23:00:00Z")
    let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
    let resources = try compileText(text, at: start).resources
    var bounds: [Value] = []
    for minute in stride(from: 0, to: 8 * 1440, by: 30) {
      let now = start + Double(minute) * 60
      let clock = LocalTime(now, in: zone)
      for action in resources where action.address.type.hasSuffix("scheduled-action") {
        guard try runs(action, at: clock) else { continue }
        bounds = ["minCapacity", "maxCapacity"].compactMap { action.exactly($0) }
      }
      guard minute > 1440 else { continue }
      let target = try #require(
        try compileText(text, at: now + 400).resources.first {
          $0.address.type == "application-autoscaling/target"
        })
      let wanted = ["minCapacity", "maxCapacity"].compactMap { target.exactly($0) }
      #expect(wanted == bounds, "at \(clock)")
    }
  }

  /// The actions of a window that is in force once are in the policy at any time; those whose time
  /// has passed are spent.
  @Test(arguments: [
    ("2026-12-01T12:59:59Z", [false, false]), ("2026-12-01T13:00:00Z", [false, true]),
    ("2026-12-04T00:59:59Z", [false, true]), ("2026-12-04T01:00:00Z", [true, true]),
    ("2027-12-04T01:00:00Z", [true, true]),
  ])
  func actionsWithADateAreSpentOnceItHasPassed(_ time: String, _ areSpent: [Bool]) throws {
    let text = """
      apiVersion: weir/v1
      kind: TaskSize
      metadata: {name: ide}
      spec: {cluster: web, service: api, scaling: {min: 1, max: 4}}
      ---
      apiVersion: weir/v1
      kind: Schedule
      metadata: {name: exams, protect: true}
      spec:
        target: {taskSize: ide}
        timeZone: America/New_York
        windows:
          - {name: finals, from: 2026-12-01T08:00, until: 2026-12-03T20:00, min: 3}
      """
    let actions = try compileText(text, at: date(time)).resources.filter {
      $0.address.type == "application-autoscaling/scheduled-action"
    }
    #expect(actions.map(\.isSpent) == areSpent)
    #expect(actions.allSatisfy { $0.isProtected })
    let schedules = actions.map { $0.exactly("schedule") }
    #expect(schedules == ["at(2026-12-03T20:00:00)", "at(2026-12-01T08:00:00)"])
    #expect(actions.map { $0.attributes.count } == areSpent.map { $0 ? 2 : 4 })
  }

  /// Whether the action's cron expression is for this minute.
  private func runs(_ action: DesiredResource, at clock: LocalTime) throws -> Bool {
    let text = try #require(action.exactly("schedule")?.string)
    let fields = text.dropFirst(5).dropLast().split(separator: " ").map(String.init)
    let time = clock.minutes - clock.day * 1440
    guard fields[0] == "\(time % 60)", fields[1] == "\(time / 60)" else { return false }
    if fields[4] == "?" { return true }
    let names = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
    return fields[4].split(separator: ",").contains { item in
      let ends = item.split(separator: "-").compactMap { names.firstIndex(of: String($0)) }
      return (ends[0]...ends[ends.count - 1]).contains(clock.dayOfWeek)
    }
  }
}

extension DesiredResource {
  fileprivate func exactly(_ name: String) -> Value? {
    if case .exactly(let value)? = attributes[name] { value } else { nil }
  }
}

/// Windows with holidays: what the actions do, minute by minute, is what the policy wants.
@Suite struct HolidayTests {
  private func compiled(_ at: Date) throws -> [DesiredResource] {
    try compileText(
      """
      apiVersion: weir/v1
      kind: TaskSize
      metadata: {name: ide}
      spec: {cluster: web, service: api, scaling: {min: 1, max: 4}}
      ---
      apiVersion: weir/v1
      kind: Schedule
      metadata: {name: exams}
      spec:
        target: {taskSize: ide}
        timeZone: Europe/Berlin
        holidays: [2026-12-24, 2026-12-25, 2026-12-28, 2027-01-01]
        windows:
          - {name: mornings, days: mon-fri, from: 08:00, until: "12:00", min: 2}
          - {name: nights, days: mon-thu, from: "22:00", until: 06:00, min: 3}
          - {name: party, from: 2026-12-24T10:00, until: 2026-12-24T14:30, min: 4}
      """, at: at
    ).resources
  }

  @Test func actionsLeadToTheBoundsThatAreWanted() throws {
    let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
    let start = try #require(LocalTime("2026-12-20T00:00")).instant(in: zone)
    let actions = try compiled(start).filter { $0.address.type.hasSuffix("scheduled-action") }
    // What each action sets at which instants.
    var moves: [Date: [Value]] = [:]
    for action in actions {
      let expression = try #require(
        action.exactly("schedule")?.string.flatMap(ScheduleExpression.init))
      let from = try action.exactly("startTime")?.string.map(date) ?? .distantPast
      let until = try action.exactly("endTime")?.string.map(date) ?? .distantFuture
      for run in expression.next(30, after: start, in: zone) where from <= run && run <= until {
        #expect(moves[run] == nil, "two actions at \(run)")
        moves[run] = ["minCapacity", "maxCapacity"].compactMap { action.exactly($0) }
      }
    }
    var bounds: [Value] = [1, 4]
    for minute in stride(from: 0, to: 18 * 1440, by: 30) {
      let now = start + Double(minute) * 60
      bounds = moves[now] ?? bounds
      let target = try #require(
        try compiled(now + 400).first { $0.address.type == "application-autoscaling/target" })
      let wanted = ["minCapacity", "maxCapacity"].compactMap { target.exactly($0) }
      #expect(wanted == bounds, "at \(LocalTime(now, in: zone))")
    }
  }

  /// As the holidays pass, no action is asked to change: a start that has passed is left as it is.
  @Test func nothingChangesAsHolidaysPass() throws {
    let start = try date("2026-12-20T00:00:00Z")
    let first = Dictionary(
      uniqueKeysWithValues: try compiled(start).map { ($0.address, $0) })
    for day in 0..<20 {
      for resource in try compiled(start + Double(day) * 86_400)
      where resource.address.type.hasSuffix("scheduled-action") {
        let before = try #require(first[resource.address])
        for (name, wish) in resource.attributes { #expect(before.attributes[name] == wish) }
        let missing = Set(before.attributes.keys).subtracting(resource.attributes.keys)
        #expect(resource.isSpent || missing == resource.lapsed, "\(resource.address) on day \(day)")
      }
    }
  }
}
