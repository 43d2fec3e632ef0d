import Foundation
import Model
import Synchronization
import Testing

@testable import Resources

/// A small ECS: services run revisions, revisions are registered.
private final class FakeECS: Sendable {
  private struct World {
    var services: [String: Value] = [:]
    var revisions: [String: Value] = [:]
    var next = 10
  }

  private let world: Mutex<World>

  init(services: [String: Value], revisions: [String: Value]) {
    world = Mutex(World(services: services, revisions: revisions))
  }

  var aws: FakeAWS {
    FakeAWS { [self] operation, input in
      try world.withLock { world in try Self.answer(operation, input, &world) }
    }
  }

  private static func answer(_ operation: String, _ input: Value, _ world: inout World) throws
    -> Value
  {
    switch operation {
    case "DescribeServices":
      guard input["cluster"] != "gone" else {
        throw FakeFailure(code: "ClusterNotFoundException")
      }
      let names = input["services"]?.texts ?? []
      precondition(names.count <= 10)
      return [
        "services": .list(names.compactMap { world.services[$0] }),
        "failures": .list(
          names.filter { world.services[$0] == nil }.map {
            ["arn": .string($0), "reason": "MISSING"]
          }),
      ]
    case "DescribeTaskDefinition":
      let name = input["taskDefinition"]?.string ?? ""
      let short = String(name.split(separator: "/").last ?? "")
      guard let revision = world.revisions[short] else {
        throw FakeFailure(code: "ClientException")
      }
      let tags = revision["tags"] ?? []
      let body = revision.with(["tags": .null])
      return input["include"] == ["TAGS"]
        ? ["taskDefinition": body, "tags": tags] : ["taskDefinition": body]
    case "RegisterTaskDefinition":
      let family = input["family"]?.string ?? ""
      let name = "\(family):\(world.next)"
      let registered = input.with([
        "revision": Value(world.next), "status": "ACTIVE", "registeredAt": 1_800_000_000,
        "taskDefinitionArn": .string(arn(name)),
      ])
      world.next += 1
      world.revisions[name] = registered
      return ["taskDefinition": registered.with(["tags": .null]), "tags": registered["tags"] ?? []]
    case "UpdateService":
      let name = input["service"]?.string ?? ""
      var changes = input.map ?? [:]
      if let revision = changes["taskDefinition"]?.string {
        changes["taskDefinition"] = .string(arn(revision))
      }
      world.services[name] = world.services[name]?.with(changes)
      return ["service": world.services[name] ?? .null]
    default: throw FakeFailure(code: operation)
    }
  }
}

private func arn(_ revision: String) -> String {
  "arn:aws:ecs:us-east-2:123456789012:task-definition/\(revision)"
}

private func service(_ name: String, _ changes: [String: Value] = [:]) -> Value {
  let plain: Value = [
    "serviceName": .string(name), "status": "ACTIVE", "desiredCount": 2, "runningCount": 2,
    "launchType": "FARGATE", "taskDefinition": .string(arn("web:3")),
    "platformVersion": "LATEST", "schedulingStrategy": "REPLICA",
    "deploymentController": ["type": "ECS"],
  ]
  return plain.with(changes)
}

private let revision: Value = [
  "taskDefinitionArn": .string(arn("web:3")), "family": "web", "revision": 3, "status": "ACTIVE",
  "cpu": "2048", "memory": "8192", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
  "compatibilities": ["EC2", "FARGATE"], "requiresAttributes": [["name": "x"]],
  "registeredAt": 1_700_000_000, "registeredBy": "arn:x",
  "runtimePlatform": ["cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"],
  "containerDefinitions": [
    [
      "name": "app", "image": "app:1", "memory": 1024, "cpu": 256,
      "environment": [["name": "TOKEN", "value": "secret"]], "novelty": ["kept"],
    ], ["name": "sidecar", "image": "s:1", "memoryReservation": 128],
  ],
  "volumes": [["name": "v"]], "futureMember": ["kept": 1],
  "tags": [
    ["key": "team", "value": "a"], ["key": "aws:cloudformation:stack-name", "value": "s"],
  ],
]

