import Foundation
import Manifests
import Model
import Testing

@testable import Policy

/// Windows of a parking group become schedules of what its tags mean.
@Suite("Parking windows")
struct ParkingWindowTests {
  static let service = Address("ecs/service", "web/api")
  static let target = Address(
    "application-autoscaling/target", "ecs:service:DesiredCount/service/web/api")

  let group = """
    apiVersion: weir/v1
    kind: Parking
    metadata: {name: night}
    spec: {tags: {group: dev}, only: [ecs]}
    """

  /// Wednesday noon in Zurich; the window is from Monday to Friday.
  let noon = "2026-11-18T11:00:00Z"
  let midnight = "2026-11-18T23:00:00Z"

  func windows(_ name: String = "office-hours") -> String {
    """
    apiVersion: weir/v1
    kind: Schedule
    metadata: {name: \(name)}
    spec:
      target: {parking: night}
      role: weir-scheduler
      timeZone: Europe/Zurich
      holidays: [2026-12-25]
      windows:
        - {name: nights, days: [mon, tue, wed, thu, fri], from: "23:59", until: "07:00", state: parked}
    """
  }

  func policy(_ manifests: String..., at time: String) throws -> CompiledEnvironment {
    let text = manifests.joined(separator: "\n---\n")
    let source = PolicySource(files: [
      "weir.yaml": Data(testProject.utf8), "m.yaml": Data(text.utf8),
    ])
    let loaded = loadPolicy(source, kinds: kindSchemas())
    let compiled = compile(try loaded.environment(named: "prod"), at: try date(time))
    #expect(!loaded.allDiagnostics(adding: compiled.diagnostics).hasErrors)
    return compiled
  }

  func selected(
    _ policy: CompiledEnvironment, count: Int = 3, least: Value? = nil, isSuspended: Bool = false,
    records: [AppliedResource] = [], said: ParkingOverride? = nil, at time: String
  ) throws -> SelectedResources {
    let filter = TagFilter(["group": ["dev"]])
    let selector = ResourceSelector(type: "ecs/service", criteria: ["tags": filter.criterion])
    var live: [Address: LiveResource] = [:]
    if let least {
      live[Self.target] = LiveResource(attributes: ["minCapacity": least, "maxCapacity": 6])
      if isSuspended { live[Self.target]?.attributes["suspended"] = ParkedForm.allScaling }
    }
    return try policy.parked(said.map { ["night": $0] } ?? [:], at: date(time)).resources(
      found: [selector: ["web/api": LiveResource(attributes: ["desiredCount": Value(count)])]],
      records: Dictionary(records.map { ($0.address, $0) }, uniquingKeysWith: { $1 }), live: live,
      at: date(time))
  }

  /// What schedules call, by the ends of their names, with their expression.
  func calls(_ selected: SelectedResources) -> [String: [String]] {
    var calls: [String: [String]] = [:]
    for resource in selected.resources where resource.address.type == "scheduler/schedule" {
      let end = String(resource.address.name.split(separator: "-").last ?? "")
      let values = ["expression", "target", "input"].map { name -> String in
        guard case .exactly(let value)? = resource.attributes[name] else { return "" }
        guard let text = value.string, name == "target" else { return value.string ?? "" }
        return text.split(separator: ":").last.map(String.init) ?? text
      }
      calls[end, default: []].append("\(values[0]) \(values[1])")
    }
    return calls.mapValues { $0.sorted() }
  }

  func record(_ address: Address, _ found: [String: Value]) -> AppliedResource {
    AppliedResource(
      address: address, attributes: [:], found: found, foundContext: [:], wasCreated: false,
      onRemove: .restore, isProtected: false,
      manifest: ManifestReference(kind: "Parking", name: "night"), dependsOn: [], serial: 1)
  }

  /// The count with which the service is started.
  func startCount(_ selected: SelectedResources) -> Value? {
    selected.resources.lazy.filter { $0.address.name.hasSuffix("-run") }.compactMap {
      guard case .exactly(let input)? = $0.attributes["input"] else { return nil }
      return input["DesiredCount"]
    }.first
  }

