internal import Foundation
internal import Model
internal import Pricing

/// `eks/nodegroup`: a managed node group of EKS. Its name is `CLUSTER/NODEGROUP`.
///
/// Attributes: `minSize`, `maxSize`, `desiredSize`, `labels.KEY`, and `taints.KEY:EFFECT` with the taint's
/// value. Context: `instanceTypes`, `capacityType`, `desiredSize` as it is in AWS, and `isUpdating` where it
/// is.
///
/// Reads take one request for each group: AWS describes no more at a time (API description of eks,
/// DescribeNodegroup).
struct NodeGroupType: ExistingResourceType {
  /// What the attributes of labels begin with.
  static let labels = "labels."
  /// What the attributes of taints begin with.
  static let taints = "taints."

  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "eks/nodegroup" }
  var noun: String { "node groups" }
  /// An update of labels and taints goes from node to node.
  var verification: Verification { Verification(tries: 30, interval: 10) }

  var writeEvents: WriteEvents? {
    WriteEvents(changing: ["UpdateNodegroupConfig"], deleting: ["DeleteNodegroup"]) { request in
      // The cluster is the member `name` of the request's path.
      guard let cluster = (request["name"] ?? request["clusterName"])?.string,
        let group = request["nodegroupName"]?.string
      else { return [] }
      return ["\(cluster)/\(group)"]
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let groups = names.map { scope.arn("eks", "nodegroup/\($0)/*") }
    return switch access {
    case .read: [IAMPermission(["eks:DescribeNodegroup"], on: groups)]
    case .write: [IAMPermission(["eks:UpdateNodegroupConfig"], on: groups)]
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] { NodeGroupProblems(write).all }

  /// The instances of the desired size. On demand EKS takes the first of the instance types while there are
  /// any (EKS User Guide, "Managed node group capacity types").
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    guard let count = attributes["desiredSize"]?.numeral else {
      return .unknown("the number of nodes is not known")
    }
    if count == 0 { return .zero }
    var cost: MonthlyCost
    if context["capacityType"] == "SPOT" {
      cost = .unknown("the price of Spot instances varies")
    } else if let instance = context["instanceTypes"]?.elements.first?.string {
      cost = scope.prices.monthlyCost(
        of: .computeInstance(instance), quantity: count, in: scope.region, called: instance)
    } else {
      cost = .unknown("a launch template has the type of the nodes")
    }
    if attributes["desiredSize"] != context["desiredSize"] {
      cost = cost + .unknown("the volumes of the nodes")
    }
    return cost
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await inParallel(names.sorted()) { name -> (String, LiveResource)? in
      guard let place = Self.place(name),
        let answer = try await scope.client.call(
          "eks", "DescribeNodegroup", .map(place), nilIf: "ResourceNotFoundException"),
        let group = answer["nodegroup"]
      else { return nil }
      return (name, resource(group))
    }
    return Dictionary(uniqueKeysWithValues: found.compactMap { $0 })
  }

  /// One request for all: while an update runs, EKS refuses another.
  func update(_ write: ResourceWrite) async throws {
    guard var input = Self.place(write.name) else {
      throw ResourceError(
        .badName, Address(type, write.name), "The name is not CLUSTER/NODEGROUP.")
    }
    if !write.touched.isDisjoint(with: Self.sizes) {
      let result = write.result
      input["scalingConfig"] = .map(result.filter { Self.sizes.contains($0.key) })
    }
    var labels: [String: Value] = [:]
    let set = write.set.filter { $0.key.hasPrefix(Self.labels) }
    let unset = write.unset.filter { $0.hasPrefix(Self.labels) }
    func key(_ attribute: String) -> String { String(attribute.dropFirst(Self.labels.count)) }
    if !set.isEmpty {
      labels["addOrUpdateLabels"] = .map(
        Dictionary(uniqueKeysWithValues: set.map { (key($0.key), $0.value) }))
    }
    if !unset.isEmpty { labels["removeLabels"] = .list(unset.sorted().map { .string(key($0)) }) }
    if !labels.isEmpty { input["labels"] = .map(labels) }
    var taints: [String: Value] = [:]
    let added = write.set.sorted { $0.key < $1.key }.compactMap { Self.taint($0.key, $0.value) }
    let removed = write.unset.sorted().compactMap { Self.taint($0, write.live?.attributes[$0]) }
    if !added.isEmpty { taints["addOrUpdateTaints"] = .list(added) }
    if !removed.isEmpty { taints["removeTaints"] = .list(removed) }
    if !taints.isEmpty { input["taints"] = .map(taints) }
    _ = try await scope.client.call("eks", "UpdateNodegroupConfig", .map(input))
  }

  /// The attributes of the scaling configuration, by AWS's names.
  static let sizes: Set = ["minSize", "maxSize", "desiredSize"]

  private static func place(_ name: String) -> [String: Value]? {
    let parts = name.split(separator: "/")
    guard parts.count == 2 else { return nil }
    return ["clusterName": .string(String(parts[0])), "nodegroupName": .string(String(parts[1]))]
  }

  /// The taint that an attribute is; nil for others.
  private static func taint(_ attribute: String, _ value: Value?) -> Value? {
    guard attribute.hasPrefix(taints), let colon = attribute.lastIndex(of: ":") else { return nil }
    var taint: [String: Value] = [
      "key": .string(String(attribute[..<colon].dropFirst(taints.count))),
      "effect": .string(String(attribute[attribute.index(after: colon)...])),
    ]
    if let value, value != "" { taint["value"] = value }
    return .map(taint)
  }

  private func resource(_ group: Value) -> LiveResource {
    var attributes = (group["scalingConfig"]?.members ?? [:]).filter { Self.sizes.contains($0.key) }
    for (key, value) in group["labels"]?.members ?? [:] { attributes[Self.labels + key] = value }
    for taint in group["taints"]?.elements ?? [] {
      guard let key = taint["key"]?.string, let effect = taint["effect"]?.string else { continue }
      let value = taint["value"]?.string ?? ""
      attributes["\(Self.taints)\(key):\(effect)"] = .string(value)
    }
    var context: [String: Value] = [
      "capacityType": group["capacityType"] ?? "ON_DEMAND",
      "desiredSize": group["scalingConfig"]?["desiredSize"] ?? .null,
    ]
    if let types = group["instanceTypes"], !types.elements.isEmpty {
      context["instanceTypes"] = types
    }
    if group["status"] == "UPDATING" { context["isUpdating"] = true }
    return LiveResource(attributes: attributes.without(), context: context.without())
  }
}
