import Foundation
import Manifests
import Model
import Testing

@testable import Policy

/// What parking makes of what other manifests say, once it is known what its tags mean.
@Suite("Parking")
struct ParkingTests {
  private let now = Date(timeIntervalSince1970: 1_790_000_000)
  private let service = Address("ecs/service", "web/api")
  private let target = Address(
    "application-autoscaling/target", "ecs:service:DesiredCount/service/web/api")

  private func compiled(_ manifests: String...) throws -> CompiledEnvironment {
    let text = manifests.joined(separator: "\n---\n")
    let source = PolicySource(files: [
      "weir.yaml": Data(testProject.utf8), "m.yaml": Data(text.utf8),
    ])
    let policy = loadPolicy(source, kinds: kindSchemas())
    return compile(try policy.environment(named: "prod"), at: now)
  }

  private func group(_ rest: String) -> String {
    """
    apiVersion: weir/v1
    kind: Parking
    metadata: {name: night}
    spec: {tags: {group: dev}, only: [ecs], \(rest)}
    """
  }

  private let size = """
    apiVersion: weir/v1
    kind: TaskSize
    metadata: {name: api}
    spec: {cluster: web, service: api, cpu: 1 vCPU, memory: 2 GB, count: 2, scaling: {min: 2, max: 6}}
    """

  private func found(_ context: [String: Value] = [:]) -> [ResourceSelector: [String: LiveResource]]
  {
    let filter = TagFilter(["group": ["dev"]])
    return [
      ResourceSelector(type: "ecs/service", criteria: ["tags": filter.criterion]): [
        "web/api": LiveResource(attributes: ["desiredCount": 3], context: context)
      ]
    ]
  }

