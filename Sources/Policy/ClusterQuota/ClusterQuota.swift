internal import Foundation
internal import Manifests
internal import Model

/// `ClusterQuota`: what a namespace of Kubernetes may use.
enum ClusterQuota: ManifestKind {
  static let schema = KindSchema(
    kind: "ClusterQuota",
    doc: """
      What a namespace of Kubernetes may use, and how its workloads grow and shrink.

      It becomes nothing in AWS: `weir render kubernetes` writes it as objects that Flux or Argo CD apply: \
      ResourceQuota (`quota`), LimitRange (`containers`), VerticalPodAutoscaler (`rightSizing`), \
      ScaledObject of KEDA (`scaling`) and PrometheusRule (`alerts`). 1 GB is 1 Gi there.
      """,
    spec: ObjectSchema([
      Field("namespace", .string(name), isRequired: true, doc: "The namespace."),
      Field("quota", .object(quota), doc: "What all its pods may use together."),
      Field("containers", .object(ContainerLimits.schema), doc: "What each container may use."),
      Field(
        "workloads", .list(.object(ClusterWorkload.schema), nonEmpty: true),
        doc: "What is scaled, each workload once in an environment."),
      Field("alerts", .list(.object(ClusterAlert.schema), nonEmpty: true), doc: "What is watched."),
    ]))

  /// RFC 1123, as kubernetes.io/docs/concepts/overview/working-with-objects/names has it.
  static let name = StringRule(
    "a name of small letters, digits and `-`", example: "shop",
    pattern: "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")

  private static let quota = ObjectSchema([
    Field("cpuRequests", ClusterQuantity.cpu, doc: "The CPU that all may request."),
    Field("cpuLimits", ClusterQuantity.cpu, doc: "The sum of all limits of CPU."),
    Field("memoryRequests", .dataSize, doc: "The memory that all may request."),
    Field("memoryLimits", .dataSize, doc: "The sum of all limits of memory."),
    Field("storage", .dataSize, doc: "What all volume claims may ask for."),
    Field("pods", .integer(0...1_000_000), doc: "The most pods."),
    Field("volumeClaims", .integer(0...1_000_000), doc: "The most volume claims."),
    Field("loadBalancers", .integer(0...10_000), doc: "The most load balancers."),
  ])

  /// The name of each amount of `quota` in a ResourceQuota.
  private static let amounts = [
    "cpuRequests": "requests.cpu", "cpuLimits": "limits.cpu", "memoryRequests": "requests.memory",
    "memoryLimits": "limits.memory", "storage": "requests.storage",
  ]

  /// The name of each number of `quota` in a ResourceQuota.
  private static let counts = [
    "pods": "pods", "volumeClaims": "persistentvolumeclaims",
    "loadBalancers": "services.loadbalancers",
  ]

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    if !["quota", "containers", "workloads", "alerts"].contains(where: fields.has) {
      diagnostics.add(
        error: "nothing to set", at: fields.range,
        detail: "A ClusterQuota sets at least one of quota, containers, workloads and alerts.")
    }
    if !name.allows(manifest.name.value) {
      diagnostics.add(
        error: "not a name of Kubernetes", at: manifest.name.range,
        detail: "The objects are named as the manifest is: \(name.meaning).")
    }
    _ = objects(manifest, into: &diagnostics)
    checkTwice(manifest, in: context, into: &diagnostics)
    return []
  }

  /// The objects of a manifest, in the order of its fields.
  static func objects(_ manifest: Manifest, into diagnostics: inout Diagnostics) -> [Value] {
    let fields = manifest.fields
    guard let namespace = fields.string("namespace")?.value else { return [] }
    let name = manifest.name.value
    func object(_ version: String, _ kind: String, _ name: String, _ spec: Value) -> Value {
      [
        "apiVersion": .string(version), "kind": .string(kind), "spec": spec,
        "metadata": [
          "name": .string(name), "namespace": .string(namespace),
          "labels": ["app.kubernetes.io/managed-by": "weir"],
        ],
      ]
    }
    var objects: [Value] = []
    if let quota = fields.object("quota") {
      let hard = hard(quota, containers: fields.object("containers"), into: &diagnostics)
      objects.append(object("v1", "ResourceQuota", name, ["hard": hard]))
    }
    if let containers = fields.object("containers") {
      let limits = ContainerLimits.limits(containers, into: &diagnostics)
      objects.append(object("v1", "LimitRange", name, ["limits": [limits]]))
    }
    for workload in fields.objects("workloads") {
      guard let target = workload.string("name")?.value else { continue }
      if let spec = ClusterWorkload.rightSizing(workload, into: &diagnostics) {
        objects.append(object("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", target, spec))
      }
      if let spec = ClusterWorkload.scaling(workload, into: &diagnostics) {
        objects.append(object("keda.sh/v1alpha1", "ScaledObject", target, spec))
      }
    }
    if fields.has("alerts") {
      let rules = ClusterAlert.rules(fields.objects("alerts"), into: &diagnostics)
      objects.append(
        object(
          "monitoring.coreos.com/v1", "PrometheusRule", name,
          ["groups": [["name": .string(name), "rules": .list(rules)]]]))
    }
    return objects
  }

  private static func hard(
    _ quota: Fields, containers: Fields?, into diagnostics: inout Diagnostics
  ) -> Value {
    var hard: [String: Value] = [:]
    for (field, resource) in amounts { hard[resource] = ClusterQuantity(quota, field)?.value }
    for (field, resource) in counts {
      hard[resource] = quota.integer(field).map { Value($0.value) }
    }
    for resource in ["cpu", "memory"] {
      ClusterQuantity.checkOrder(
        quota, ["\(resource)Requests", "\(resource)Limits"], into: &diagnostics)
      let limit = "\(resource)Limits"
      if quota.has(limit), containers?.object("default")?.has(resource) != true {
        diagnostics.add(
          warning: "pods without a limit will be refused", at: quota.keyRange(of: limit),
          detail: "Where a quota counts limits of \(resource), Kubernetes admits only pods that"
            + " set one.",
          hint: "Set `containers.default.\(resource)`, which holds for those that set none.")
      }
    }
    return .map(hard)
  }

  /// KEDA and the autoscaler each refuse a second object for one workload.
  private static func checkTwice(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) {
    var places: [String: Located<String>] = [:]
    for other in context.manifests(of: ClusterQuota.self) {
      guard let namespace = other.fields.string("namespace")?.value else { continue }
      for workload in other.fields.objects("workloads") {
        guard let name = workload.string("name") else { continue }
        let key = "\(namespace)/\(workload.string("kind")?.value ?? "Deployment")/\(name.value)"
        if let first = places[key] {
          guard other.reference == manifest.reference else { continue }
          diagnostics.add(
            error: "a workload twice", at: name.range,
            detail: "It stands already at \(place(of: first.range)).")
        } else {
          places[key] = name
        }
      }
    }
  }
}
