import Foundation
import Model
import Testing

@testable import Policy

/// What commands say of groups with windows, and of groups that AWS parks when a start has ended.
extension ParkingWindowTests {
  @Test func aCommandHoldsUntilTheNextEdge() throws {
    let policy = try policy(group, windows(), at: noon)
    let group = try #require(policy.parkingGroups([:], at: date(noon))["night"])
    #expect(group.scheduled == .running && group.isScheduled)
    #expect(group.nextEdge == (try date("2026-11-18T22:59:00Z")))
    #expect(group.saying(.running, at: try date(noon)) == nil)
    let stop = try #require(group.saying(.parked, at: try date(noon)))
    #expect(stop.until == group.nextEdge)
    // Friday's window ends on Saturday; then nothing happens until Monday.
    let weekend = try #require(
      policy.parkingGroups([:], at: date("2026-11-21T12:00:00Z"))["night"])
    #expect(weekend.nextEdge == (try date("2026-11-23T22:59:00Z")))
    func state(_ time: String) throws -> ParkingState? {
      policy.parkingGroups(["night": stop], at: try date(time))["night"]?.state
    }
    #expect(try state("2026-11-18T12:00:00Z") == .parked)
    #expect(try state("2026-11-18T23:30:00Z") == .parked)
    #expect(try state("2026-11-19T07:30:00Z") == .running)
    let told = parkingRemarks(
      policy.parkingGroups(["night": stop], at: try date(noon)), at: try date(noon))
    #expect(told[0].contains("until 2026-11-18T22:59:00Z (2026-11-18T23:59 Europe/Zurich)"))
  }

  @Test func aStartForSomeTimeEndsInAWSWhereThereIsARole() throws {
    let named = group.replacing("only:", with: "role: weir-parking, state: parked, only:")
    let policy = try policy(named, at: noon)
    let start = ParkingOverride(
      .running, since: try date(noon), until: try date("2026-11-18T13:00:30Z"))
    let selected = try selected(policy, said: start, at: noon)
    #expect(calls(selected) == ["park": ["at(2026-11-18T13:01:00) updateService"]])
    #expect(selected.resources[0].address.name.hasPrefix("default/night-for-ecs-"))
    #expect(selected.returns == ["night": [Self.service: ["desiredCount": 3]]])
    let nameless = try self.policy(group, at: noon)
    #expect(try self.selected(nameless, said: start, at: noon).resources == [])
  }

  @Test func aStartThatEndsInAWindowEndsInAWS() throws {
    let policy = try policy(group, windows(), at: midnight)
    let night = "2026-11-19T00:00:00Z"
    let start = ParkingOverride(
      .running, since: try date(night), until: try date("2026-11-19T02:00:00Z"))
    #expect(
      calls(try selected(policy, said: start, at: night))["park"]?.contains(
        "at(2026-11-19T02:00:00) updateService") == true)
    // At the end of the window nothing has to be parked.
    let late = ParkingOverride(
      .running, since: try date(night), until: try date("2026-11-19T06:00:00Z"))
    #expect(calls(try selected(policy, said: late, at: night))["park"]?.count == 2)
    let told = parkingRemarks(
      policy.parkingGroups(["night": start], at: try date(night)), at: try date(night))
    #expect(told[0].hasSuffix("then AWS parks it again."))
  }
}