  @Test func callsFollowEachOtherMinuteByMinuteAndBackwardsAtTheEnd() throws {
    let policy = try policy(group, windows(), at: noon)
    let selected = try selected(policy, least: 2, at: noon)
    #expect(
      calls(selected) == [
        // The second minute is on the next day.
        "park": [
          "cron(0 0 ? * TUE-SAT *) updateService", "cron(0 0 ? * TUE-SAT *) updateService",
          "cron(59 23 ? * MON-FRI *) registerScalableTarget",
          "cron(59 23 ? * MON-FRI *) registerScalableTarget",
        ],
        "run": [
          "cron(0 7 ? * TUE-SAT *) updateService", "cron(0 7 ? * TUE-SAT *) updateService",
          "cron(1 7 ? * TUE-SAT *) registerScalableTarget",
          "cron(1 7 ? * TUE-SAT *) registerScalableTarget",
        ],
      ])
    #expect(startCount(selected) == 2)
    let schedules = selected.resources.filter { $0.address.type == "scheduler/schedule" }
    #expect(Set(schedules.map(\.manifest.description)) == ["Schedule/office-hours"])
    #expect(schedules.allSatisfy { $0.needs == [Address("iam/role", "weir-scheduler")] })
    // Outside of the window the group asks for nothing else.
    #expect(schedules.count == selected.resources.count && schedules.count == 8)
  }

  @Test(arguments: [
    ("weir", "weir"), ("arn:aws:iam::123456789012:role/weir", "weir"),
    ("arn:aws:iam::123456789012:role/team/night/weir", "team/night/weir"),
  ])
  func rolesKeepTheirPath(role: String, name: String) throws {
    let windows = windows().replacing("role: weir-scheduler", with: "role: \(role)")
    let selected = try selected(try policy(group, windows, at: noon), at: noon)
    #expect(Set(selected.resources.flatMap(\.needs)) == [Address("iam/role", name)])
  }

  @Test func namesAreLegalAndTheirOwn() throws {
    let long = String(repeating: "very-", count: 10) + "long"
    let policy = try policy(
      group, windows(long),
      windows(long + "er").replacing("23:59", with: "08:00")
        .replacing("07:00", with: "09:00"), at: noon)
    let names = try selected(policy, least: 2, at: noon).resources.map(\.address.name)
    #expect(Set(names).count == 16)
    #expect(names.allSatisfy { $0.dropFirst("default/".count).utf8.count <= 64 })
    let patterns = policy.parkingPatterns.filter { $0.type == "scheduler/schedule" }
      .map { $0.name.dropLast() }.filter { $0.hasPrefix("default/very") }
    #expect(Set(patterns).count == 1 && names.allSatisfy { $0.hasPrefix(patterns[0]) })
  }

  @Test func whatIsGivenBackIsWhatIsKnownBest() throws {
    let size = """
      apiVersion: weir/v1
      kind: TaskSize
      metadata: {name: api}
      spec: {cluster: web, service: api, count: 4}
      """
    let shared = try policy(group, windows(), size, at: noon)
    #expect(startCount(try selected(shared, at: noon)) == 4)
    let alone = try policy(group, windows(), at: noon)
    #expect(startCount(try selected(alone, at: noon)) == 3)
    // Live counts before what was found, unless it is parked.
    let found = record(Self.service, ["desiredCount": 5])
    #expect(startCount(try selected(alone, records: [found], at: noon)) == 3)
    #expect(startCount(try selected(alone, count: 0, records: [found], at: noon)) == 5)
    // Then what the schedules say already.
    let call = ScheduledCall(Self.service, ["desiredCount": 6])
    var schedule = record(Address("scheduler/schedule", "default/office-ecs-1-run"), [:])
    schedule.attributes = ["target": .string(call.target ?? ""), "input": call.input]
    #expect(startCount(try selected(alone, count: 0, records: [schedule], at: noon)) == 6)
    let unknown = try selected(alone, count: 0, at: noon)
    #expect(unknown.resources == [])
    #expect(
      unknown.remarks.count == 1 && unknown.remarks[0].contains("nothing says what it had before"))
    // Scaling says it before all of them, and never none.
    #expect(startCount(try selected(alone, least: 2, at: noon)) == 2)
    #expect(startCount(try selected(alone, least: 0, at: noon)) == 1)
  }

  @Test func inAWindowItIsParkedAndTheStateRecordsWhatHoldsForGood() throws {
    let policy = try policy(group, windows(), at: midnight)
    let inside = "2026-11-18T23:30:00Z"
    let selected = try selected(policy, least: 2, at: inside)
    let service = try #require(selected.resources.first { $0.address == Self.service })
    #expect(service.attributes == ["desiredCount": .exactly(0)])
    #expect(service.lasting == ["desiredCount": 3] && startCount(selected) == 2)
    #expect(service.notes[0].contains("until 2026-11-19T07:00 Europe/Zurich"))
    // Just after its beginning AWS is at it.
    let call = ScheduledCall(Self.service, ["desiredCount": 0])
    var schedule = record(Address("scheduler/schedule", "default/office-ecs-1-park"), [:])
    schedule.attributes = ["target": .string(call.target ?? ""), "input": call.input]
    let begun = try self.selected(policy, records: [schedule], at: "2026-11-18T23:01:00Z")
    #expect(!begun.resources.contains { $0.address == Self.service })
  }

  @Test func windowsStartWhatIsParkedOtherwise() throws {
    let archive = group.replacing("only:", with: "state: parked, only:")
    let days = windows().replacing("state: parked", with: "state: running")
    let policy = try policy(archive, days, at: noon)
    // Outside of the window: parked, and what holds for good is what was found.
    let outside = try selected(policy, at: noon)
    let service = try #require(outside.resources.first { $0.address == Self.service })
    #expect(service.attributes == ["desiredCount": .exactly(0)])
    #expect(service.lasting == ["desiredCount": 3])
    #expect(service.notes[0] == "parked by Parking/night")
    #expect(
      calls(outside) == [
        "run": [
          "cron(59 23 ? * MON-FRI *) updateService", "cron(59 23 ? * MON-FRI *) updateService",
        ],
        "park": ["cron(0 7 ? * TUE-SAT *) updateService", "cron(0 7 ? * TUE-SAT *) updateService"],
      ])
    let inside = try selected(policy, at: "2026-11-18T23:30:00Z")
    #expect(!inside.resources.contains { $0.address == Self.service })
    // What no schedule can start follows the manifest, in windows too.
    let unknown = try selected(policy, count: 0, at: "2026-11-18T23:30:00Z")
    #expect(unknown.resources.map(\.address) == [Self.target, Self.service])
  }

  @Test func tellsWhatAWSHasNotStarted() throws {
    let policy = try policy(group, windows(), at: noon)
    var records: [AppliedResource] = []
    for (suffix, count) in [("park", 0), ("run", 3)] {
      let call = ScheduledCall(Self.service, ["desiredCount": Value(count)])
      var schedule = record(Address("scheduler/schedule", "default/office-ecs-1-\(suffix)"), [:])
      schedule.attributes = ["target": .string(call.target ?? ""), "input": call.input]
      records.append(schedule)
    }
    let left = try selected(policy, count: 0, records: records, at: noon)
    #expect(left.remarks.count == 1 && left.remarks[0].contains("AWS could not start it"))
    #expect(try selected(policy, count: 1, records: records, at: noon).remarks == [])
  }

  @Test func aTableWithScalingBeginsWithItsLeastCapacity() throws {
    let tables = group.replacing("[ecs]", with: "[dynamodb]")
    let policy = try policy(tables, windows(), at: noon)
    let filter = TagFilter(["group": ["dev"]])
    let selector = ResourceSelector(type: "dynamodb/table", criteria: ["tags": filter.criterion])
    let target = Address(
      "application-autoscaling/target", "dynamodb:table:ReadCapacityUnits/table/carts")
    func inputs(_ read: Value, _ least: Value, _ records: [AppliedResource] = []) throws -> [Value]
    {
      let isParked = read == 1
      var scaled = LiveResource(attributes: ["minCapacity": least, "maxCapacity": 50])
      if isParked { scaled.attributes["suspended"] = ParkedForm.allScaling }
      let table = LiveResource(attributes: [
        "billingMode": "PROVISIONED", "readCapacity": read, "writeCapacity": isParked ? 1 : 7,
      ])
      return try policy.parked([:], at: date(noon)).resources(
        found: [selector: ["carts": table]],
        records: Dictionary(records.map { ($0.address, $0) }, uniquingKeysWith: { $1 }),
        live: [target: scaled], at: date(noon)
      ).resources.compactMap { resource in
        guard resource.address.name.hasSuffix("-run"),
          case .exactly(let input)? = resource.attributes["input"]
        else { return nil }
        return input["ProvisionedThroughput"] ?? input["MinCapacity"]
      }
    }
    let started: Set<Value> = [["ReadCapacityUnits": 5, "WriteCapacityUnits": 7], 5]
    #expect(Set(try inputs(12, 5)) == started)
    // While it is parked, what was found says it.
    let records = [
      record(target, ["minCapacity": 5, "suspended": .null]),
      record(Address("dynamodb/table", "carts"), ["readCapacity": 12, "writeCapacity": 7]),
    ]
    #expect(Set(try inputs(1, 1, records)) == started)
  }

  @Test func aFunctionThatScalesTakesThreeMinutes() throws {
    let policy = try policy(group.replacing("[ecs]", with: "[lambda]"), windows(), at: noon)
    let filter = TagFilter(["group": ["dev"]])
    let selector = ResourceSelector(type: "lambda/function", criteria: ["tags": filter.criterion])
    let target = Address(
      "application-autoscaling/target",
      "lambda:function:ProvisionedConcurrency/function:mail:live")
    let function = LiveResource(attributes: [
      "reservedConcurrency": 50, "provisionedConcurrency.live": 9,
    ])
    let selected = try policy.parked([:], at: date(noon)).resources(
      found: [selector: ["mail": function]],
      live: [target: LiveResource(attributes: ["minCapacity": 5, "maxCapacity": 20])],
      at: date(noon))
    func once(_ calls: [String]?) -> [String] { Set(calls ?? []).sorted() }
    #expect(
      once(calls(selected)["park"]) == [
        "cron(0 0 ? * TUE-SAT *) deleteProvisionedConcurrencyConfig",
        "cron(1 0 ? * TUE-SAT *) putFunctionConcurrency",
        "cron(59 23 ? * MON-FRI *) registerScalableTarget",
      ])
    #expect(
      once(calls(selected)["run"]) == [
        "cron(0 7 ? * TUE-SAT *) putFunctionConcurrency",
        "cron(1 7 ? * TUE-SAT *) putProvisionedConcurrencyConfig",
        "cron(2 7 ? * TUE-SAT *) registerScalableTarget",
      ])
    let provisioned = selected.resources.compactMap { resource -> Value? in
      guard case .exactly(let input)? = resource.attributes["input"] else { return nil }
      return input["ProvisionedConcurrentExecutions"]
    }
    #expect(Set(provisioned) == [5])
  }
}
