internal import Model
internal import Pricing

/// `ecs/service`: a service of ECS and the size of its tasks. Its name is `CLUSTER/SERVICE`.
///
/// Attributes: `cpu` (units), `memory` (MiB), `desiredCount`, `capacityProviders` (weight and base by
/// the provider's name). The size lives in the task definition
/// that the service runs. Context: see `ServiceDescription`. Weir neither creates nor deletes one.
///
/// Reads take one request for ten services of a cluster, and one for each revision of a task
/// definition that they run (API description of ecs, DescribeServices). Selectors: `tags`.
struct ServiceType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "ecs/service" }
  var isCreatable: Bool { false }
  var isDeletable: Bool { false }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    attributes
      .changing("cpu", TaskSize.cpu)
      .changing("memory", TaskSize.memory)
      .changing("desiredCount") { $0.numeral.map(Value.number) ?? $0 }
      .changing("capacityProviders") { CapacityStrategy(attribute: $0)?.attribute ?? $0 }
  }

  /// A change of size is a new revision, which the same UpdateService brings. Cluster and service may
  /// be named by their ARNs, whose last part is the name; without a cluster it is `default` (API
  /// description of ecs, UpdateService).
  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["UpdateService", "CreateService"],
      effects: [
        "UpdateService": .members([
          "taskDefinition": ["cpu", "memory"], "desiredCount": ["desiredCount"],
          "capacityProviderStrategy": ["capacityProviders"],
        ])
      ], deleting: ["DeleteService"]
    ) { request in
      func name(_ member: String) -> String? {
        request[member]?.string?.split(separator: "/").last.map(String.init)
      }
      guard let service = name("service") ?? name("serviceName") else { return [] }
      return [ServiceName(cluster: name("cluster") ?? "default", service: service).text]
    }
  }

  /// IAM knows no single revisions of task definitions. Which roles a task definition passes on is not
  /// known before it is read.
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let services = names.map { scope.arn("ecs", "service/\($0)") }
    return switch access {
    case .read:
      [
        IAMPermission(["ecs:DescribeServices"], on: services),
        IAMPermission(["ecs:DescribeTaskDefinition"]),
      ] + (names.contains("*") ? [IAMPermission(["tag:GetResources"])] : [])
    case .write:
      [
        IAMPermission(["ecs:UpdateService"], on: services),
        IAMPermission(["ecs:RegisterTaskDefinition"]),
        IAMPermission(["ecs:TagResource"], on: [scope.arn("ecs", "task-definition/*")]),
        IAMPermission(
          ["iam:PassRole"], on: [scope.globalARN("iam", "role/*")],
          where: ["iam:PassedToService": "ecs-tasks.amazonaws.com"]),
      ]
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] { ServiceProblems(write).all }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    ServiceCost(
      attributes: attributes, context: context, region: scope.region, prices: scope.prices
    )
    .monthly
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    try await read(names, withTags: nil)
  }

  /// Tags of services stay with the Resource Groups Tagging API for a while, so that theirs are looked at.
  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    guard let filter = TagFilter(selector) else { return [:] }
    let names = try await scope.names(of: "ecs:service", with: filter).compactMap {
      ServiceName($0)?.text
    }
    return try await read(Set(names), withTags: filter)
  }

  private func read(_ names: Set<String>, withTags filter: TagFilter?) async throws
    -> [String: LiveResource]
  {
    let clusters = Dictionary(grouping: names.compactMap(ServiceName.init), by: \.cluster)
    let requests = clusters.sorted { $0.key < $1.key }.flatMap { cluster, names in
      names.map(\.service).sorted().batches(of: 10).map { (cluster, $0) }
    }
    let services = try await inParallel(requests) { cluster, services in
      try await describe(services, in: cluster, withTags: filter != nil).map { (cluster, $0) }
    }.joined().filter { _, service in filter?.matches(service["tags"]?.tags ?? [:]) ?? true }
    let revisions = Set(services.compactMap { $0.1["taskDefinition"]?.string }).sorted()
    let definitions = Dictionary(
      uniqueKeysWithValues: try await inParallel(revisions) { revision in
        (revision, try await taskDefinition(revision, withTags: false))
      })
    var live: [String: LiveResource] = [:]
    for (cluster, service) in services {
      guard let name = service["serviceName"]?.string else { continue }
      let definition = service["taskDefinition"]?.string.flatMap { definitions[$0] ?? nil }
      live[ServiceName(cluster: cluster, service: name).text] =
        ServiceDescription(service: service, definition: definition).resource
    }
    return live.filter { names.contains($0.key) }
  }

  func create(_ write: ResourceWrite) async throws {
    throw ResourceError(.unsupported, address(write), "Weir changes services and creates none.")
  }

  func delete(_ write: ResourceWrite) async throws {
    throw ResourceError(.unsupported, address(write), "Weir changes services and deletes none.")
  }

  /// Makes one deployment at most: a new revision and a new count go in the same UpdateService; a
  /// new count alone starts none. The service is read again first, since somebody may have deployed
  /// a new image since the plan was made.
  func update(_ write: ResourceWrite) async throws {
    guard let name = ServiceName(write.name) else {
      throw ResourceError(.badName, address(write), "The name is not CLUSTER/SERVICE.")
    }
    guard let service = try await describe([name.service], in: name.cluster).first else {
      throw ResourceError(.missing, address(write), "The service is not there any more.")
    }
    var input: [String: Value] = [:]
    if !write.touched.isDisjoint(with: ["cpu", "memory"]) {
      input["taskDefinition"] = try await revision(for: write, of: service).map(Value.string)
    }
    if let count = write.set["desiredCount"], count != service["desiredCount"] {
      input["desiredCount"] = count
    }
    let strategy = CapacityStrategy(attribute: write.set["capacityProviders"])
    if write.touched.contains("capacityProviders"),
      strategy != CapacityStrategy(list: service["capacityProviderStrategy"])
    {
      // An empty list leads back to the launch type (API description of ecs, UpdateService).
      input["capacityProviderStrategy"] = strategy?.list ?? []
      input["forceNewDeployment"] = true
    }
    guard !input.isEmpty else { return }
    input["cluster"] = .string(name.cluster)
    input["service"] = .string(name.service)
    _ = try await scope.client.call("ecs", "UpdateService", .map(input))
  }
}

