internal import Foundation
internal import Model
internal import Pricing

/// `ec2/vpc-endpoint`: an endpoint of a VPC. Its name is `VPC/TYPE/SERVICE`, such as
/// `vpc-0a1b/gateway/com.amazonaws.us-east-2.s3`: AWS's identifiers say nothing.
///
/// Attributes: `routeTables` of a gateway endpoint; `subnets`, `securityGroups` and `privateDNS` of an interface
/// endpoint; lists are sorted. Context: `id`.
///
/// Reads take one request for each 1,000 endpoints of 200 VPCs (API description of ec2,
/// DescribeVpcEndpoints).
struct EndpointType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "ec2/vpc-endpoint" }

  /// The lists, with the end of AWS's name of each.
  private static let lists = [
    (attribute: "routeTables", member: "RouteTableIds"),
    (attribute: "subnets", member: "SubnetIds"),
    (attribute: "securityGroups", member: "SecurityGroupIds"),
  ]
  /// EC2's limit for the values of a filter.
  private static let filterValues = 200

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    Self.lists.reduce(attributes) { attributes, list in
      attributes.changing(list.attribute) { Self.sorted($0.elements) }
    }
  }

  /// Changes and deletions name an endpoint by its identifier alone. CloudTrail wraps the requests, and
  /// writes an item of a list as `{"tag": 1, "content": ...}`.
  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["CreateVpcEndpoint", "ModifyVpcEndpoint"], deleting: ["DeleteVpcEndpoints"],
      identifier: .init("id", from: "CreateVpcEndpoint") {
        $0["CreateVpcEndpointResponse"]?["vpcEndpoint"]?["vpcEndpointId"]?.string
      }
    ) { request in
      if let deleted = request["DeleteVpcEndpointsRequest"]?["VpcEndpointId"] {
        return (deleted.list ?? [deleted]).compactMap { $0["content"]?.string }
      }
      if let id = request["ModifyVpcEndpointRequest"]?["VpcEndpointId"]?.string { return [id] }
      let parts = request["CreateVpcEndpointRequest"] ?? request
      guard let vpc = parts["VpcId"]?.string, let service = parts["ServiceName"]?.string else {
        return []
      }
      let kind = parts["VpcEndpointType"]?.string?.lowercased() ?? "gateway"
      return ["\(vpc)/\(kind)/\(service)"]
    }
  }

  /// Private DNS takes the right to tie the VPC to a hosted zone of AWS's (Service Authorization Reference,
  /// dependent actions of CreateVpcEndpoint).
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read: return [IAMPermission(["ec2:DescribeVpcEndpoints"])]
    case .write:
      let parts = ["route-table", "security-group", "subnet", "vpc", "vpc-endpoint"]
      let arns = parts.map { scope.arn("ec2", "\($0)/*") }
      return [
        IAMPermission(["ec2:CreateVpcEndpoint", "ec2:ModifyVpcEndpoint"], on: arns),
        IAMPermission(["ec2:DeleteVpcEndpoints"], on: [scope.arn("ec2", "vpc-endpoint/*")]),
        IAMPermission(["route53:AssociateVPCWithHostedZone"]),
      ]
    }
  }

  var attributesByAction: [String: Set<String>] {
    ["route53:AssociateVPCWithHostedZone": ["privateDNS"]]
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    guard let name = Self.parts(write.name) else {
      return [
        ResourceProblem(nil, "An endpoint is named VPC/gateway/SERVICE or VPC/interface/SERVICE.")
      ]
    }
    var problems: [ResourceProblem] = []
    let foreign =
      name.isInterface ? ["routeTables"] : ["subnets", "securityGroups", "privateDNS"]
    for attribute in foreign where write.set[attribute] != nil {
      problems.append(
        ResourceProblem(
          attribute,
          "A \(name.isInterface ? "interface" : "gateway") endpoint has no \(attribute)."))
    }
    if name.isInterface {
      if write.result["subnets"]?.elements.isEmpty ?? true {
        problems.append(
          ResourceProblem(
            "subnets", "An interface endpoint without subnets costs and does nothing."))
      }
      if write.live == nil || write.set["subnets"] != nil {
        problems.append(comparison(write.result))
      }
      let isPrivate = write.result["privateDNS"] == true
      if !isPrivate, write.live == nil || write.set["privateDNS"] != nil {
        problems.append(
          ResourceProblem(
            "privateDNS",
            "Without private DNS the service's usual names lead past the endpoint: what uses them goes on"
              + " through the NAT gateway, and the endpoint saves nothing of that. Set `privateDNS: true`,"
              + " or have clients take the endpoint's own names.", severity: .warning))
      }
    }
    return problems
  }

  /// What the endpoint costs beside a NAT gateway, and from which traffic on it pays.
  private func comparison(_ result: [String: Value]) -> ResourceProblem {
    let subnets = result["subnets"]?.elements.count ?? 0
    let isPrivate = result["privateDNS"] == true
    let prices = [PricedItem.interfaceEndpoint, .interfaceEndpointData, .natGatewayData]
      .map { scope.prices.price(of: $0, in: scope.region)?.amount }
    guard let hour = prices[0], let data = prices[1], let nat = prices[2], nat > data else {
      return ResourceProblem(
        "subnets",
        "Whether this pays beside a NAT gateway cannot be told: the catalog has no price for"
          + " interface endpoints or NAT gateways in \(scope.region).", severity: .warning)
    }
    let month = hour * Price.Unit.hour.perMonth * Decimal(subnets)
    var gigabytes = month / (nat - data)
    var rounded = Decimal()
    unsafe NSDecimalRound(&rounded, &gigabytes, 0, .up)
    return ResourceProblem(
      "subnets",
      "An interface endpoint in \(subnets) subnets costs \(month.plain) USD a month and"
        + " \(data.plain) USD/GB, a NAT gateway \(nat.plain) USD/GB: \(isPrivate ? "it" : "with private DNS it")"
        + " pays from \(rounded.plain) GB a month that would pass the NAT gateway otherwise, or where the"
        + " gateway goes.",
      severity: .warning)
  }

  /// An interface endpoint is billed for each subnet (one in an availability zone) and hour, and for what
  /// passes; a gateway endpoint is free.
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    guard let subnets = attributes["subnets"]?.elements, !subnets.isEmpty else {
      return scope.prices.monthlyCost(
        of: .gatewayEndpoint, quantity: 1, in: scope.region, called: "gateway endpoints")
    }
    return scope.prices.monthlyCost(
      of: .interfaceEndpoint, quantity: Decimal(subnets.count), in: scope.region,
      called: "interface endpoints") + .unknown("depends on the data that passes")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let vpcs = Set(names.compactMap { Self.parts($0)?.vpc }).sorted()
    let found = try await inParallel(vpcs.batches(of: Self.filterValues)) { batch in
      try await scope.client.all(
        "ec2", "DescribeVpcEndpoints",
        [
          "Filters": [["Name": "vpc-id", "Values": .list(batch.map(Value.string))]],
          "MaxResults": 1000,
        ], items: "VpcEndpoints")
    }
    var live: [String: LiveResource] = [:]
    for endpoint in found.joined() {
      let state = endpoint["State"]?.string?.lowercased() ?? ""
      guard let vpc = endpoint["VpcId"]?.string, let service = endpoint["ServiceName"]?.string,
        let kind = endpoint["VpcEndpointType"]?.string?.lowercased(),
        !["deleting", "deleted"].contains(state)
      else { continue }
      let name = "\(vpc)/\(kind)/\(service)"
      guard names.contains(name) else { continue }
      if live[name] != nil {
        throw ResourceError(
          .badAnswer, Address(type, name),
          "The VPC has several endpoints of this type for the service, which Weir cannot tell apart."
        )
      }
      live[name] = Self.resource(endpoint, isInterface: kind == "interface")
    }
    return live
  }

  func create(_ write: ResourceWrite) async throws {
    guard let name = Self.parts(write.name) else { throw badName(write) }
    let set = normalized(write.set)
    var input: [String: Value] = [
      "VpcId": .string(name.vpc), "ServiceName": .string(name.service),
      "VpcEndpointType": name.isInterface ? "Interface" : "Gateway",
    ]
    for list in Self.lists where !(set[list.attribute]?.elements.isEmpty ?? true) {
      input[list.member] = set[list.attribute]
    }
    if name.isInterface { input["PrivateDnsEnabled"] = set["privateDNS"] ?? false }
    _ = try await scope.client.call("ec2", "CreateVpcEndpoint", .map(input))
  }

  func update(_ write: ResourceWrite) async throws {
    guard let id = write.live?.context["id"] else { throw gone(write) }
    guard let now = try await read([write.name])[write.name], now.context["id"] == id else {
      throw gone(write)
    }
    var input: [String: Value] = ["VpcEndpointId": id]
    for list in Self.lists where write.touched.contains(list.attribute) {
      let wanted = Set(write.set[list.attribute]?.elements ?? [])
      let held = Set(now.attributes[list.attribute]?.elements ?? [])
      let added = wanted.subtracting(held)
      let removed = held.subtracting(wanted)
      if !added.isEmpty { input["Add\(list.member)"] = Self.sorted(Array(added)) }
      if !removed.isEmpty { input["Remove\(list.member)"] = Self.sorted(Array(removed)) }
    }
    input["PrivateDnsEnabled"] = write.set["privateDNS"]
    guard input.count > 1 else { return }
    _ = try await scope.client.call("ec2", "ModifyVpcEndpoint", .map(input))
  }

  func delete(_ write: ResourceWrite) async throws {
    guard let id = write.live?.context["id"] else { return }
    let answer = try await scope.client.call(
      "ec2", "DeleteVpcEndpoints", ["VpcEndpointIds": [id]])
    if let failure = answer["Unsuccessful"]?.elements.first?["Error"],
      failure["Code"] != "InvalidVpcEndpointId.NotFound"
    {
      throw ResourceError(
        .unsupported, Address(type, write.name),
        failure["Message"]?.string ?? "AWS does not delete the endpoint.")
    }
  }

  private static func resource(_ endpoint: Value, isInterface: Bool) -> LiveResource {
    var attributes: [String: Value] = [:]
    if isInterface {
      attributes["subnets"] = sorted(endpoint["SubnetIds"]?.elements ?? [])
      attributes["securityGroups"] = sorted(
        (endpoint["Groups"]?.elements ?? []).compactMap { $0["GroupId"] })
      attributes["privateDNS"] = endpoint["PrivateDnsEnabled"] ?? false
    } else {
      attributes["routeTables"] = sorted(endpoint["RouteTableIds"]?.elements ?? [])
    }
    return LiveResource(
      attributes: attributes, context: ["id": endpoint["VpcEndpointId"] ?? .null].without())
  }

  private static func sorted(_ elements: [Value]) -> Value {
    .list(Set(elements.compactMap(\.string)).sorted().map(Value.string))
  }

  private static func parts(_ name: String) -> (vpc: String, isInterface: Bool, service: String)? {
    let parts = name.split(separator: "/", maxSplits: 2).map(String.init)
    guard parts.count == 3, ["gateway", "interface"].contains(parts[1]) else { return nil }
    return (parts[0], parts[1] == "interface", parts[2])
  }

  private func badName(_ write: ResourceWrite) -> ResourceError {
    ResourceError(.badName, Address(type, write.name), "The name is not VPC/TYPE/SERVICE.")
  }

  private func gone(_ write: ResourceWrite) -> ResourceError {
    ResourceError(.missing, Address(type, write.name), "The endpoint is not there any more.")
  }
}
