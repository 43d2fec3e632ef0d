internal import Manifests
internal import Model

/// `NetworkEndpoint`: an endpoint of a VPC, so that traffic to a service of AWS passes no NAT gateway.
enum NetworkEndpoint: ManifestKind {
  static let schema = KindSchema(
    kind: "NetworkEndpoint",
    doc: """
      An endpoint of a VPC, so that traffic to a service of AWS passes no NAT gateway.

      It becomes a gateway endpoint, which is free and which S3 and DynamoDB have, or an interface endpoint, which costs for each \
      subnet and hour and for what passes. The plan says from which traffic on an interface endpoint pays beside a NAT \
      gateway. An endpoint is found by its VPC, type and service; a VPC with several of the same is refused.
      """,
    spec: ObjectSchema([
      Field("vpc", .string(identifier("vpc", "a VPC")), isRequired: true, doc: "The VPC's ID."),
      Field(
        "service", .string(service), isRequired: true,
        doc: "The service: s3, dynamodb, ecr.dkr and so on, or its whole name."),
      Field(
        "type", .enumeration(["gateway", "interface"]),
        doc: "The type; else gateway for s3 and dynamodb, interface for all others."),
      Field(
        "routeTables", .list(.string(identifier("rtb", "a route table"))),
        doc: "The route tables of a gateway endpoint."),
      Field(
        "subnets", .list(.string(identifier("subnet", "a subnet")), nonEmpty: true),
        doc: "The subnets of an interface endpoint, one in each availability zone."),
      Field(
        "securityGroups", .list(.string(identifier("sg", "a security group")), nonEmpty: true),
        doc: "The security groups of an interface endpoint; else the VPC's default."),
      Field(
        "privateDNS", .boolean,
        doc:
          "Whether the service's usual names lead to an interface endpoint; else false, and what uses"
          + " those names passes it by."),
    ]))

  private static func identifier(_ prefix: String, _ noun: String) -> StringRule {
    StringRule(
      "the ID of \(noun)", example: "\(prefix)-0a1b2c3d", pattern: "\(prefix)-[0-9a-f]{8,17}")
  }

  private static let service = StringRule(
    "a service's name", example: "ecr.dkr", pattern: "[a-z0-9][a-z0-9.-]{0,253}")

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    guard let vpc = fields.string("vpc"), let service = fields.string("service") else { return [] }
    let whole =
      service.value.hasPrefix("com.") || service.value.hasPrefix("aws.")
      ? service.value : "com.amazonaws.\(context.environment.region).\(service.value)"
    let hasGateway = ["s3", "dynamodb"].contains { whole.hasSuffix(".\($0)") }
    let type = fields.string("type")
    if fields.has("type"), type == nil { return [] }
    if let type, type.value == "gateway", !hasGateway {
      diagnostics.add(
        error: "a gateway for a service without one", at: type.range,
        detail: "Only S3 and DynamoDB have gateway endpoints.", hint: "Write `type: interface`.")
    }
    let isGateway = (type?.value ?? (hasGateway ? "gateway" : "interface")) == "gateway"
    let own = isGateway ? ["routeTables"] : ["subnets", "securityGroups", "privateDNS"]
    let all = ["routeTables", "subnets", "securityGroups", "privateDNS"]
    for field in all where fields.has(field) && !own.contains(field) {
      diagnostics.add(
        error: "a field of the other type", at: fields.keyRange(of: field),
        detail: "A \(isGateway ? "gateway" : "interface") endpoint has no `\(field)`.")
    }
    if let needed = own.first, !fields.has(needed) {
      diagnostics.add(
        error: "an endpoint that nothing reaches", at: fields.range,
        detail: "A \(isGateway ? "gateway" : "interface") endpoint needs `\(needed)`.")
    }
    var wishes = Wishes()
    for field in own where field != "privateDNS" && fields.has(field) {
      let names = Set(fields.strings(field).map(\.value)).sorted()
      wishes.set(field, to: .list(names.map(Value.string)), at: fields.range(of: field))
    }
    if !isGateway, let dns = fields.bool("privateDNS") {
      wishes.set(
        "privateDNS", to: .bool(dns.value), at: dns.range,
        as: .words(["true": true, "false": false]))
    }
    guard !wishes.isEmpty else { return [] }
    let name = "\(vpc.value)/\(isGateway ? "gateway" : "interface")/\(whole)"
    return [manifest.resource(Address("ec2/vpc-endpoint", name), wishes, in: context)]
  }
}
