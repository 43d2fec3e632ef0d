internal import Model

/// `sagemaker/endpoint`: an endpoint of SageMaker. Its name is the endpoint's.
///
/// An endpoint cannot be stopped: it is deleted and made again. So this type is a name that may have an
/// endpoint: it is always there, and has no attributes while there is none.
///
/// Attributes: `config` (the name of its endpoint configuration), `tags` (a map), `scaling` (what
/// Application Auto Scaling does to its variants, see `EndpointScaling`). Context: `status`, and `instances`
/// (see `EndpointInstances`).
///
/// Reads take two requests for each endpoint, since AWS describes no more at a time and tells of tags
/// separately, one for each configuration, and three for the scaling of all (API description of sagemaker,
/// DescribeEndpoint and ListTags). Selectors: `tags`, which the Resource Groups Tagging API lists.
struct InferenceEndpointType: ExistingResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope
  /// Waits some seconds.
  var pause: @Sendable (Double) async throws -> Void = {
    try await Task.sleep(for: .seconds($0))
  }
  private var scaling: EndpointScaling { EndpointScaling(client: scope.client) }

  var type: String { "sagemaker/endpoint" }
  var noun: String { "the places of endpoints" }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["CreateEndpoint", "UpdateEndpoint"], deleting: ["DeleteEndpoint"]
    ) { request in
      [request["endpointName"]?.string].compactMap { $0 }
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    // ARNs have the name in small letters.
    let endpoints = names.map { scope.arn("sagemaker", "endpoint/\($0.lowercased())") }
    return switch access {
    case .read:
      [
        IAMPermission(["sagemaker:DescribeEndpoint", "sagemaker:ListTags"], on: endpoints),
        IAMPermission(
          ["sagemaker:\(EndpointInstances.reading)"],
          on: [scope.arn("sagemaker", "endpoint-config/*")]),
        IAMPermission(
          EndpointScaling.reading.map { "application-autoscaling:\($0)" }
            + (names.contains("*") ? ["tag:GetResources"] : [])),
      ]
    case .write:
      [
        IAMPermission(
          ["sagemaker:AddTags", "sagemaker:CreateEndpoint", "sagemaker:DeleteEndpoint"],
          on: endpoints),
        IAMPermission(
          ["sagemaker:CreateEndpoint"], on: [scope.arn("sagemaker", "endpoint-config/*")]),
        IAMPermission(
          ["sagemaker:DescribeEndpoint", "sagemaker:UpdateEndpointWeightsAndCapacities"],
          on: endpoints),
        IAMPermission(
          EndpointScaling.writing.map { "application-autoscaling:\($0)" },
          on: [scope.arn("application-autoscaling", "scalable-target/*")]),
      ] + scope.alarmsOfTracking
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    if write.touched.contains("config"), write.live?.context["status"] == "Updating" {
      return [
        ResourceProblem(
          "config", "The endpoint is being updated, and AWS does not delete it until that is over.")
      ]
    }
    if write.set["config"] != nil, write.live?.attributes["config"] != nil {
      return [ResourceProblem("config", "Weir deletes and makes endpoints, and updates none.")]
    }
    if write.set["config"] != nil {
      let scaling = write.set["scaling"] == nil ? "" : ", and only then its scaling is given back"
      return [
        ResourceProblem(
          "config", "The endpoint takes minutes until it serves\(scaling).", severity: .warning)
      ]
    }
    return []
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    if attributes["config"] == nil { return .zero }
    guard let instances = context["instances"]?.list else {
      return .unknown("the instances of an endpoint are known once it is there")
    }
    return EndpointInstances.cost(
      instances, scaling: attributes["scaling"], in: scope.region, prices: scope.prices)
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    if names.isEmpty { return [:] }
    async let scaled = scaling.read()
    let found = try await inParallel(names.sorted()) { name in
      (name, try await describe(name))
    }
    let scaling = try await scaled
    let instances = try await instances(of: found.compactMap { $0.1?.0 })
    return Dictionary(
      uniqueKeysWithValues: found.map { name, endpoint in
        let live = endpoint.map { resource($0.0, tags: $0.1, scaling[name], instances) }
        return (name, live ?? gone)
      })
  }

  /// ARNs have the names in small letters; what AWS describes has them as they are.
  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    guard let filter = TagFilter(selector) else { return [:] }
    let names = try await scope.names(of: "sagemaker:endpoint", with: filter)
    if names.isEmpty { return [:] }
    async let scaled = scaling.read()
    let found = try await inParallel(names) { try await describe($0) }.compactMap { $0 }
    let scaling = try await scaled
    let instances = try await instances(of: found.map(\.0))
    var live: [String: LiveResource] = [:]
    for (endpoint, tags) in found where filter.matches(tags) {
      guard let name = endpoint["EndpointName"]?.string else { continue }
      live[name] = resource(endpoint, tags: tags, scaling[name], instances)
    }
    return live
  }

  /// Scaling goes before the endpoint and comes after it, once it is in service: there are no variants to scale
  /// before (SageMaker Developer Guide, "Auto scaling prerequisites" and "Register a model").
  func update(_ write: ResourceWrite) async throws {
    let name: Value = ["EndpointName": .string(write.name)]
    if write.touched.contains("scaling") || write.unset.contains("config") {
      try await scaling.remove(write.live?.attributes["scaling"])
    }
    if write.unset.contains("config") {
      _ = try await scope.client.call("sagemaker", "DeleteEndpoint", name)
    }
    if let config = write.set["config"] {
      var input = name.members
      input["EndpointConfigName"] = config
      let tags = (write.set["tags"]?.members ?? [:]).sorted { $0.key < $1.key }
      if !tags.isEmpty {
        input["Tags"] = .list(tags.map { ["Key": .string($0.key), "Value": $0.value] })
      }
      _ = try await scope.client.call("sagemaker", "CreateEndpoint", .map(input))
    }
    if let wanted = write.set["scaling"], !wanted.elements.isEmpty {
      try await waitUntilItServes(write)
      try await scaling.put(wanted)
    }
  }

  /// Large models take most of an hour.
  private func waitUntilItServes(_ write: ResourceWrite) async throws {
    let address = Address(type, write.name)
    for attempt in 0..<360 {
      if attempt > 0 { try await pause(attempt < 5 ? 2 : 10) }
      let endpoint = try await scope.client.call(
        "sagemaker", "DescribeEndpoint", ["EndpointName": .string(write.name)])
      switch endpoint["EndpointStatus"]?.string ?? "" {
      case "InService": return
      case "Failed", "OutOfService", "Deleting":
        let reason = endpoint["FailureReason"]?.string ?? "AWS does not say why."
        throw ResourceError(
          .unsettled, address, "The endpoint does not serve, so that it cannot scale. \(reason)")
      default: continue
      }
    }
    throw ResourceError(
      .unsettled, address,
      "The endpoint has not served for an hour. Apply again once it does: its scaling is left.")
  }

  private var gone: LiveResource { LiveResource(attributes: [:], context: [:]) }

  /// The endpoint and its tags; nil where it is not there or about to go.
  private func describe(_ name: String) async throws -> (Value, [String: String])? {
    // AWS has no code of its own for one that is not there.
    guard
      let endpoint = try await scope.client.call(
        "sagemaker", "DescribeEndpoint", ["EndpointName": .string(name)],
        nilIf: "ValidationException"), endpoint["EndpointStatus"] != "Deleting",
      let arn = endpoint["EndpointArn"]
    else { return nil }
    let tags = try await scope.client.all(
      "sagemaker", "ListTags", ["ResourceArn": arn, "MaxResults": 50], items: "Tags")
    return (endpoint, Value.list(tags).tags)
  }

  /// The instances of the endpoints' configurations, by the configuration's name.
  private func instances(of endpoints: [Value]) async throws -> [String: Value] {
    try await EndpointInstances(client: scope.client).read(
      Set(endpoints.compactMap { $0["EndpointConfigName"]?.string }))
  }

  private func resource(
    _ endpoint: Value, tags: [String: String], _ scaling: Value?, _ instances: [String: Value]
  ) -> LiveResource {
    var attributes: [String: Value] = ["config": endpoint["EndpointConfigName"] ?? .null]
    // AWS's own tags cannot be set.
    let own = tags.filter { !$0.key.hasPrefix("aws:") }
    if !own.isEmpty { attributes["tags"] = .map(own.mapValues(Value.string)) }
    attributes["scaling"] = scaling
    var context = ["status": endpoint["EndpointStatus"] ?? .null]
    context["instances"] = endpoint["EndpointConfigName"]?.string.flatMap { instances[$0] }
    return LiveResource(attributes: attributes.without(), context: context)
  }
}
