import Foundation
import Model
import Testing

/// What commands have said of parking groups is read as it was written, by earlier versions too.
@Suite struct ParkingOverrideTests {
  private let now = Date(timeIntervalSince1970: 1_800_000_000)

  @Test func documentsOfBeforeAreRead() throws {
    let text = #"{"since":"2026-11-18T12:00:00Z","state":"running","until":"2026-11-18T14:00:00Z"}"#
    let read = try CanonicalJSON.decode(ParkingOverride.self, from: Data(text.utf8))
    #expect(read.state == .running && read.found == nil)
    let again = try CanonicalJSON.encode(read)
    #expect(try CanonicalJSON.decode(ParkingOverride.self, from: again) == read)
    #expect(!String(decoding: again, as: UTF8.self).contains("found"))
  }

  @Test func whatIsToBeGivenBackIsKept() throws {
    let said = ParkingOverride(
      .running, since: now, until: now + 60,
      found: [FoundValues(address: Address("ecs/service", "web/api"), values: ["desiredCount": 3])])
    #expect(
      try CanonicalJSON.decode(ParkingOverride.self, from: CanonicalJSON.encode(said)) == said)
  }

  @Test func withWindowsItEndsAndTheyHoldAgain() {
    let start = ParkingOverride(.running, since: now, until: now + 60)
    #expect(start.state(at: now, isScheduled: true) == .running)
    #expect(start.state(at: now + 60, isScheduled: true) == nil)
    #expect(start.state(at: now + 60, isScheduled: false) == .parked)
    let stop = ParkingOverride(.parked, since: now, until: now + 60)
    #expect(stop.state(at: now + 59, isScheduled: true) == .parked)
    #expect(stop.state(at: now + 60, isScheduled: true) == nil)
    #expect(ParkingOverride(.parked, since: now).state(at: now + 60, isScheduled: true) == .parked)
  }
}
