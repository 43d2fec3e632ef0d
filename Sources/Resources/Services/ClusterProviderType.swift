internal import Model
internal import Pricing

/// `ecs/cluster-provider`: a capacity provider that is associated with a cluster, which Weir reads and never
/// changes. Its name is `CLUSTER/PROVIDER`.
///
/// Attributes: none. Context: `others` (the cluster's providers) where the one that is named is not among
/// them. One of a cluster that is not there is not there.
///
/// Reads take one request for a hundred clusters (API description of ecs, DescribeClusters).
struct ClusterProviderType: ExistingResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "ecs/cluster-provider" }
  var noun: String { "what uses capacity providers" }

  /// A request names the cluster alone.
  var writeEvents: WriteEvents? {
    WriteEvents(changing: ["PutClusterCapacityProviders"], deleting: ["DeleteCluster"]) { _ in [] }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    guard access == .read else { return [] }
    let clusters = Set(names.compactMap { Self.parts($0)?.cluster })
    return [
      IAMPermission(
        ["ecs:DescribeClusters"], on: clusters.sorted().map { scope.arn("ecs", "cluster/\($0)") })
    ]
  }

  /// "Only capacity providers that are already associated with a cluster and have an ACTIVE or UPDATING
  /// status can be used in a capacity provider strategy" (API description of ecs,
  /// CapacityProviderStrategyItem). That a cluster is not there is said of its service.
  func shortfall(of name: String, live: LiveResource?) -> ResourceProblem? {
    guard let others = live?.context["others"]?.elements, let (cluster, provider) = Self.parts(name)
    else { return nil }
    let known = others.compactMap(\.string).joined(separator: ", ")
    return ResourceProblem(
      "capacityProviders",
      "The cluster \(cluster) \(known.isEmpty ? "has no capacity providers" : "has \(known)"), and"
        + " ECS takes no others: associate \(provider) with it first"
        + " (aws ecs put-cluster-capacity-providers).")
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost { .zero }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let asked = Dictionary(grouping: names.filter { Self.parts($0) != nil }) {
      Self.parts($0)?.cluster ?? ""
    }
    let answers = try await inParallel(asked.keys.sorted().batches(of: 100)) { batch in
      try await scope.client.call(
        "ecs", "DescribeClusters", ["clusters": .list(batch.map(Value.string))])
    }
    var live: [String: LiveResource] = [:]
    for cluster in answers.flatMap({ $0["clusters"]?.elements ?? [] })
    where cluster["status"] != "INACTIVE" {
      let providers = (cluster["capacityProviders"]?.elements ?? []).compactMap(\.string).sorted()
      for name in asked[cluster["clusterName"]?.string ?? ""] ?? [] {
        let isThere = providers.contains(Self.parts(name)?.provider ?? "")
        live[name] = LiveResource(
          attributes: [:],
          context: isThere ? [:] : ["others": .list(providers.map(Value.string))])
      }
    }
    return live
  }

  func update(_ write: ResourceWrite) async throws {
    throw ResourceError(
      .unsupported, Address(type, write.name), "Weir reads capacity providers and writes none.")
  }

  private static func parts(_ name: String) -> (cluster: String, provider: String)? {
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }
}
