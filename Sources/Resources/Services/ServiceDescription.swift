internal import Model

/// A service and the task definition that it runs, as AWS describes them.
struct ServiceDescription {
  /// The service.
  let service: Value
  /// The task definition, where it could be read.
  let definition: TaskDefinition?

  /// The attributes and context.
  var resource: LiveResource {
    var attributes: [String: Value] = [:]
    attributes["cpu"] = definition?.cpu
    attributes["memory"] = definition?.memory
    attributes["desiredCount"] = service["desiredCount"]
    return LiveResource(attributes: attributes.without(), context: context.without())
  }

  /// `taskDefinition` (its ARN), `launchType` or `capacityProviders` (with weight and base),
  /// `cpuArchitecture`, `operatingSystemFamily`, `requiresCompatibilities`, `ephemeralStorageGiB`,
  /// `containers` (names and sizes, never their environment), `platformVersion`,
  /// `schedulingStrategy`, `deploymentController`, `status`. What comes and goes by itself, such as the running
  /// count, is not in it: a saved plan holds the context, and would be stale whenever it moved.
  private var context: [String: Value] {
    var context: [String: Value] = [:]
    context["taskDefinition"] =
      definition?.members["taskDefinitionArn"] ?? service["taskDefinition"]
    if let strategy = service["capacityProviderStrategy"]?.list, !strategy.isEmpty {
      context["capacityProviders"] = .list(strategy)
    } else {
      context["launchType"] = service["launchType"]
    }
    let platform = definition?.members["runtimePlatform"]
    context["cpuArchitecture"] = platform?["cpuArchitecture"]
    context["operatingSystemFamily"] = platform?["operatingSystemFamily"]
    context["requiresCompatibilities"] = definition?.members["requiresCompatibilities"]
    context["ephemeralStorageGiB"] = definition?.members["ephemeralStorage"]?["sizeInGiB"]
    context["containers"] = (definition?.members["containerDefinitions"]?.list).map { containers in
      .list(
        containers.map { container in
          .map(
            container.members.without().filter {
              ["name", "cpu", "memory", "memoryReservation"].contains($0.key)
            })
        })
    }
    context["platformVersion"] = service["platformVersion"]
    context["schedulingStrategy"] = service["schedulingStrategy"]
    context["deploymentController"] = service["deploymentController"]?["type"]
    context["status"] = service["status"]
    return context
  }
}

/// Where a service's tasks run, by its context.
struct ServicePlacement {
  /// A capacity provider and its part of the tasks.
  struct Provider {
    /// The provider's name.
    let name: String
    /// The tasks that it gets first.
    let base: Int
    /// Its part of the rest.
    let weight: Int
  }

  /// The providers; a launch type is a single one.
  let providers: [Provider]
  /// Whether the tasks are Windows.
  let isWindows: Bool
  /// Whether the tasks are for ARM.
  let isARM: Bool

  /// The placement that a context tells. Without a strategy and launch type ECS uses EC2.
  init(_ context: [String: Value]) {
    if let strategy = context["capacityProviders"]?.list {
      providers = strategy.map {
        Provider(
          name: $0["capacityProvider"]?.string ?? "", base: $0["base"]?.int ?? 0,
          weight: $0["weight"]?.int ?? 0)
      }
    } else {
      providers = [Provider(name: context["launchType"]?.string ?? "EC2", base: 0, weight: 1)]
    }
    isWindows = context["operatingSystemFamily"]?.string?.hasPrefix("WINDOWS") ?? false
    isARM = context["cpuArchitecture"] == "ARM64"
  }

  /// Whether some of the tasks run on Fargate.
  var usesFargate: Bool { providers.contains { ["FARGATE", "FARGATE_SPOT"].contains($0.name) } }
}
