internal import Foundation
internal import Manifests
internal import Model

/// `TaskSize`: how large the tasks of an ECS service are, and how many run.
enum TaskSize: ManifestKind {
  static let schema = KindSchema(
    kind: "TaskSize",
    doc: """
      How large the tasks of an ECS service are, and how many run.

      CPU and memory become a new revision of the task definition that copies all else from the \
      running one. With `scaling` the running count belongs to Application Auto Scaling: Weir sets \
      the bounds and touches the count only where it lies outside them, to bring it to the nearest; \
      `count` is then where a new scalable target begins. Without `scaling` Weir sets the count, and \
      remarks on it where somebody else lets Application Auto Scaling move it. What is left out stays \
      as it is, ARM or x86 too.

      Each of `scaling.steps` becomes a scaling policy and the alarm that runs it, named after the service. \
      `capacityProviders` replaces the service's strategy and forces a new deployment, since it holds for new \
      tasks only; the price of Fargate Spot varies, and 30 percent of the price on demand are counted.
      """,
    spec: ObjectSchema([
      Field("cluster", .string(name), isRequired: true, doc: "The name of the ECS cluster."),
      Field("service", .string(name), isRequired: true, doc: "The name of the ECS service."),
      Field("cpu", .cpu, doc: "The CPU size of a task."),
      Field("memory", .dataSize, doc: "The memory of a task; as in ECS, 1 GB is 1024 MB."),
      Field("count", .integer(0...5000), doc: "How many tasks run."),
      Field(
        "launchType", .enumeration(["fargate", "ec2"]),
        doc: "Where tasks run; else fargate, which has only certain sizes."),
      Field(
        "capacityProviders", .map(.object(CapacityProviders.schema)),
        doc:
          "The capacity providers that run the tasks, by name: FARGATE and FARGATE_SPOT, or others."
      ),
      Field("scaling", .object(TaskScaling.schema), doc: "The bounds of automatic scaling."),
    ]))

  /// API description of ecs, CreateCluster and CreateService: up to 255 letters, digits, `_`, `-`.
  private static let name = StringRule(
    "a name of letters, digits, `_` and `-`", example: "web", pattern: "[A-Za-z0-9_-]{1,255}")

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    let memory = memory(fields, into: &diagnostics)
    if fields.string("launchType")?.value != "ec2" {
      checkFargateSize(cpu: fields.cpuUnits("cpu"), memory: memory, into: &diagnostics)
    }
    if !["cpu", "memory", "count", "capacityProviders", "scaling"].contains(where: fields.has) {
      diagnostics.add(
        error: "nothing to set", at: fields.range,
        detail: "A TaskSize sets at least one of cpu, memory, count, capacityProviders and scaling."
      )
    }
    let scaling = fields.object("scaling").flatMap { TaskScaling($0, into: &diagnostics) }
    guard let service = service(fields) else { return [] }
    var wishes = Wishes()
    if let cpu = fields.cpuUnits("cpu") {
      wishes.set("cpu", to: Value(cpu.value), at: cpu.range, as: .quantity(.cpu))
    }
    if let memory {
      wishes.set(
        "memory", to: Value(memory.value), at: memory.range,
        as: .quantity(.dataSize, scale: 1_048_576))
    }
    var providers: [Address] = []
    if let strategy = CapacityProviders.strategy(fields, into: &diagnostics) {
      wishes.set("capacityProviders", to: strategy, at: fields.range(of: "capacityProviders"))
      providers = (strategy.map ?? [:]).keys.sorted().map(service.provider)
    }
    guard let scaling else {
      var rivals: [Rival] = []
      if let count = fields.integer("count"), !fields.has("scaling") {
        wishes.set("desiredCount", to: Value(count.value), at: count.range, as: .integer)
        rivals = [service.rival]
      }
      if wishes.isEmpty { return [] }
      var resource = manifest.resource(service.address, wishes, in: context)
      resource.rivals = rivals
      resource.needs = providers
      return [resource]
    }
    let capacity = Capacity(of: manifest, scaling: scaling, in: context)
    let count = count(fields, scaling, into: &diagnostics)
    wishes.set(
      "desiredCount",
      .within(
        capacity.accepted, initial: count.map { Value(capacity.bounds.clamp($0.value)) },
        owner: service.target), at: capacity.countRange(count))
    wishes.locate("desiredCount.min", at: capacity.minimumRange)
    wishes.locate("desiredCount.max", at: capacity.maximumRange)
    var resource = manifest.resource(service.address, wishes, in: context)
    resource.needs = providers
    return [resource] + scaling.resources(of: service, capacity, manifest, in: context)
  }

  /// The service that a manifest is about; nil where a name is wrong.
  static func service(_ fields: Fields) -> ScalableService? {
    guard let cluster = fields.string("cluster"), let service = fields.string("service") else {
      return nil
    }
    return ScalableService(cluster: cluster.value, service: service.value)
  }

  /// The memory in MiB.
  private static func memory(
    _ fields: Fields, into diagnostics: inout Diagnostics
  ) -> Located<Int>? {
    guard let bytes = fields.bytes("memory") else { return nil }
    let (mebibytes, rest) = bytes.value.quotientAndRemainder(dividingBy: 1 << 20)
    if rest != 0 || mebibytes == 0 {
      diagnostics.add(
        error: "expected whole megabytes", at: bytes.range,
        detail: "ECS counts the memory of a task in MB.")
      return nil
    }
    return Located(Int(mebibytes), range: bytes.range)
  }

  private static func count(
    _ fields: Fields, _ scaling: TaskScaling, into diagnostics: inout Diagnostics
  ) -> Located<Int>? {
    guard let count = fields.integer("count") else { return nil }
    if scaling.bounds.clamp(count.value) != count.value {
      diagnostics.add(
        warning: "a count outside the bounds of scaling", at: count.range,
        detail: "\(count.value) does not lie within \(scaling.bounds); a new scalable target begins"
          + " with \(scaling.bounds.clamp(count.value)).")
    }
    return count
  }
}
