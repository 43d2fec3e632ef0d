import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// What schedules of AWS have parked is given back, and what they have given back is left alone.
@Suite struct ParkedBySchedulesTests {
  private static let thing = Address("free/thing", "web")
  private static let now = Date(timeIntervalSince1970: 1_800_000_000)

  /// Schedules whose attribute `last` says how many seconds ago they ran.
  private var schemas: [String: any ResourceSchema] {
    let cloud = FakeCloud([:])
    var action = FakeResourceType("free/action", in: cloud)
    action.movement = { name, attributes, time in
      let isStart = name.hasSuffix(Movement.startSuffix)
      return Movement(
        Address("free/thing", String(name.prefix { $0 != "-" })), attributes: ["count"],
        values: attributes.filter { $0.key == "count" },
        isReturn: isStart, isStart: isStart,
        last: (attributes["last"]?.number as NSDecimalNumber?).map { time - $0.doubleValue },
        isOver: false)
    }
    return ["free/action": action, "free/thing": FakeResourceType("free/thing", in: cloud)]
  }

  private func record(
    _ address: Address, _ attributes: [String: Value], found: [String: Value] = [:]
  ) -> AppliedResource {
    AppliedResource(
      address: address, attributes: attributes, found: found, foundContext: [:], wasCreated: false,
      onRemove: .restore, isProtected: false,
      manifest: ManifestReference(kind: "Parking", name: "night"), dependsOn: [], serial: 1)
  }

  private func state(
    parked: Int?, started: Int?, _ thing: AppliedResource? = nil, said: ParkingOverride? = nil
  ) -> State {
    var records = [thing].compactMap { $0 }
    if let parked {
      records.append(
        record(Address("free/action", "web-park"), ["count": 0, "last": Value(parked)]))
    }
    if let started {
      records.append(
        record(Address("free/action", "web-run"), ["count": 3, "last": Value(started)]))
    }
    return State(
      lineage: "l", environment: EnvironmentReference(name: "prod", account: "1", region: "r"),
      parking: said.map { ["night": $0] } ?? [:],
      resources: Dictionary(records.map { ($0.address, $0) }, uniquingKeysWith: { $1 }))
  }

  private func parked(_ state: State, count: Value) -> AppliedResource? {
    let schedules = ParkedBySchedules(state, schemas: schemas, at: Self.now)
    #expect(schedules.addresses == [Self.thing])
    return schedules.records(
      live: [Self.thing: LiveResource(attributes: ["count": count, "other": 1])])[Self.thing]
  }

  @Test func whatAWSHasParkedIsKnownByItsSchedules() throws {
    let record = try #require(parked(state(parked: 100, started: 200), count: 0))
    #expect(record.attributes == ["count": 0] && record.found == ["count": 3])
    // It runs, or somebody else has stopped it since AWS started it.
    #expect(parked(state(parked: 100, started: 200), count: 2) == nil)
    #expect(parked(state(parked: 200, started: 100), count: 0) == nil)
    let left = ParkedBySchedules(state(parked: 200, started: 100), schemas: schemas, at: Self.now)
      .records(live: [Self.thing: LiveResource(attributes: ["count": 0])], evenIfStarted: true)
    #expect(left[Self.thing]?.found == ["count": 3])
    // A record knows better.
    let own = self.record(Self.thing, ["count": 0], found: ["count": 7])
    #expect(parked(state(parked: 100, started: 200, own), count: 0) == nil)
    // Nothing says what it had.
    #expect(parked(state(parked: 100, started: nil), count: 0) == nil)
  }

  /// What was parked later is given back earlier.
  @Test func theOrderOfTheSchedulesIsThatOfWhatTheyPark() throws {
    var state = state(parked: 100, started: 200)
    let later = Address("free/thing", "later")
    for (name, last) in [("later-park", 160), ("later-run", 260)] as [(String, Int)] {
      var record = record(
        Address("free/action", name),
        ["count": name == "later-park" ? 0 : 2, "last": Value(last)])
      if name == "later-park" { record.dependsOn = [Address("free/action", "web-park")] }
      state.resources[record.address] = record
    }
    let found = ParkedBySchedules(state, schemas: schemas, at: Self.now).records(
      live: [
        Self.thing: LiveResource(attributes: ["count": 0]),
        later: LiveResource(attributes: ["count": 0]),
      ])
    #expect(found[later]?.dependsOn == [Self.thing])
    #expect(found[Self.thing]?.dependsOn == [])
  }

  @Test func aStartThatHasEndedSaysWhatToGiveBack() throws {
    let said = ParkingOverride(
      .running, since: Self.now - 7200, until: Self.now - 100,
      found: [FoundValues(address: Self.thing, values: ["count": 5])])
    let record = try #require(parked(state(parked: 100, started: nil, said: said), count: 0))
    #expect(record.found == ["count": 5])
  }

  @Test(arguments: [0, 3])
  func whatAScheduleHasGivenBackIsNotWritten(applied: Int) throws {
    let own = record(Self.thing, ["count": Value(applied)], found: ["count": 3])
    func plan(_ state: State, count: Value) -> Plan {
      var live = state.resources.mapValues { LiveResource(attributes: $0.attributes) }
      live[Self.thing] = LiveResource(attributes: ["count": count])
      let actions = state.resources.values.filter { $0.address.type == "free/action" }.map {
        wanted($0.address, $0.attributes)
      }
      return makePlan(
        PlanInput(
          intent: .policy(actions), environment: state.environment,
          policy: PolicyReference(commit: nil, hasUncommittedChanges: false, directory: ""),
          state: state, lineage: "l", live: live, schemas: schemas, time: Self.now))
    }
    // It has grown since it was started.
    let grown = plan(state(parked: 200, started: 100, own), count: 5)
    #expect(grown.changes.map(\.action) == [.forget] && grown.drift == [])
    // AWS has not started it.
    let parked = plan(state(parked: 200, started: 100, own), count: 0)
    #expect(parked.changes.map(\.set) == [["count": 3]])
    // No schedule has ever started it.
    let manual = plan(state(parked: nil, started: nil, own), count: 5)
    #expect(manual.changes.map(\.set) == [["count": 3]])
  }
}
