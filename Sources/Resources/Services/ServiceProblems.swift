internal import Foundation
internal import Model
internal import Pricing

/// What ECS would refuse about a write (API description of ecs: RegisterTaskDefinition,
/// ContainerDefinition, UpdateService).
struct ServiceProblems {
  private let write: ResourceWrite
  private let result: [String: Value]
  private let context: [String: Value]
  private let placement: ServicePlacement

  /// The problems of a write.
  init(_ write: ResourceWrite) {
    self.write = write
    result = write.result
      .changing("cpu", TaskSize.cpu).changing("memory", TaskSize.memory)
    context = write.live?.context ?? [:]
    placement = ServicePlacement(result, context)
  }

  /// The problems; none for a service that is not there, which is a problem of its own.
  var all: [ResourceProblem] {
    guard write.live != nil else { return [] }
    var problems = count + strategy
    if !write.touched.isDisjoint(with: ["cpu", "memory"]) {
      problems += deployment + (isFargate ? fargateSize : size) + containers
    }
    return problems
  }

  private var isFargate: Bool {
    placement.usesFargate
      || (context["requiresCompatibilities"]?.elements ?? []).contains("FARGATE")
  }

  private var count: [ResourceProblem] {
    guard let count = write.set["desiredCount"] else { return [] }
    guard let number = count.numeral, number >= 0, number.isWhole else {
      return [
        ResourceProblem("desiredCount", "The number of tasks is a whole number of at least 0.")
      ]
    }
    if context["schedulingStrategy"] == "DAEMON" {
      return [
        ResourceProblem(
          "desiredCount",
          "A daemon service runs one task on every instance: it has no count to set.")
      ]
    }
    return []
  }

  /// A new strategy holds for new tasks only: it "doesn't trigger a new service deployment" (API
  /// description of ecs, UpdateService).
  private var strategy: [ResourceProblem] {
    var problems: [ResourceProblem] = []
    let name = "capacityProviders"
    if write.touched.contains(name) {
      problems += (CapacityStrategy(attribute: write.set[name])?.problems ?? []).map {
        ResourceProblem(name, $0)
      }
      problems += deployment
      problems.append(
        ResourceProblem(
          name, "Running tasks move to other capacity only by a new deployment, which Weir forces.",
          severity: .warning))
    }
    if placement.providers.contains(where: { $0.name == "FARGATE_SPOT" }), !placement.isWindows {
      problems.append(
        ResourceProblem(
          nil,
          "The price of Fargate Spot varies: \(PriceCatalog.fargateSpot.percent) percent of the price on"
            + " demand are counted. ECS stops such tasks with two minutes' notice.",
          severity: .warning))
    }
    return problems
  }

  private var deployment: [ResourceProblem] {
    guard let controller = context["deploymentController"]?.string, controller != "ECS" else {
      return []
    }
    return [
      ResourceProblem(
        nil,
        "The service is deployed by \(controller == "CODE_DEPLOY" ? "CodeDeploy" : "a tool of its own"),"
          + " so that ECS refuses a new task definition from others.")
    ]
  }

  private var fargateSize: [ResourceProblem] {
    guard let cpu = result["cpu"]?.numeral, let memory = result["memory"]?.numeral else {
      return [ResourceProblem(nil, "A task on Fargate needs both cpu and memory.")]
    }
    guard let size = FargateSize.with(cpu: cpu) else {
      let sizes = FargateSize.all.map { "\($0.cpu)" }.joined(separator: ", ")
      return [
        ResourceProblem(
          "cpu", "Fargate has no tasks with \(cpu.plain) CPU units; it has \(sizes).")
      ]
    }
    var problems: [ResourceProblem] = []
    if !size.memory.contains(where: { Decimal($0) == memory }) {
      problems.append(
        ResourceProblem(
          "memory",
          "Fargate has no tasks with \(size.cpu) CPU units and \(memory.plain) MiB of"
            + " memory; with \(size.cpu) CPU units memory is \(size.memoryInWords) MiB."))
    }
    if placement.isWindows, cpu < 1024 {
      problems.append(
        ResourceProblem("cpu", "Windows tasks on Fargate need at least 1024 CPU units (1 vCPU)."))
    }
    if size.needsLinuxPlatform14 {
      if placement.isWindows {
        problems.append(
          ResourceProblem("cpu", "Windows tasks on Fargate have at most 4096 CPU units (4 vCPU)."))
      } else if let version = context["platformVersion"]?.string,
        ["1.0.0", "1.1.0", "1.2.0", "1.3.0"].contains(version)
      {
        problems.append(
          ResourceProblem(
            "cpu",
            "Tasks with \(size.cpu) CPU units need platform version 1.4.0; the service is set"
              + " to \(version)."))
      }
    }
    return problems
  }

  private var size: [ResourceProblem] {
    guard let cpu = result["cpu"]?.numeral, !(128...196_608).contains(cpu) else { return [] }
    return [ResourceProblem("cpu", "A task has 128 to 196608 CPU units; \(cpu.plain) is outside.")]
  }

  private var containers: [ResourceProblem] {
    let containers = context["containers"]?.elements ?? []
    var problems: [ResourceProblem] = []
    if let memory = result["memory"]?.numeral {
      for container in containers {
        guard let limit = container["memory"]?.numeral, limit > memory else { continue }
        problems.append(
          ResourceProblem(
            "memory",
            "The container \(container["name"]?.string ?? "?") has a limit of"
              + " \(limit.plain) MiB, more than the \(memory.plain) MiB of the task."))
      }
      let reserved = containers.reduce(Decimal(0)) {
        $0 + (($1["memoryReservation"] ?? $1["memory"])?.numeral ?? 0)
      }
      if problems.isEmpty, reserved > memory {
        problems.append(
          ResourceProblem(
            "memory",
            "The containers reserve \(reserved.plain) MiB together, more than the"
              + " \(memory.plain) MiB of the task."))
      }
    }
    let units = containers.reduce(Decimal(0)) { $0 + ($1["cpu"]?.numeral ?? 0) }
    if let cpu = result["cpu"]?.numeral, units > cpu {
      problems.append(
        ResourceProblem(
          "cpu",
          "The containers reserve \(units.plain) CPU units together, more than the"
            + " \(cpu.plain) of the task."))
    }
    return problems
  }
}
