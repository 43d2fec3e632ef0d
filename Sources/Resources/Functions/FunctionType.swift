internal import Foundation
internal import Model
internal import Pricing

/// `lambda/function`: a function of Lambda. Its name is the function's.
///
/// Attributes: `memory` (MB), `timeout` (seconds), `reservedConcurrency`, and
/// `provisionedConcurrency.QUALIFIER` for each alias or version that has some. Context: `memory` as it is
/// in AWS, `architecture`, `unreservedConcurrency` of the account, and `versions`: the `version` and the
/// `memory` of each alias and version that has provisioned concurrency or is asked for by the name
/// `FUNCTION:QUALIFIER`.
///
/// Reads take one request for fifty functions, or one for each where that is fewer (API description of
/// lambda, ListFunctions: pages of 50); two more for each function, since AWS tells both kinds of
/// concurrency of one function at a time; one for each alias and version; and one for the account.
/// Selectors: `tags`, which the Resource Groups Tagging API lists and each function found is asked for once
/// more.
struct FunctionType: ExistingResourceType {
  /// What the attributes of provisioned concurrency begin with.
  static let provisioned = "provisionedConcurrency."

  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "lambda/function" }
  var noun: String { "functions" }

  /// CloudTrail names most operations with the version of their API.
  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: [
        "UpdateFunctionConfiguration20150331v2", "PutFunctionConcurrency20171031",
        "DeleteFunctionConcurrency20171031", "PutProvisionedConcurrencyConfig",
        "DeleteProvisionedConcurrencyConfig",
      ],
      effects: [
        "UpdateFunctionConfiguration20150331v2": .members([
          "memorySize": ["memory"], "timeout": ["timeout"],
        ]),
        "PutFunctionConcurrency20171031": .attributes(["reservedConcurrency"]),
        "DeleteFunctionConcurrency20171031": .attributes(["reservedConcurrency"]),
        "PutProvisionedConcurrencyConfig": .attributes(["provisionedConcurrency"]),
        "DeleteProvisionedConcurrencyConfig": .attributes(["provisionedConcurrency"]),
      ], deleting: ["DeleteFunction20150331"]
    ) { request in
      // A name, or an ARN, perhaps in part: its last word that is no qualifier.
      guard let text = request["functionName"]?.string else { return [] }
      let parts = text.split(separator: ":").map(String.init)
      guard let place = parts.lastIndex(of: "function"), place + 1 < parts.count else {
        return parts.first.map { [$0] } ?? []
      }
      return [parts[place + 1]]
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let functions = names.filter { !FunctionVersions.isQualified($0) }
      .map { scope.arn("lambda", "function:\($0)") }
    return switch access {
    case .read:
      [
        IAMPermission(
          ["lambda:GetAccountSettings", "lambda:ListFunctions"]
            + (names.contains("*") ? ["tag:GetResources"] : [])),
        IAMPermission(
          [
            "lambda:GetFunctionConcurrency", "lambda:GetFunctionConfiguration",
            "lambda:ListProvisionedConcurrencyConfigs",
          ] + (names.contains("*") ? ["lambda:ListTags"] : []), on: functions),
        IAMPermission(["lambda:GetFunctionConfiguration"], on: functions.map { "\($0):*" }),
      ]
    case .write:
      [
        IAMPermission(
          [
            "lambda:DeleteFunctionConcurrency", "lambda:PutFunctionConcurrency",
            "lambda:UpdateFunctionConfiguration",
          ], on: functions),
        IAMPermission(
          [
            "lambda:DeleteProvisionedConcurrencyConfig", "lambda:PutProvisionedConcurrencyConfig",
          ], on: functions.map { "\($0):*" }),
      ]
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] { FunctionProblems(write).all }

  func shortfall(of name: String, live: LiveResource?) -> ResourceProblem? {
    guard live == nil, let (function, qualifier) = FunctionVersions.parts(name) else { return nil }
    return ResourceProblem(
      Self.provisioned + qualifier, "\(function) has no alias or version \(qualifier).")
  }

  /// Provisioned concurrency, by the memory of the version that has it: another memory of the function
  /// is that of `$LATEST`, and versions keep theirs (Lambda developer guide, "Manage Lambda function
  /// versions"). Reserved concurrency is free (Lambda Developer Guide, "Configuring reserved concurrency").
  /// What calls cost with another memory depends on them.
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    let isARM = context["architecture"] == "arm64"
    var cost = attributes.sorted { $0.key < $1.key }.reduce(MonthlyCost.zero) { sum, attribute in
      let qualifier = attribute.key.dropFirst(Self.provisioned.count)
      guard attribute.key.hasPrefix(Self.provisioned), let number = attribute.value.numeral,
        number > 0
      else { return sum }
      guard
        let memory = context[FunctionVersions.context]?[String(qualifier)]?["memory"]?.numeral
      else { return sum + .unknown("the memory of the version behind \(qualifier) is not known") }
      return sum
        + scope.prices.monthlyCost(
          of: isARM ? .provisionedConcurrencyARM : .provisionedConcurrency,
          quantity: number * memory / 1024, in: scope.region,
          called: isARM ? "provisioned concurrency on ARM" : "provisioned concurrency")
    }
    if attributes["memory"] != context["memory"] {
      cost = cost + .unknown("depends on how often the function runs, and how long")
    }
    return cost
  }

  /// All provisioned concurrency together.
  static func provisioned(_ attributes: [String: Value]) -> Decimal {
    attributes.filter { $0.key.hasPrefix(provisioned) }
      .reduce(0) { $0 + ($1.value.numeral ?? 0) }
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let asked = names.filter(FunctionVersions.isQualified)
    var live = try await functions(names.subtracting(asked))
    let provisioned = live.flatMap { name, function in
      function.attributes.keys.filter { $0.hasPrefix(Self.provisioned) }.map {
        FunctionVersions.name(name, String($0.dropFirst(Self.provisioned.count)))
      }
    }
    let versions = try await FunctionVersions(client: scope.client).read(asked.union(provisioned))
    for (name, version) in versions {
      guard let (function, qualifier) = FunctionVersions.parts(name) else { continue }
      let others = live[function]?.context[FunctionVersions.context]?.members ?? [:]
      live[function]?.context[FunctionVersions.context] = .map(
        others.merging([qualifier: .map(version.context)]) { $1 })
    }
    return live.merging(versions.filter { asked.contains($0.key) }) { $1 }
  }

  private func functions(_ names: Set<String>) async throws -> [String: LiveResource] {
    if names.isEmpty { return [:] }
    async let settings = scope.client.call("lambda", "GetAccountSettings", [:])
    let functions = try await configurations(names)
    let described = try await inParallel(functions) { function -> (String, LiveResource)? in
      guard let name = function["FunctionName"]?.string else { return nil }
      return try await (name, resource(name, function))
    }
    let unreserved = try await settings["AccountLimit"]?["UnreservedConcurrentExecutions"]
    var live: [String: LiveResource] = [:]
    for (name, resource) in described.compactMap({ $0 }) {
      live[name] = resource
      live[name]?.context["unreservedConcurrency"] = unreserved
    }
    return live
  }

  /// The tagging API follows after a while: the tags are asked for once more, of the function itself.
  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    guard let filter = TagFilter(selector) else { return [:] }
    let tagged = try await inParallel(scope.tagged(["lambda:function"], filter)) { function in
      let answer = try await scope.client.call(
        "lambda", "ListTags", ["Resource": .string(function.arn)],
        nilIf: "ResourceNotFoundException")
      let tags = (answer?["Tags"]?.members ?? [:]).compactMapValues(\.string)
      return filter.matches(tags)
        ? String(resourcePart(ofARN: function.arn).dropFirst("function:".count)) : nil
    }
    return try await read(Set(tagged.compactMap { $0 }))
  }

  /// Lowers provisioned concurrency before the reserved one that holds it, and raises it after.
  func update(_ write: ResourceWrite) async throws {
    let name = Value.string(write.name)
    var configuration: [String: Value] = [:]
    configuration["MemorySize"] = write.set["memory"]
    configuration["Timeout"] = write.set["timeout"]
    if !configuration.isEmpty {
      configuration["FunctionName"] = name
      _ = try await scope.client.call("lambda", "UpdateFunctionConfiguration", .map(configuration))
    }
    let provisioned = write.touched.filter { $0.hasPrefix(Self.provisioned) }.sorted()
    func isRaise(_ attribute: String) -> Bool {
      (write.set[attribute]?.numeral ?? 0) > (write.live?.attributes[attribute]?.numeral ?? 0)
    }
    for attribute in provisioned where !isRaise(attribute) { try await provide(attribute, write) }
    if let reserved = write.set["reservedConcurrency"] {
      _ = try await scope.client.call(
        "lambda", "PutFunctionConcurrency",
        ["FunctionName": name, "ReservedConcurrentExecutions": reserved])
    } else if write.unset.contains("reservedConcurrency") {
      _ = try await scope.client.call(
        "lambda", "DeleteFunctionConcurrency", ["FunctionName": name])
    }
    for attribute in provisioned where isRaise(attribute) { try await provide(attribute, write) }
  }
}