private func world(
  _ service: Value = service("web"), _ revisions: [String: Value] = ["web:3": revision]
) -> FakeAWS {
  FakeECS(services: ["web": service], revisions: revisions).aws
}

@Suite struct ServiceTests {
  @Test func readsSizeAndCount() async throws {
    let live = try await resourceType("ecs/service", world()).read(["main/web", "main/x"])
    #expect(Array(live.keys) == ["main/web"])
    let web = try #require(live["main/web"])
    #expect(web.attributes == ["cpu": 2048, "memory": 8192, "desiredCount": 2])
    #expect(
      web.context == [
        "taskDefinition": .string(arn("web:3")), "launchType": "FARGATE",
        "cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX",
        "requiresCompatibilities": ["FARGATE"], "platformVersion": "LATEST",
        "schedulingStrategy": "REPLICA", "deploymentController": "ECS", "status": "ACTIVE",
        "containers": [
          ["name": "app", "memory": 1024, "cpu": 256],
          ["name": "sidecar", "memoryReservation": 128],
        ],
      ])
  }

  @Test(arguments: [(1, 2), (10, 2), (11, 3), (1000, 101)])
  func readsTenServicesARequestAndEachRevisionOnce(count: Int, requests: Int) async throws {
    let names = (0..<count).map { "s\($0)" }
    let services = Dictionary(uniqueKeysWithValues: names.map { ($0, service($0)) })
    let aws = FakeECS(services: services, revisions: ["web:3": revision]).aws
    let live = try await resourceType("ecs/service", aws).read(Set(names.map { "main/\($0)" }))
    #expect(live.count == count)
    #expect(aws.calls.count == requests)
    #expect(aws.mostRunning <= 8)
    #expect(aws.inputs(of: "DescribeTaskDefinition").allSatisfy { $0["include"] == nil })
  }

  @Test(arguments: ["INACTIVE", "DRAINING"])
  func aServiceOnItsWayOutIsAbsent(status: String) async throws {
    let aws = world(service("web", ["status": .string(status)]))
    #expect(try await resourceType("ecs/service", aws).read(["main/web"]).isEmpty)
  }

  @Test func aClusterThatIsNotThereHasNoServices() async throws {
    let live = try await resourceType("ecs/service", world()).read(
      ["gone/web", "main/web", "noslash", "a/b/c"])
    #expect(Array(live.keys) == ["main/web"])
  }

  @Test func registersACopyOfEverything() async throws {
    let aws = world()
    let type = resourceType("ecs/service", aws)
    let live = try await type.read(["main/web"])["main/web"]
    try await type.update(
      ResourceWrite(
        name: "main/web", live: live, set: ["cpu": 1024, "memory": 2048, "desiredCount": 1]))
    #expect(
      aws.operations.suffix(4) == [
        "DescribeServices", "DescribeTaskDefinition", "RegisterTaskDefinition", "UpdateService",
      ])
    let expected = revision.with([
      "cpu": "1024", "memory": "2048", "taskDefinitionArn": .null, "revision": .null,
      "status": .null, "compatibilities": .null, "requiresAttributes": .null,
      "registeredAt": .null, "registeredBy": .null, "tags": [["key": "team", "value": "a"]],
    ])
    #expect(aws.inputs(of: "RegisterTaskDefinition") == [expected])
    #expect(
      aws.inputs(of: "UpdateService") == [
        ["cluster": "main", "service": "web", "taskDefinition": "web:10", "desiredCount": 1]
      ])
    let after = try await type.read(["main/web"])["main/web"]
    #expect(after?.attributes == ["cpu": 1024, "memory": 2048, "desiredCount": 1])
  }

  @Test func copiesTheRevisionThatRunsNow() async throws {
    let newer = revision.with([
      "revision": 4, "taskDefinitionArn": .string(arn("web:4")), "volumes": [],
    ])
    let aws = world(
      service("web", ["taskDefinition": .string(arn("web:4"))]),
      ["web:3": revision, "web:4": newer])
    let planned = LiveResource(
      attributes: ["cpu": 2048], context: ["taskDefinition": .string(arn("web:3"))])
    try await resourceType("ecs/service", aws).update(
      ResourceWrite(name: "main/web", live: planned, set: ["cpu": 4096]))
    #expect(aws.inputs(of: "RegisterTaskDefinition").first?["volumes"] == [])
  }

  @Test func sendsOnlyACount() async throws {
    let aws = world()
    try await resourceType("ecs/service", aws).update(
      ResourceWrite(name: "main/web", live: nil, set: ["desiredCount": 5]))
    #expect(aws.operations == ["DescribeServices", "UpdateService"])
    #expect(
      aws.calls.last?.input == ["cluster": "main", "service": "web", "desiredCount": 5])
  }

  @Test func writesNothingWhereItIsAsWantedAlready() async throws {
    let aws = world()
    try await resourceType("ecs/service", aws).update(
      ResourceWrite(
        name: "main/web", live: nil, set: ["cpu": "2 vCPU", "memory": 8192, "desiredCount": 2]))
    #expect(aws.operations == ["DescribeServices", "DescribeTaskDefinition"])
  }

  @Test func goesBackToTheEarlierRevision() async throws {
    let aws = world()
    let type = resourceType("ecs/service", aws)
    let found = try #require(try await type.read(["main/web"])["main/web"])
    try await type.update(
      ResourceWrite(name: "main/web", live: found, set: ["cpu": 1024, "memory": 2048]))
    try await type.update(
      ResourceWrite(
        name: "main/web", live: nil, set: found.attributes, recorded: found.context))
    #expect(aws.inputs(of: "RegisterTaskDefinition").count == 1)
    #expect(aws.calls.last?.input["taskDefinition"] == "web:3")
    #expect(try await type.read(["main/web"])["main/web"] == found)
  }

  @Test(
    arguments: [
      ["status": "INACTIVE"], ["volumes": []], ["cpu": "4096"],
      ["tags": [["key": "team", "value": "b"]]],
    ] as [[String: Value]])
  func doesNotGoBackToARevisionThatIsOtherwise(change: [String: Value]) async throws {
    let earlier = revision.with(["revision": 2, "taskDefinitionArn": .string(arn("web:2"))])
      .with(["cpu": "1024", "memory": "2048"]).with(change)
    let aws = world(service("web"), ["web:2": earlier, "web:3": revision])
    try await resourceType("ecs/service", aws).update(
      ResourceWrite(
        name: "main/web", live: nil, set: ["cpu": 1024, "memory": 2048],
        recorded: ["taskDefinition": .string(arn("web:2"))]))
    #expect(aws.calls.last?.input["taskDefinition"] == "web:10")
  }

  @Test func registersAnewWhereTheEarlierRevisionIsDeleted() async throws {
    let aws = world()
    try await resourceType("ecs/service", aws).update(
      ResourceWrite(
        name: "main/web", live: nil, set: ["cpu": 4096],
        recorded: ["taskDefinition": .string(arn("web:1"))]))
    #expect(aws.calls.last?.input["taskDefinition"] == "web:10")
  }

  @Test func saysThatTheServiceHasGone() async throws {
    await #expect(throws: ResourceError.self) {
      try await resourceType("ecs/service", world()).update(
        ResourceWrite(name: "main/x", live: nil, set: ["cpu": 1024]))
    }
  }

  @Test(arguments: [
    ("cpu", "1 vCPU", 1024), ("cpu", ".5 vcpu", 512), ("cpu", "1024", 1024),
    ("cpu", "0.25vCPU", 256), ("memory", "2 GB", 2048), ("memory", "2048", 2048),
    ("memory", "0.5gb", 512), ("desiredCount", "3", 3),
  ])
  func settlesUnits(attribute: String, written: String, normal: Int) {
    #expect(
      resourceType("ecs/service").normalized([attribute: .string(written)]) == [
        attribute: Value(normal)
      ])
  }

  @Test(arguments: ["2 GB", "1 vCPU x", "vCPU", "1.2.3", ""])
  func leavesWhatIsNoSizeOfATask(written: String) {
    let attributes: [String: Value] = ["cpu": .string(written)]
    #expect(resourceType("ecs/service").normalized(attributes) == attributes)
  }
}
