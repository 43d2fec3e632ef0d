internal import Foundation
internal import Model
internal import Pricing

/// `ssm/parameter`: a parameter of Systems Manager. Its name is the full name, with its path.
///
/// Attributes: `value` (a map where the text is a JSON object with a `schemaVersion`, else a secret),
/// `type`, `tier`, `description`. Context: `dataType`, `keyID`, `allowedPattern`, and `version`, by
/// which the text that an earlier value had is found again byte for byte: AWS keeps the last 100
/// (Systems Manager User Guide, parameter versions).
///
/// Reads take one request for ten values and one for fifty descriptions: GetParameters takes at most
/// ten names, DescribeParameters a filter of at most fifty (API description of ssm).
struct ParameterType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "ssm/parameter" }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    attributes
      .changing("value") {
        ParameterValue.normalized($0, isSecure: attributes["type"] == "SecureString")
      }
      .changing("description") { $0 == "" ? nil : $0 }
  }

  /// Earlier versions of a parameter stay readable (API description of ssm, GetParameters: a name may
  /// be followed by `:version`).
  func restores(_ attribute: String, from recorded: [String: Value]) -> Bool {
    attribute == "value" && recorded["version"] != nil
  }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["PutParameter"], deleting: ["DeleteParameter", "DeleteParameters"]
    ) { request in
      [request["name"]?.string].compactMap { $0 }
        + (request["names"]?.elements ?? []).compactMap(\.string)
    }
  }

  /// IAM knows no single parameters for `DescribeParameters`. An ARN has one slash before the name,
  /// whether the name begins with one or not.
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let parameters = names.map {
      scope.arn("ssm", $0.hasPrefix("/") ? "parameter\($0)" : "parameter/\($0)")
    }
    return switch access {
    case .read:
      [
        IAMPermission(["ssm:DescribeParameters"]),
        IAMPermission(["ssm:GetParameters"], on: parameters),
      ]
    case .write: [IAMPermission(["ssm:DeleteParameter", "ssm:PutParameter"], on: parameters)]
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] { ParameterProblems(write).all }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    scope.prices.monthlyCost(
      of: attributes["tier"] == "Advanced" ? .advancedParameter : .standardParameter, quantity: 1,
      in: scope.region, called: "parameters")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    // One name that AWS does not allow would make it refuse the others of its request.
    let sorted = names.filter(ParameterName.isLegal).sorted()
    let requests =
      sorted.batches(of: 10).map { (batch: $0, describes: false) }
      + sorted.batches(of: 50).map { (batch: $0, describes: true) }
    let answers = try await inParallel(requests) { request in
      let members =
        try await request.describes
        ? descriptions(request.batch) : values(request.batch)
      return members.map { (isDescription: request.describes, members: $0) }
    }.joined()
    let found = answers.filter { !$0.isDescription }.map(\.members)
    let described = Dictionary(
      answers.filter(\.isDescription).map { ($0.members["Name"]?.string ?? "", $0.members) },
      uniquingKeysWith: { first, _ in first })
    var live: [String: LiveResource] = [:]
    for value in found {
      guard let name = value["Name"]?.string, names.contains(name) else { continue }
      live[name] = resource(value, described[name] ?? .map([:]))
    }
    return live
  }

  /// "You must specify a parameter type when creating a parameter"; without a tier the account's
  /// default setting would decide (API description of ssm, PutParameter).
  func create(_ write: ResourceWrite) async throws {
    try await put(
      write, ["Type": "String", "Tier": "Standard"], overwrites: false)
  }

  func update(_ write: ResourceWrite) async throws {
    async let describing = descriptions([write.name])
    guard
      let value = try await values([write.name]).first(where: { $0["Name"] == .string(write.name) })
    else { throw ResourceError(.missing, address(write), "The parameter is not there any more.") }
    let description = try await describing.first { $0["Name"] == .string(write.name) } ?? .map([:])
    let earlier = try await earlierText(write)
    let kept = description.members
      .filter { ["Description", "AllowedPattern", "Tier", "KeyId", "DataType"].contains($0.key) }
      .merging(["Type": value["Type"] ?? .null, "Value": value["Value"] ?? .null]) { $1 }
    try await put(write, kept, text: earlier, overwrites: true)
  }

  /// The text of the recorded version where it means what the write sets; nil where the write gives
  /// back no value, and where that version is not there any more or holds another value.
  private func earlierText(_ write: ResourceWrite) async throws -> String? {
    guard let wanted = write.set["value"], let version = write.recorded["version"]?.numeral,
      let found = try await values(["\(write.name):\(version.plain)"])
        .first(where: { $0["Version"]?.numeral == version }),
      let text = found["Value"]?.string
    else { return nil }
    // Of a digest the reader of what was written sees whether this was the text.
    if case .sensitive(.digest) = wanted { return text }
    let isSecure = found["Type"] == "SecureString"
    let isSame =
      ParameterValue.attribute(text, isSecure: isSecure)
      == ParameterValue.normalized(wanted, isSecure: isSecure)
    return isSame ? text : nil
  }

  func delete(_ write: ResourceWrite) async throws {
    _ = try await scope.client.call(
      "ssm", "DeleteParameter", ["Name": .string(write.name)], nilIf: "ParameterNotFound")
  }

  /// Writes the parameter, its value as the `earlier` text where there is one. PutParameter keeps
  /// only the policies of what it overwrites, so that all else is sent again.
  private func put(
    _ write: ResourceWrite, _ kept: [String: Value], text earlier: String? = nil, overwrites: Bool
  ) async throws {
    var input = kept.without()
    input["Name"] = .string(write.name)
    for (member, attribute) in [("Type", "type"), ("Tier", "tier"), ("Description", "description")]
    {
      if let value = write.set[attribute] { input[member] = value }
    }
    if write.unset.contains("description") { input["Description"] = "" }
    if let value = write.set["value"] {
      guard let text = earlier ?? ParameterValue.text(value) else {
        throw ResourceError(
          .unknownSecret, address(write), "Only the digest of the value is known.")
      }
      input["Value"] = .string(text)
    }
    if input["Type"] != "SecureString" { input["KeyId"] = nil }
    if overwrites { input["Overwrite"] = true }
    _ = try await scope.client.call("ssm", "PutParameter", .map(input))
  }

  private func address(_ write: ResourceWrite) -> Address { Address(type, write.name) }

  private func resource(_ value: Value, _ description: Value) -> LiveResource {
    var attributes: [String: Value] = [:]
    let isSecure = value["Type"] == "SecureString"
    attributes["value"] = value["Value"]?.string.map {
      ParameterValue.attribute($0, isSecure: isSecure)
    }
    attributes["type"] = value["Type"]
    attributes["tier"] = description["Tier"] ?? "Standard"
    attributes["description"] = description["Description"]
    var context: [String: Value] = [:]
    context["dataType"] = value["DataType"] ?? description["DataType"]
    context["version"] = value["Version"]
    context["keyID"] = description["KeyId"]
    context["allowedPattern"] = description["AllowedPattern"]
    return LiveResource(attributes: normalized(attributes.without()), context: context.without())
  }

  private func values(_ names: [String]) async throws -> [Value] {
    try await scope.client.call(
      "ssm", "GetParameters",
      ["Names": .list(names.map(Value.string)), "WithDecryption": true])["Parameters"]?.elements
      ?? []
  }

  private func descriptions(_ names: [String]) async throws -> [Value] {
    try await scope.client.all(
      "ssm", "DescribeParameters",
      [
        "ParameterFilters": [
          ["Key": "Name", "Option": "Equals", "Values": .list(names.map(Value.string))]
        ],
        "MaxResults": 50,
      ], items: "Parameters")
  }
}