extension FunctionType {
  private func provide(_ attribute: String, _ write: ResourceWrite) async throws {
    var input: [String: Value] = [
      "FunctionName": .string(write.name),
      "Qualifier": .string(String(attribute.dropFirst(Self.provisioned.count))),
    ]
    if let number = write.set[attribute] {
      input["ProvisionedConcurrentExecutions"] = number
      _ = try await scope.client.call("lambda", "PutProvisionedConcurrencyConfig", .map(input))
    } else {
      _ = try await scope.client.call("lambda", "DeleteProvisionedConcurrencyConfig", .map(input))
    }
  }

  /// The functions that are there.
  private func configurations(_ names: Set<String>) async throws -> [Value] {
    try await listedOrNamed(names, by: "FunctionName") { token in
      var input: [String: Value] = ["MaxItems": 50]
      input["Marker"] = token
      let page = try await scope.client.call("lambda", "ListFunctions", .map(input))
      return (page["Functions"]?.elements ?? [], page["NextMarker"])
    } one: { name in
      try await scope.client.call(
        "lambda", "GetFunctionConfiguration", ["FunctionName": .string(name)],
        nilIf: "ResourceNotFoundException")
    }
  }

  private func resource(_ name: String, _ function: Value) async throws -> LiveResource {
    let input: Value = ["FunctionName": .string(name)]
    async let reserved = scope.client.call(
      "lambda", "GetFunctionConcurrency", input, nilIf: "ResourceNotFoundException")
    let provisioned = try await scope.client.all(
      "lambda", "ListProvisionedConcurrencyConfigs", input, items: "ProvisionedConcurrencyConfigs",
      noneIf: "ResourceNotFoundException")
    var attributes: [String: Value] = [
      "memory": function["MemorySize"] ?? .null, "timeout": function["Timeout"] ?? .null,
      "reservedConcurrency": try await reserved?["ReservedConcurrentExecutions"] ?? .null,
    ]
    // What could not be allocated is not there.
    for item in provisioned where item["Status"] != "FAILED" {
      guard let qualifier = item["FunctionArn"]?.string?.split(separator: ":").last else {
        continue
      }
      attributes["\(Self.provisioned)\(qualifier)"] =
        item["RequestedProvisionedConcurrentExecutions"]
    }
    let context: [String: Value] = [
      "memory": function["MemorySize"] ?? .null,
      "architecture": function["Architectures"]?.elements.first ?? "x86_64",
    ]
    return LiveResource(attributes: attributes.without(), context: context.without())
  }
}