extension ServiceType {
  /// The revision to change the service to; nil where the running one has the size already.
  ///
  /// On the way back the earlier revision is taken again where it still can be, so that a rollback
  /// gives back exactly what ran.
  private func revision(for write: ResourceWrite, of service: Value) async throws -> String? {
    guard let current = service["taskDefinition"]?.string,
      let running = try await taskDefinition(current, withTags: true)
    else {
      throw ResourceError(.badAnswer, address(write), "The service runs no task definition.")
    }
    let wanted = running.resized(
      cpu: size("cpu", write, running.cpu), memory: size("memory", write, running.memory))
    if wanted.runsLike(running) { return nil }
    if let earlier = write.recorded["taskDefinition"]?.string, earlier != current,
      let definition = try await taskDefinition(earlier, withTags: true),
      definition.isActive, definition.runsLike(wanted), let revision = definition.revision
    {
      return revision
    }
    let answer = try await scope.client.call("ecs", "RegisterTaskDefinition", wanted.registration)
    guard let revision = TaskDefinition(answer: answer)?.revision else {
      throw ResourceError(.badAnswer, address(write), "AWS names no revision for the new size.")
    }
    return revision
  }

  private func size(_ attribute: String, _ write: ResourceWrite, _ running: Value?) -> Value? {
    write.unset.contains(attribute)
      ? nil : normalized(write.set)[attribute] ?? running
  }

  private func describe(_ services: [String], in cluster: String, withTags: Bool = false)
    async throws -> [Value]
  {
    var input: [String: Value] = [
      "cluster": .string(cluster), "services": .list(services.map(Value.string)),
    ]
    if withTags { input["include"] = ["TAGS"] }
    let answer = try await scope.client.call(
      "ecs", "DescribeServices", .map(input),
      nilIf: "ClusterNotFoundException")
    return (answer?["services"]?.elements ?? []).filter {
      $0["status"] != "INACTIVE" && $0["status"] != "DRAINING"
    }
  }

  /// The revision, or nil where AWS no longer has it ("Unable to describe task definition").
  private func taskDefinition(_ revision: String, withTags: Bool) async throws -> TaskDefinition? {
    var input: [String: Value] = ["taskDefinition": .string(revision)]
    if withTags { input["include"] = ["TAGS"] }
    return try await scope.client.call(
      "ecs", "DescribeTaskDefinition", .map(input), nilIf: "ClientException"
    ).flatMap(TaskDefinition.init(answer:))
  }

  private func address(_ write: ResourceWrite) -> Address { Address(type, write.name) }
}
