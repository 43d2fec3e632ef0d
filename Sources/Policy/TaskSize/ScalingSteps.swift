internal import Foundation
internal import Manifests
internal import Model

/// A step of scaling: tasks that come or go when a use has lasted. It becomes a scaling policy and the
/// alarm that runs it.
struct ScalingStep {
  static let schema = ObjectSchema([
    Field("above", .percent, doc: "The use above which tasks are added."),
    Field("below", .percent, doc: "The use below which tasks are removed."),
    Field("of", .enumeration(["cpu", "memory"]), doc: "Which use; else that of CPU."),
    Field("for", .duration, isRequired: true, doc: "How long it lasts first, in whole minutes."),
    Field("add", .integer(1...5000), doc: "How many tasks are added."),
    Field("remove", .integer(1...5000), doc: "How many tasks are removed; never below `min`."),
    Field("cooldown", .duration, doc: "The pause before the next step; AWS's own is 5m."),
  ])

  private let fields: Fields
  private let threshold: Located<Decimal>
  private let minutes: Located<Int>
  private let change: Located<Int>
  private let isUpwards: Bool

  private var use: String { fields.string("of")?.value ?? "cpu" }

  /// The policy's name within the service, by which it is told from the others.
  private var suffix: String { "\(use)-\(isUpwards ? "above" : "below")-\(threshold.value)" }

  /// The steps of scaling; those that do not say what they are for are reported and left out.
  static func all(_ scaling: Fields, into diagnostics: inout Diagnostics) -> [ScalingStep] {
    var steps: [ScalingStep] = []
    for fields in scaling.objects("steps") {
      guard let step = ScalingStep(fields, into: &diagnostics) else { continue }
      if let same = steps.first(where: { $0.suffix == step.suffix }) {
        diagnostics.add(
          error: "the same step twice", at: fields.range,
          detail: "It also stands at \(place(of: same.fields.range)).")
        continue
      }
      steps.append(step)
    }
    return steps
  }

  private init?(_ fields: Fields, into diagnostics: inout Diagnostics) {
    self.fields = fields
    isUpwards = fields.has("above")
    if isUpwards == fields.has("below") || fields.has("add") == fields.has("remove")
      || isUpwards != fields.has("add")
    {
      diagnostics.add(
        error: "not clear what the step does", at: fields.range,
        detail: "A step adds tasks `above` a use, or removes tasks `below` one.",
        hint: "For example {above: 80%, for: 1m, add: 2} or {below: 30%, for: 5m, remove: 1}.")
      return nil
    }
    guard let threshold = fields.percent(isUpwards ? "above" : "below"),
      let seconds = fields.duration("for"),
      let change = fields.integer(isUpwards ? "add" : "remove")
    else { return nil }
    var isRight = true
    if threshold.value <= 0 || threshold.value >= 100 {
      isRight = false
      diagnostics.add(
        error: "expected a percentage above 0% and below 100%", at: threshold.range,
        detail: "The use of what tasks have is never beyond \(threshold.value)%.")
    }
    if seconds.value % 60 != 0 || !(60...86_400).contains(seconds.value) {
      isRight = false
      diagnostics.add(
        error: "expected whole minutes, at most 24h", at: seconds.range,
        detail: "ECS publishes the use of tasks once a minute.")
    }
    guard isRight else { return nil }
    self.threshold = threshold
    minutes = Located(seconds.value / 60, range: seconds.range)
    self.change = change
  }

  /// The policy and its alarm.
  func resources(
    of service: ScalableService, _ manifest: Manifest, in context: CompilationContext
  ) -> [DesiredResource] {
    let name = "\(service.service)-\(suffix)"
    let policy = manifest.resource(
      service.policy(name), policyWishes, in: context, dependsOn: [service.target])
    let alarm = manifest.resource(
      Address("cloudwatch/alarm", "\(service.cluster)-\(name)"),
      alarmWishes(
        of: service, running: service.policyAction(name, in: context.environment)),
      in: context, dependsOn: [policy.address])
    return [policy, alarm]
  }

  private var policyWishes: Wishes {
    // The interval is counted from the alarm's threshold.
    let bound = isUpwards ? "MetricIntervalLowerBound" : "MetricIntervalUpperBound"
    var wishes = Wishes()
    wishes.set("policyType", to: "StepScaling", at: fields.range)
    wishes.set("adjustmentType", to: "ChangeInCapacity", at: fields.range)
    wishes.set("aggregation", to: "Average", at: fields.range)
    wishes.set(
      "steps",
      to: [[bound: 0, "ScalingAdjustment": Value(isUpwards ? change.value : -change.value)]],
      at: change.range)
    if let cooldown = fields.duration("cooldown") {
      wishes.set(
        "cooldown", to: Value(cooldown.value), at: cooldown.range, as: .quantity(.duration))
    }
    return wishes
  }

  /// The use that ECS publishes for a service (Amazon ECS developer guide, service utilization).
  private func alarmWishes(of service: ScalableService, running action: String) -> Wishes {
    var wishes = Wishes()
    wishes.set("namespace", to: "AWS/ECS", at: fields.range)
    wishes.set(
      "metric", to: use == "cpu" ? "CPUUtilization" : "MemoryUtilization",
      at: fields.range(of: "of"))
    wishes.set(
      "dimensions",
      to: ["ClusterName": .string(service.cluster), "ServiceName": .string(service.service)],
      at: fields.range)
    wishes.set("statistic", to: "Average", at: fields.range)
    wishes.set("period", to: 60, at: minutes.range)
    wishes.set("evaluationPeriods", to: Value(minutes.value), at: minutes.range)
    wishes.set("datapointsToAlarm", to: Value(minutes.value), at: minutes.range)
    wishes.set(
      "comparison", to: isUpwards ? "GreaterThanThreshold" : "LessThanThreshold",
      at: threshold.range)
    wishes.set(
      "threshold", to: .number(threshold.value), at: threshold.range, as: .quantity(.percent))
    wishes.set("alarmActions", to: [.string(action)], at: fields.range)
    return wishes
  }
}

extension ScalableService {
  /// The action of an alarm that runs a scaling policy: the policy's ARN, with `*` for the ID that AWS
  /// gives it when it is made.
  fileprivate func policyAction(_ name: String, in environment: ProjectEnvironment) -> String {
    return "arn:\(environment.partition):autoscaling:\(environment.region):\(environment.account)"
      + ":scalingPolicy:*:resource/ecs/service/\(cluster)/\(service):policyName/\(name)"
  }
}
