internal import Foundation
internal import Manifests
internal import Model

/// A workload of a cluster: how large its pods are, and how many there are.
enum ClusterWorkload {
  static let schema = ObjectSchema([
    Field("name", .string(ClusterQuota.name), isRequired: true, doc: "The workload's name."),
    Field(
      "kind", .enumeration(["Deployment", "StatefulSet"]), doc: "What it is; else a Deployment."),
    Field("rightSizing", .object(rightSizingSchema), doc: "How large its containers are."),
    Field("scaling", .object(scalingSchema), doc: "How many pods it has."),
  ])

  private static let rightSizingSchema = ObjectSchema([
    Field(
      "mode", .enumeration(["off", "initial", "recreate"]), isRequired: true,
      doc: "Whether the autoscaler only recommends (off), sizes new pods, or replaces running ones."
    ),
    Field("min", .object(ClusterQuantity.pair), doc: "The least that it recommends."),
    Field("max", .object(ClusterQuantity.pair), doc: "The most that it recommends."),
  ])

  private static let scalingSchema = ObjectSchema([
    Field("min", .integer(0...10_000), isRequired: true, doc: "The fewest pods."),
    Field("max", .integer(1...10_000), isRequired: true, doc: "The most pods."),
    Field("pollEvery", .duration, doc: "How often KEDA looks; else every 30s."),
    Field("cooldown", .duration, doc: "How long it waits before it goes to zero; else 5m."),
    Field("targetCPU", .percent, doc: "The CPU that the pods use of what they request."),
    Field("queries", .list(.object(query), nonEmpty: true), doc: "Metrics of Prometheus."),
    Field("timeZone", .timeZone, doc: "The time zone of the windows."),
    Field(
      "windows", .list(.object(ClusterWindow.schema), nonEmpty: true),
      doc: "Times at which more pods are there at least."),
  ])

  private static let query = ObjectSchema([
    Field(
      "server", .string(server), isRequired: true, doc: "The address of Prometheus."),
    Field("query", .string(), isRequired: true, doc: "What is asked, in PromQL."),
    Field("threshold", .number, isRequired: true, doc: "How much of it a pod is for."),
  ])

  private static let server = StringRule(
    "an address", example: "http://prometheus.monitoring:9090", pattern: "https?://[^ ]+")

  /// The spec of a VerticalPodAutoscaler; nil where nothing is said of it.
  static func rightSizing(_ workload: Fields, into diagnostics: inout Diagnostics) -> Value? {
    guard let fields = workload.object("rightSizing") else { return nil }
    ClusterQuantity.checkOrder(ofPairs: ["min", "max"], in: fields, into: &diagnostics)
    let mode = fields.string("mode")
    if let mode, mode.value != "off", workload.object("scaling")?.has("targetCPU") == true {
      diagnostics.add(
        error: "two autoscalers for one measure", at: mode.range,
        detail: "`scaling.targetCPU` counts what pods request, which this autoscaler changes: they"
          + " would chase each other.",
        hint: "Let it only recommend (`mode: off`), or scale by a query.")
    }
    var policy: [String: Value] = ["containerName": "*"]
    policy["minAllowed"] = ClusterQuantity.pair(fields.object("min"))
    policy["maxAllowed"] = ClusterQuantity.pair(fields.object("max"))
    return [
      "targetRef": [
        "apiVersion": "apps/v1", "kind": .string(workload.string("kind")?.value ?? "Deployment"),
        "name": .string(workload.string("name")?.value ?? ""),
      ],
      "updatePolicy": ["updateMode": .string((mode?.value ?? "off").capitalized)],
      "resourcePolicy": ["containerPolicies": [.map(policy)]],
    ]
  }

  /// The spec of a ScaledObject; nil where nothing is said of it.
  static func scaling(_ workload: Fields, into diagnostics: inout Diagnostics) -> Value? {
    guard let fields = workload.object("scaling"), let least = fields.integer("min"),
      let most = fields.integer("max")
    else { return nil }
    if least.value > most.value {
      diagnostics.add(
        error: "the fewest are more than the most", at: least.range,
        detail: "`min` is \(least.value), `max` is \(most.value).")
    }
    var triggers = ClusterWindow.triggers(fields, into: &diagnostics)
    for query in fields.objects("queries") {
      guard let server = query.string("server")?.value, let text = query.string("query")?.value,
        let threshold = query.decimal("threshold")?.value
      else { continue }
      triggers.append([
        "type": "prometheus",
        "metadata": [
          "serverAddress": .string(server), "query": .string(text),
          "threshold": .string(threshold.description),
        ],
      ])
    }
    if let target = fields.percent("targetCPU") {
      triggers.append([
        "type": "cpu", "metricType": "Utilization",
        "metadata": ["value": .string(target.value.description)],
      ])
      if least.value == 0, !fields.has("queries"), !fields.has("windows") {
        diagnostics.add(
          error: "CPU alone cannot wake a workload", at: least.range,
          detail: "At zero pods there is no CPU to measure, and KEDA refuses a `min` of 0 with no"
            + " other trigger.", hint: "Set `min` to 1, or add a query or a window.")
      }
    }
    if !["targetCPU", "queries", "windows"].contains(where: fields.has) {
      diagnostics.add(
        error: "nothing to scale by", at: fields.range,
        detail: "Scaling has at least one of targetCPU, queries and windows.")
    }
    var target: [String: Value] = ["name": .string(workload.string("name")?.value ?? "")]
    if let kind = workload.string("kind")?.value { target["kind"] = .string(kind) }
    var spec: [String: Value] = [
      "scaleTargetRef": .map(target), "minReplicaCount": Value(least.value),
      "maxReplicaCount": Value(most.value), "triggers": .list(triggers),
    ]
    if let seconds = fields.duration("pollEvery") { spec["pollingInterval"] = Value(seconds.value) }
    if let seconds = fields.duration("cooldown") { spec["cooldownPeriod"] = Value(seconds.value) }
    return .map(spec)
  }
}
