internal import Crypto
internal import Foundation
internal import Model
internal import Synchronization

/// `sns/subscription`: a subscription to a topic. Its name is `TOPIC/PROTOCOL/ENDPOINT` for queues and
/// functions, and `TOPIC/PROTOCOL/DIGEST` where the endpoint is an address that must not be seen: SNS knows
/// subscriptions by ARNs that say nothing.
///
/// Attributes: `endpoint` (sensitive but for queues and functions), and for queues and functions `filterPolicy` and
/// `rawMessageDelivery`. Context: `arn`, or `pending` where it awaits confirmation. SNS can neither change nor delete
/// one that does, and drops it by itself after two days (SNS developer guide, subscriptions): Weir then only
/// gives it up.
///
/// Reads take one request for each hundred subscriptions of a topic, and one for each queue or function.
final class SubscriptionType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope
  /// The pending ones that were given up, which SNS goes on to list.
  private let givenUp = Mutex<Set<String>>([])

  init(scope: ResourceScope) { self.scope = scope }

  var type: String { "sns/subscription" }

  /// The protocols whose endpoints are ARNs, which may be seen, and which need no confirmation.
  private static let open: Set = ["sqs", "lambda"]

  /// CloudTrail hides endpoints, so that events name no subscription.
  var writeEvents: WriteEvents? {
    WriteEvents(changing: ["Subscribe", "SetSubscriptionAttributes"], deleting: ["Unsubscribe"]) {
      _ in []
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let arns = Set(names.map { scope.arn("sns", Self.parts($0).topic) }).sorted()
    switch access {
    case .read:
      return [
        IAMPermission(["sns:ListSubscriptionsByTopic"], on: arns),
        IAMPermission(["sns:GetSubscriptionAttributes"], on: arns.map { "\($0):*" }),
      ]
    case .write:
      return [
        IAMPermission(["sns:Subscribe"], on: arns),
        IAMPermission(
          ["sns:SetSubscriptionAttributes", "sns:Unsubscribe"], on: arns.map { "\($0):*" }),
      ]
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    guard write.live == nil, Self.awaitsConfirmation(Self.parts(write.name).protocolName) else {
      return []
    }
    return [
      ResourceProblem(
        nil,
        "SNS asks the address to confirm; until then it tells it nothing, and the subscription can"
          + " neither be changed nor deleted.", severity: .warning)
    ]
  }

  func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? {
    guard action == .delete, Self.awaitsConfirmation(Self.parts(write.name).protocolName) else {
      return nil
    }
    return "To be told again, the address has to confirm again."
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    .unknown("depends on what is published")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let wanted = names.subtracting(givenUp.withLock { $0 })
    let topics = Set(wanted.map { Self.parts($0).topic }).sorted()
    let found = try await inParallel(topics) { topic in
      try await self.scope.subscriptions(of: topic).map { (topic, $0) }
    }
    let named = found.joined().compactMap { topic, subscription -> (String, Value)? in
      let name = self.name(of: subscription, in: topic)
      return wanted.contains(name) ? (name, subscription) : nil
    }
    return Dictionary(
      try await inParallel(named) { (name, subscription) in
        (name, try await self.resource(subscription))
      }, uniquingKeysWith: { first, _ in first })
  }

  func create(_ write: ResourceWrite) async throws {
    let (topic, protocolName) = Self.parts(write.name)
    let endpoint: String
    switch write.set["endpoint"] {
    case .string(let text), .sensitive(.clear(let text)): endpoint = text
    default:
      throw ResourceError(
        .unknownSecret, Address(type, write.name), "Only the digest of the address is known.")
    }
    var input: [String: Value] = [
      "TopicArn": .string(scope.arn("sns", topic)), "Protocol": .string(protocolName),
      "Endpoint": .string(endpoint),
    ]
    let attributes = try Self.members(write)
    if !attributes.isEmpty { input["Attributes"] = .map(attributes) }
    _ = givenUp.withLock { $0.remove(write.name) }
    _ = try await scope.client.call("sns", "Subscribe", .map(input))
  }

  func update(_ write: ResourceWrite) async throws {
    guard let arn = write.live?.context["arn"] else {
      throw ResourceError(
        .unsupported, Address(type, write.name),
        "A subscription that awaits confirmation cannot change.")
    }
    var members = try Self.members(write)
    if write.unset.contains("filterPolicy") { members["FilterPolicy"] = "{}" }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      _ = try await scope.client.call(
        "sns", "SetSubscriptionAttributes",
        ["SubscriptionArn": arn, "AttributeName": .string(name), "AttributeValue": value])
    }
  }

  func delete(_ write: ResourceWrite) async throws {
    guard let arn = write.live?.context["arn"] else {
      _ = givenUp.withLock { $0.insert(write.name) }
      return
    }
    _ = try await scope.client.call("sns", "Unsubscribe", ["SubscriptionArn": arn])
  }

  private func resource(_ subscription: Value) async throws -> LiveResource {
    let protocolName = subscription["Protocol"]?.string ?? ""
    let endpoint = subscription["Endpoint"]?.string ?? ""
    var attributes: [String: Value] = [
      "endpoint": Self.open.contains(protocolName)
        ? .string(endpoint) : .sensitive(.clear(endpoint))
    ]
    guard let arn = subscription["SubscriptionArn"]?.string, arn.hasPrefix("arn:") else {
      return LiveResource(attributes: attributes, context: ["pending": true])
    }
    if Self.open.contains(protocolName) {
      let described = try await scope.client.call(
        "sns", "GetSubscriptionAttributes", ["SubscriptionArn": .string(arn)])["Attributes"]
      if let text = described?["FilterPolicy"]?.string,
        let policy = try? JSONDecoder().decode(Value.self, from: Data(text.utf8)), policy != [:]
      {
        attributes["filterPolicy"] = policy
      }
      attributes["rawMessageDelivery"] = .bool(described?["RawMessageDelivery"] == "true")
    }
    return LiveResource(attributes: attributes, context: ["arn": .string(arn)])
  }

  /// The attributes that a write sets, as AWS's texts.
  private static func members(_ write: ResourceWrite) throws -> [String: Value] {
    var members: [String: Value] = [:]
    if let policy = write.set["filterPolicy"] {
      members["FilterPolicy"] = .string(
        String(decoding: try CanonicalJSON.encode(policy), as: UTF8.self))
    }
    if let raw = write.set["rawMessageDelivery"]?.bool {
      members["RawMessageDelivery"] = raw ? "true" : "false"
    }
    return members
  }

  /// The name by which `Notification` asks for a subscription.
  private func name(of subscription: Value, in topic: String) -> String {
    let protocolName = subscription["Protocol"]?.string ?? ""
    let endpoint = subscription["Endpoint"]?.string ?? ""
    if Self.open.contains(protocolName) { return "\(topic)/\(protocolName)/\(endpoint)" }
    let text = "\(scope.account)/\(topic)/\(protocolName)/\(endpoint)"
    let digest = SHA256.hash(data: Data(text.utf8)).prefix(8)
    return "\(topic)/\(protocolName)/" + digest.map { String(format: "%02x", $0) }.joined()
  }

  private static func awaitsConfirmation(_ protocolName: String) -> Bool {
    ["email", "https"].contains(protocolName)
  }

  private static func parts(_ name: String) -> (topic: String, protocolName: String) {
    let parts = name.split(separator: "/", maxSplits: 2).map(String.init)
    return (parts.first ?? name, parts.count > 1 ? parts[1] : "")
  }
}
