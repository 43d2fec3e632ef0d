internal import Foundation
internal import Model

/// `ce/anomaly-subscription`: whom Cost Anomaly Detection tells, of what, and how often. Its name is the
/// subscription's.
///
/// Attributes: `frequency`, `monitors` (their names, sorted), `subscribers` (with e-mail addresses
/// sensitive) and `thresholdExpression`. ARNs say nothing here, so that subscriptions and monitors are
/// found by name in their lists.
///
/// Reads take one request for each page of all subscriptions, and one for each page of all monitors.
struct AnomalySubscriptionType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope
  /// The monitors of the account.
  let list: AnomalyMonitorList

  var type: String { "ce/anomaly-subscription" }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    attributes.changing("thresholdExpression", CostExpression.normalized)
      .changing("subscribers", BudgetSubscribers.normalized)
      .changing("monitors") { list in
        .list(Set(list.elements.compactMap(\.string)).sorted().map(Value.string))
      }
  }

  var writeEvents: WriteEvents? {
    WriteEvents(
      region: "us-east-1", changing: ["CreateAnomalySubscription", "UpdateAnomalySubscription"],
      deleting: ["DeleteAnomalySubscription"],
      identifier: .init("arn", from: "CreateAnomalySubscription") {
        $0["subscriptionArn"]?.string
      }
    ) { request in
      let names = [
        request["anomalySubscription"]?["subscriptionName"], request["subscriptionName"],
        request["subscriptionArn"],
      ]
      return names.compactMap { $0?.string }
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read: [IAMPermission(["ce:GetAnomalyMonitors", "ce:GetAnomalySubscriptions"])]
    case .write:
      [
        IAMPermission(["ce:CreateAnomalySubscription"]),
        IAMPermission(
          ["ce:DeleteAnomalySubscription", "ce:UpdateAnomalySubscription"],
          on: [scope.globalARN("ce", "anomalysubscription/*")]),
      ]
    }
  }

  /// API description of ce, AnomalySubscription.Frequency: "IMMEDIATE: sends an alert by SNS; DAILY and
  /// WEEKLY by e-mail".
  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    let result = write.result
    let types = result["subscribers"]?.elements.map { $0["type"]?.string ?? "" } ?? []
    var problems: [ResourceProblem] = []
    if types.isEmpty {
      problems.append(ResourceProblem("subscribers", "A subscription tells at least one."))
    }
    let wanted = result["frequency"] == "IMMEDIATE" ? "SNS" : "EMAIL"
    if types.contains(where: { $0 != wanted }) {
      problems.append(
        ResourceProblem(
          "subscribers", "AWS tells SNS topics at once, and e-mail addresses daily or weekly."))
    }
    if write.live == nil, result["thresholdExpression"] == nil {
      problems.append(
        ResourceProblem("thresholdExpression", "A new subscription needs its threshold."))
    }
    return problems
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    .unknown("no price for anomaly detection in the catalog")
  }

  func read(_ wanted: Set<String>) async throws -> [String: LiveResource] {
    guard !wanted.isEmpty else { return [:] }
    // At once, so that monitors that are read beside this take no requests of their own.
    async let names = monitorNames(in: list.monitors())
    let subscriptions = try await scope.client.all(
      "ce", "GetAnomalySubscriptions", [:], items: "AnomalySubscriptions"
    ).filter { wanted.contains($0["SubscriptionName"]?.string ?? "") }
    guard !subscriptions.isEmpty else { return [:] }
    let monitors = try await names
    var live: [String: LiveResource] = [:]
    for subscription in subscriptions {
      let name = subscription["SubscriptionName"]?.string ?? ""
      if live[name] != nil {
        throw ResourceError(
          .badAnswer, Address(type, name),
          "Several subscriptions have this name: rename all but one.")
      }
      let watched = (subscription["MonitorArnList"]?.elements ?? []).map { arn in
        monitors[arn.string ?? ""].map(Value.string) ?? arn
      }
      let told = (subscription["Subscribers"]?.elements ?? []).map { subscriber -> Value in
        ["type": subscriber["Type"] ?? .null, "address": subscriber["Address"] ?? .null]
      }
      live[name] = LiveResource(
        attributes: normalized(
          [
            "frequency": subscription["Frequency"] ?? .null, "monitors": .list(watched),
            "subscribers": .list(told),
            "thresholdExpression": subscription["ThresholdExpression"] ?? .null,
          ].without()),
        context: ["arn": subscription["SubscriptionArn"] ?? .null].without())
    }
    return live
  }

  func create(_ write: ResourceWrite) async throws {
    var members = try await request(write)
    members["SubscriptionName"] = .string(write.name)
    _ = try await scope.client.call(
      "ce", "CreateAnomalySubscription", ["AnomalySubscription": .map(members)])
  }

  func update(_ write: ResourceWrite) async throws {
    guard let arn = write.live?.context["arn"] else {
      throw ResourceError(.missing, address(write), "The subscription is not there any more.")
    }
    var members = try await request(write)
    members["SubscriptionArn"] = arn
    _ = try await scope.client.call("ce", "UpdateAnomalySubscription", .map(members))
  }

  func delete(_ write: ResourceWrite) async throws {
    guard let arn = write.live?.context["arn"] else { return }
    _ = try await scope.client.call(
      "ce", "DeleteAnomalySubscription", ["SubscriptionArn": arn],
      nilIf: "UnknownSubscriptionException")
  }

  /// What the write sets, in AWS's form.
  private func request(_ write: ResourceWrite) async throws -> [String: Value] {
    let set = normalized(write.set)
    var members: [String: Value] = [:]
    members["Frequency"] = set["frequency"]
    members["ThresholdExpression"] = set["thresholdExpression"]
    if let subscribers = set["subscribers"] {
      guard let told = BudgetSubscribers.descriptions(subscribers) else {
        throw ResourceError(
          .unknownSecret, address(write), "Only the digest of a subscriber's address is known.")
      }
      members["Subscribers"] = .list(
        told.map { ["Type": $0["SubscriptionType"] ?? .null, "Address": $0["Address"] ?? .null] })
    }
    if let names = set["monitors"]?.elements.compactMap(\.string) {
      let arns = Dictionary(
        monitorNames(in: try await list.current()).map { ($1, $0) },
        uniquingKeysWith: { first, _ in first })
      members["MonitorArnList"] = .list(
        try names.map { name in
          guard let arn = arns[name] ?? (name.hasPrefix("arn:") ? name : nil) else {
            throw ResourceError(.missing, address(write), "There is no monitor \"\(name)\".")
          }
          return .string(arn)
        })
    }
    return members
  }

  /// The names of monitors by ARN.
  private func monitorNames(in monitors: [Value]) -> [String: String] {
    Dictionary(
      monitors.compactMap { monitor in
        guard let arn = monitor["MonitorArn"]?.string, let name = monitor["MonitorName"]?.string
        else { return nil }
        return (arn, name)
      }, uniquingKeysWith: { first, _ in first })
  }

  private func address(_ write: ResourceWrite) -> Address { Address(type, write.name) }
}
