internal import Foundation
internal import Model
internal import Pricing

/// `logs/log-group`: a log group of CloudWatch Logs. Its name is the group's.
///
/// Attribute: `retentionDays`; a group without it keeps its events for ever. Context: `storedBytes`, and
/// `retentionDays` as it is in AWS. Groups are made by what writes to them: Weir neither creates nor deletes
/// any.
///
/// Reads take one request for fifty groups, by name as by prefix (API description of logs,
/// DescribeLogGroups: a limit of 50, and of 50 `logGroupIdentifiers`). Selectors: `prefix`.
struct LogGroupType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "logs/log-group" }
  var isCreatable: Bool { false }
  var isDeletable: Bool { false }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["PutRetentionPolicy", "DeleteRetentionPolicy"], deleting: ["DeleteLogGroup"]
    ) { request in [request["logGroupName"]?.string].compactMap { $0 } }
  }

  func pattern(of selector: ResourceSelector) -> String {
    "\(selector.criteria["prefix"]?.string ?? "")*"
  }

  /// The groups that are read are not known to IAM by their names: one request describes many.
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read:
      [IAMPermission(["logs:DescribeLogGroups"], on: [scope.arn("logs", "log-group:*")])]
    case .write:
      [
        IAMPermission(
          ["logs:DeleteRetentionPolicy", "logs:PutRetentionPolicy"],
          on: names.flatMap { name in
            ["", ":*"].map { scope.arn("logs", "log-group:\(name)\($0)") }
          })
      ]
    }
  }

  /// Events that have passed the retention are deleted, "typically" within 72 hours (API description of
  /// logs, PutRetentionPolicy).
  func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? {
    guard let days = write.set["retentionDays"]?.numeral else { return nil }
    if let before = write.live?.attributes["retentionDays"]?.numeral, before <= days { return nil }
    return "Log events older than \(days.plain) days are deleted, and no rollback brings them back."
  }

  /// The cost of what is stored. What another retention would store is not known.
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    guard attributes["retentionDays"] == context["retentionDays"],
      let bytes = context["storedBytes"]?.numeral
    else { return .unknown("depends on what is logged") }
    return scope.prices.monthlyCost(
      of: .logStorage, quantity: bytes / 1_073_741_824, in: scope.region, called: "stored logs")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await inParallel(names.sorted().batches(of: 50)) { batch in
      try await scope.client.all(
        "logs", "DescribeLogGroups",
        ["logGroupIdentifiers": .list(batch.map(Value.string)), "limit": 50], items: "logGroups")
    }
    return resources(found.joined()).filter { names.contains($0.key) }
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    var input: [String: Value] = ["limit": 50]
    input["logGroupNamePrefix"] = selector.criteria["prefix"]
    return resources(
      try await scope.client.all("logs", "DescribeLogGroups", .map(input), items: "logGroups"))
  }

  func create(_ write: ResourceWrite) async throws { throw unsupported(write, "creates") }

  func delete(_ write: ResourceWrite) async throws { throw unsupported(write, "deletes") }

  func update(_ write: ResourceWrite) async throws {
    if let days = write.set["retentionDays"] {
      _ = try await scope.client.call(
        "logs", "PutRetentionPolicy",
        ["logGroupName": .string(write.name), "retentionInDays": days])
    } else if write.unset.contains("retentionDays") {
      _ = try await scope.client.call(
        "logs", "DeleteRetentionPolicy", ["logGroupName": .string(write.name)])
    }
  }

  private func unsupported(_ write: ResourceWrite, _ verb: String) -> ResourceError {
    ResourceError(
      .unsupported, Address(type, write.name), "Weir changes log groups and \(verb) none.")
  }

  private func resources(_ groups: some Sequence<Value>) -> [String: LiveResource] {
    var found: [String: LiveResource] = [:]
    for group in groups {
      guard let name = group["logGroupName"]?.string else { continue }
      let attributes = ["retentionDays": group["retentionInDays"] ?? .null].without()
      found[name] = LiveResource(
        attributes: attributes,
        context: attributes.merging(["storedBytes": group["storedBytes"] ?? .null]) { $1 }.without()
      )
    }
    return found
  }
}