  @Test func parkedValuesHoldBeforeOthers() throws {
    let policy = try compiled(group("state: parked"), size)
    let resources = try policy.parked([:], at: now).resources(found: found(), at: now).resources
    #expect(resources.map(\.address) == [target, service])
    let parked = try #require(resources.first { $0.address == service })
    #expect(parked.attributes["desiredCount"] == .exactly(0))
    #expect(parked.attributes["cpu"] == .exactly(1024))
    #expect(parked.manifest.kind == "TaskSize")
    #expect(parked.dependsOn == [target])
    #expect(
      parked.notes == [
        "parked by Parking/night",
        "what TaskSize/api says of desiredCount holds once it is started",
      ])
    let bounds = try #require(resources.first { $0.address == target })
    #expect(bounds.attributes["minCapacity"] == .exactly(0))
    #expect(bounds.attributes["maxCapacity"] == .exactly(6))
    #expect(bounds.lasting == ["maxCapacity": 6])
    #expect(bounds.dependsOn == [] && !bounds.isOptional)
    #expect(bounds.sources["minCapacity"] != bounds.sources["maxCapacity"])
  }

  @Test func aGroupThatRunsAsksForNothing() throws {
    let policy = try compiled(group("state: running"), size)
    #expect(policy.parked([:], at: now).selections == [])
    #expect(
      try policy.parked([:], at: now).resources(found: [:], at: now).resources == policy.resources)
    let alone = try compiled(group("state: parked"))
    let resources = try alone.parked([:], at: now).resources(found: found(), at: now).resources
    #expect(resources.map(\.manifest.kind) == ["Parking", "Parking"])
    #expect(resources.map(\.isOptional) == [true, false])
  }

  @Test func whatACommandSaysHoldsUntilItIsTakenBack() throws {
    let running = try compiled(group("state: running"))
    let parked = try compiled(group("state: parked"))
    func isParked(_ policy: CompiledEnvironment, _ said: ParkingOverride, at time: Date) -> Bool {
      !policy.parked(["night": said], at: time).selections.isEmpty
    }
    let hour: TimeInterval = 3600
    let stopped = ParkingOverride(.parked, since: now - hour)
    #expect(isParked(running, stopped, at: now))
    let started = ParkingOverride(.running, since: now - hour)
    #expect(!isParked(parked, started, at: now))
    let awhile = ParkingOverride(.running, since: now, until: now + 2 * hour)
    #expect(!isParked(parked, awhile, at: now + hour))
    #expect(isParked(running, awhile, at: now + 2 * hour))
    let groups = running.parkingGroups(["night": awhile, "gone": stopped], at: now + hour)
    #expect(groups.keys.sorted() == ["night"])
    #expect(parkingRemarks(groups, at: now + hour)[0].contains("Weir does nothing by itself"))
  }

  @Test func saysWhatStaysAsItIs() throws {
    let policy = try compiled(group("state: parked"))
    let found = found(["schedulingStrategy": "DAEMON"])
    #expect(try policy.resources(found: found, at: now).resources == [])
    let remarks = policy.keptRemarks(found: found, records: [:])
    #expect(remarks.count == 1 && remarks[0].hasPrefix("Parking/night leaves ecs/service web/api"))
    #expect(
      policy.emptyGroups(found: [:], records: [:]) == [
        "Parking/night: no resource that can be parked has its tags."
      ])
    let except = try compiled(group("state: parked, except: [web/api]"))
    #expect(try except.resources(found: self.found(), at: now).resources == [])
  }

  @Test func alarmsAreDeletedWhereTheManifestSaysSo() throws {
    let manifest = """
      apiVersion: weir/v1
      kind: Parking
      metadata: {name: night}
      spec: {tags: {group: dev}, only: [cloudwatch], state: parked, alarms: {delete: true}}
      """
    let asked = """
      apiVersion: weir/v1
      kind: Alarm
      metadata: {name: asked}
      spec: {threshold: 1}
      """
    let policy = try compiled(manifest, asked)
    let whole = "cloudwatch/alarm-definition"
    let selector = try #require(policy.selections.first?.selector)
    #expect(selector.type == whole)
    func live(_ context: [String: Value] = [:]) -> LiveResource {
      LiveResource(attributes: ["definition": ["Threshold": 1]], context: context)
    }
    let found = [
      selector: [
        "busy": live(), "asked": live(), "part": live(["composites": ["all"]]),
        "all": LiveResource(attributes: [:], context: ["kind": "composite"]),
        "TargetTracking-table/a-AlarmHigh-1": live(),
      ]
    ]
    let resources = try policy.resources(found: found, at: now).resources
    let silent = resources.filter { $0.attributes["actionsEnabled"] == .exactly(false) }
    #expect(
      silent.map(\.address) == [
        Address("cloudwatch/alarm", "TargetTracking-table/a-AlarmHigh-1"),
        Address("cloudwatch/alarm", "asked"), Address("cloudwatch/alarm", "part"),
      ])
    #expect(silent[2].notes.last?.contains("composite alarm all names it") == true)
    let deleted = resources.filter { $0.address.type == whole }
    #expect(deleted.map(\.address.name) == ["busy"])
    #expect(deleted[0].attributes == ["definition": .absent, "tags": .absent])
    #expect(policy.keptRemarks(found: found, records: [:]).count == 1)
    #expect(policy.parkingPatterns.map(\.type) == ["cloudwatch/alarm", whole])
  }

  @Test func alarmsStayParkedTheWayTheyWere() throws {
    let manifest = { (alarms: String) in
      """
      apiVersion: weir/v1
      kind: Parking
      metadata: {name: night}
      spec: {tags: {group: dev}, only: [cloudwatch], state: parked\(alarms)}
      """
    }
    func record(_ type: String, _ name: String, _ found: [String: Value]) -> AppliedResource {
      AppliedResource(
        address: Address(type, name), attributes: [:], found: found, foundContext: [:],
        wasCreated: false, onRemove: .restore, isProtected: false,
        manifest: ManifestReference(kind: "Parking", name: "night"), dependsOn: [], serial: 1)
    }
    let silent = record("cloudwatch/alarm", "a", ["actionsEnabled": true])
    let gone = record("cloudwatch/alarm-definition", "b", ["definition": ["Threshold": 1]])
    let records = [silent.address: silent, gone.address: gone]
    for alarms in ["", ", alarms: {delete: true}"] {
      let policy = try compiled(manifest(alarms))
      let selector = try #require(policy.selections.first?.selector)
      let live = LiveResource(attributes: ["actionsEnabled": false])
      let resources = try policy.resources(
        found: [selector: ["a": live]], records: records, at: now
      ).resources
      #expect(resources.map(\.address) == [silent.address, gone.address])
      let remarks = policy.otherwiseRemarks(
        found: [selector: ["a": live]], records: records)
      #expect(remarks.count == 1 && remarks[0].contains("1 of \(selector.type) stay parked"))
    }
  }

  @Test func whatOtherKindsSelectIsNotParked() throws {
    let size = """
      apiVersion: weir/v1
      kind: StreamCapacity
      metadata: {name: clicks}
      spec: {tags: {group: dev}, shards: 4}
      """
    let policy = try compiled(size, group("state: running"))
    let stream = LiveResource(attributes: ["mode": "PROVISIONED", "shards": 2])
    let filter = TagFilter(["group": ["dev"]])
    let selector = ResourceSelector(type: "kinesis/stream", criteria: ["tags": filter.criterion])
    let resources = try policy.parked([:], at: now)
      .resources(found: [selector: ["clicks": stream]], at: now).resources
    #expect(resources.map(\.attributes) == [["shards": .exactly(4)]])
    #expect(policy.keptRemarks(found: found(), records: [:]) == [])
  }
}
