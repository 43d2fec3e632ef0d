internal import Foundation
internal import Manifests
internal import Model

/// How Application Auto Scaling moves the count of an ECS service.
struct TaskScaling {
  /// Between what it moves.
  let bounds: CapacityBounds
  let fields: Fields
  private let steps: [ScalingStep]

  /// Where it stands.
  var range: SourceRange { fields.range }

  /// The place that asks for the fewest tasks.
  var minimumRange: SourceRange { fields.range(of: "min") }

  /// The place that asks for the most tasks.
  var maximumRange: SourceRange { fields.range(of: "max") }

  static let schema = ObjectSchema([
    Field("min", .integer(0...5000), isRequired: true, doc: "The fewest tasks."),
    Field("max", .integer(0...5000), isRequired: true, doc: "The most tasks."),
    Field("targetCPU", .percent, doc: "The CPU use that scaling holds."),
    Field("targetMemory", .percent, doc: "The memory use that scaling holds."),
    Field(
      "policyName", .string(name), doc: "The scaling policy's name; else SERVICE-cpu-scaling."),
    Field(
      "scaleInCooldown", .duration, doc: "The pause before the next scale in; AWS's own is 5m."),
    Field(
      "scaleOutCooldown", .duration, doc: "The pause before the next scale out; AWS's own is 5m."),
    Field("disableScaleIn", .boolean, doc: "Whether targets only ever add tasks."),
    Field(
      "targetMetric", .object(CustomTarget.schema),
      doc: "A metric of one's own that scaling holds, beside the use of CPU and memory."),
    Field(
      "steps", .list(.object(ScalingStep.schema), nonEmpty: true),
      doc: "Tasks that come or go when a use has lasted for a while."),
  ])

  /// API description of application-autoscaling, PutScalingPolicy: `\p{Print}+`.
  static let name = StringRule(
    "a name of 1 to 256 printable ASCII characters", example: "web-cpu-scaling",
    pattern: "[ -~]{1,256}")

  /// What target tracking can hold; API description of application-autoscaling, MetricType.
  private static let targets = [
    (field: "targetCPU", metric: "ECSServiceAverageCPUUtilization", suffix: "cpu-scaling"),
    (field: "targetMemory", metric: "ECSServiceAverageMemoryUtilization", suffix: "memory-scaling"),
  ]

  /// The scaling of a manifest; nil where its bounds are not known.
  init?(_ fields: Fields, into diagnostics: inout Diagnostics) {
    self.fields = fields
    let used = Self.targets.filter { fields.has($0.field) }
    for target in used {
      guard let percent = fields.percent(target.field) else { continue }
      if percent.value <= 0 || percent.value > 100 {
        diagnostics.add(
          error: "expected a percentage above 0% and up to 100%", at: percent.range,
          detail: "The use of what tasks have cannot be held at \(percent.value)%.")
      }
    }
    if used.count != 1, fields.has("policyName") {
      diagnostics.add(
        error: used.isEmpty ? "a name without a policy" : "one name for two policies",
        at: fields.keyRange(of: "policyName"),
        detail: "Each of targetCPU and targetMemory becomes a policy of its own.",
        hint: "Leave out `policyName`.")
    }
    if let custom = fields.object("targetMetric") { CustomTarget.check(custom, into: &diagnostics) }
    steps = ScalingStep.all(fields, into: &diagnostics)
    if fields.has("steps"), !used.isEmpty || fields.has("targetMetric") {
      // API description of application-autoscaling, PutScalingPolicy.
      diagnostics.add(
        warning: "targets and steps at once", at: fields.keyRange(of: "steps"),
        detail: "They work against each other where they disagree; AWS advises to use one of them.")
    }
    if used.isEmpty, !fields.has("targetMetric") {
      for name in ["scaleInCooldown", "scaleOutCooldown", "disableScaleIn"] where fields.has(name) {
        diagnostics.add(
          error: "scaling without a target", at: fields.keyRange(of: name),
          detail: "`\(name)` is about a scaling policy, and there is none without a target.",
          hint: "Add `targetCPU: 60%`.")
      }
    }
    guard let min = fields.integer("min"), let max = fields.integer("max") else { return nil }
    guard min.value <= max.value else {
      diagnostics.add(
        error: "min is above max", at: min.range,
        detail: "The fewest tasks, \(min.value), are more than the most, \(max.value).")
      return nil
    }
    bounds = CapacityBounds(min: min.value, max: max.value)
  }

  /// The scalable target and its policies.
  func resources(
    of service: ScalableService, _ capacity: Capacity, _ manifest: Manifest,
    in context: CompilationContext
  ) -> [DesiredResource] {
    var wishes = Wishes()
    wishes.set("minCapacity", capacity.minimum, at: capacity.minimumRange, as: .integer)
    wishes.set("maxCapacity", capacity.maximum, at: capacity.maximumRange, as: .integer)
    var target = manifest.resource(
      service.target, wishes, in: context, dependsOn: [service.address], notes: capacity.notes)
    target.lasting = ["minCapacity": Value(bounds.min), "maxCapacity": Value(bounds.max)]
    var steps = steps.flatMap { $0.resources(of: service, manifest, in: context) }
    if !steps.isEmpty { steps[0].needs = [service.policies] }
    return [target] + policies(of: service, manifest, in: context) + steps
  }

  private func policies(
    of service: ScalableService, _ manifest: Manifest, in context: CompilationContext
  ) -> [DesiredResource] {
    var policies: [(name: String, wishes: Wishes)] = []
    for kind in Self.targets {
      guard let percent = fields.percent(kind.field) else { continue }
      let name = fields.string("policyName")?.value ?? "\(service.service)-\(kind.suffix)"
      policies.append((name, policy(kind.metric, percent)))
    }
    if let custom = fields.object("targetMetric"), let wishes = CustomTarget.wishes(custom),
      let name = CustomTarget.policyName(custom, of: service)
    {
      policies.append((name, pausing(wishes)))
    }
    return policies.map {
      manifest.resource(
        service.policy($0.name), $0.wishes, in: context, dependsOn: [service.target])
    }
  }

  private func policy(_ metric: String, _ percent: Located<Decimal>) -> Wishes {
    var wishes = Wishes()
    wishes.set("policyType", to: "TargetTrackingScaling", at: percent.range)
    wishes.set("metric", to: .string(metric), at: percent.range)
    wishes.set(
      "targetValue", to: .number(percent.value), at: percent.range, as: .quantity(.percent))
    return pausing(wishes)
  }

  /// What is wanted of a target's policy, with its pauses.
  private func pausing(_ wishes: Wishes) -> Wishes {
    var wishes = wishes
    for name in ["scaleInCooldown", "scaleOutCooldown"] {
      if let seconds = fields.duration(name) {
        wishes.set(name, to: Value(seconds.value), at: seconds.range, as: .quantity(.duration))
      }
    }
    if let disabled = fields.bool("disableScaleIn") {
      wishes.set(
        "disableScaleIn", to: .bool(disabled.value), at: disabled.range, as: .boolean)
    }
    return wishes
  }
}
