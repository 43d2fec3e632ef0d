internal import Foundation
internal import Model
internal import Pricing

/// `ec2/address`: an Elastic IP address that is associated with nothing. Its name is its allocation ID.
///
/// Attributes: `publicIP`, `tags`, `usedBy` (the association, else the interface). Context: `pool`.
/// EC2 does not tell since when it has an address.
///
/// One request lists them all. Selectors: `tags`.
struct AddressType: DeletedResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  /// A filter of EC2 takes so many values.
  private static let filterValues = 200

  var type: String { "ec2/address" }
  var noun: String { "addresses" }
  var loss: String { "AWS may give the address to somebody else." }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read: [IAMPermission(["ec2:DescribeAddresses"])]
    case .write:
      [
        IAMPermission(
          ["ec2:ReleaseAddress"], on: names.map { scope.arn("ec2", "elastic-ip/\($0)") })
      ]
    }
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    guard context["pool"] == nil else {
      return .unknown("the price of addresses of your own pool is not known")
    }
    return scope.prices.monthlyCost(
      of: .idleAddress, quantity: 1, in: scope.region, called: "an idle address")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    if names.isEmpty { return [:] }
    let filter: Value = [
      "Name": "allocation-id", "Values": .list(names.sorted().map(Value.string)),
    ]
    return resources(try await list(names.count <= Self.filterValues ? [filter] : []))
      .filter { names.contains($0.key) }
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    let tags = TagFilter(selector)
    let found = try await list(tags?.ec2Filters ?? [])
    return resources(found.filter { tags?.matches($0["Tags"]?.tags ?? [:]) ?? true })
      .filter { $0.value.attributes["usedBy"] == Self.unused }
  }

  func delete(_ write: ResourceWrite) async throws {
    try checkUnused(write)
    _ = try await scope.client.call(
      "ec2", "ReleaseAddress", ["AllocationId": .string(write.name)])
  }

  private func list(_ filters: [Value]) async throws -> [Value] {
    let answer = try await scope.client.call(
      "ec2", "DescribeAddresses", filters.isEmpty ? [:] : ["Filters": .list(filters)])
    return answer["Addresses"]?.elements ?? []
  }

  private func resources(_ addresses: [Value]) -> [String: LiveResource] {
    var found: [String: LiveResource] = [:]
    for address in addresses {
      guard let name = address["AllocationId"]?.string else { continue }
      let users = ["ServiceManaged", "InstanceId", "NetworkInterfaceId", "AssociationId"]
        .compactMap { address[$0]?.string }.filter { !$0.isEmpty }
      let pool = address["PublicIpv4Pool"]
      found[name] = LiveResource(
        attributes: [
          "publicIP": address["PublicIp"] ?? .null,
          "tags": Self.attribute(address["Tags"]?.tags ?? [:]),
          "usedBy": users.first.map(Value.string) ?? Self.unused,
        ].without(),
        context: ["pool": pool == "amazon" ? .null : pool ?? .null].without())
    }
    return found
  }
}
