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
    attributes["capacityProviders"] =
      CapacityStrategy(list: service["capacityProviderStrategy"])?
      .attribute
    return LiveResource(attributes: attributes.without(), context: context.without())
  }

  /// `taskDefinition` (its ARN), `launchType` (where there is no strategy), `cpuArchitecture`, `operatingSystemFamily`, `requiresCompatibilities`, `ephemeralStorageGiB`,
  /// `containers` (names and sizes, never their environment), `platformVersion`,
  /// `schedulingStrategy`, `deploymentController`, `status`. What comes and goes by itself, such as the running
  /// count, is not in it: a saved plan holds the context, and would be stale whenever it moved.
  private var context: [String: Value] {
    var context: [String: Value] = [:]
    context["taskDefinition"] =
      definition?.members["taskDefinitionArn"] ?? service["taskDefinition"]
    context["launchType"] = service["launchType"]
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
  struct Provider: Hashable {
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

  /// The placement that attributes and context tell: the strategy, else the launch type, and without
  /// either Fargate where the tasks are made for it and EC2 where they are not.
  init(_ attributes: [String: Value], _ context: [String: Value]) {
    if let strategy = CapacityStrategy(attribute: attributes["capacityProviders"]) {
      providers = strategy.providers
    } else {
      let isForFargate = (context["requiresCompatibilities"]?.elements ?? []).contains("FARGATE")
      let name = context["launchType"]?.string ?? (isForFargate ? "FARGATE" : "EC2")
      providers = [Provider(name: name, base: 0, weight: 1)]
    }
    isWindows = context["operatingSystemFamily"]?.string?.hasPrefix("WINDOWS") ?? false
    isARM = context["cpuArchitecture"] == "ARM64"
  }

  /// Whether some of the tasks run on Fargate.
  var usesFargate: Bool { providers.contains { ["FARGATE", "FARGATE_SPOT"].contains($0.name) } }
}
