internal import Foundation
internal import Model

/// `sns/topic`: a topic of Amazon SNS. Its name is the topic's.
///
/// Attributes: `displayName` and `kmsKey`; a topic without them has none. AWS describes topics one by
/// one, so that a read takes one request for each. A topic is deleted only where nobody but Weir has
/// subscribed to it, since its subscriptions go with it.
struct TopicType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "sns/topic" }

  /// The attributes with AWS's names of them.
  private static let members = ["displayName": "DisplayName", "kmsKey": "KmsMasterKeyId"]

  var writeEvents: WriteEvents? {
    WriteEvents(changing: ["CreateTopic", "SetTopicAttributes"], deleting: ["DeleteTopic"]) {
      request in
      let arn = request["topicArn"]?.string?.split(separator: ":").last.map(String.init)
      return [request["name"]?.string ?? arn].compactMap { $0 }
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let arns = names.map { scope.arn("sns", $0) }
    switch access {
    case .read: return [IAMPermission(["sns:GetTopicAttributes"], on: arns)]
    case .write:
      return [
        IAMPermission(
          [
            "sns:CreateTopic", "sns:DeleteTopic", "sns:ListSubscriptionsByTopic",
            "sns:SetTopicAttributes",
          ], on: arns)
      ]
    }
  }

  /// API description of sns, SetTopicAttributes: a display name of up to 100 characters.
  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    guard let name = write.set["displayName"]?.string, name.count > 100 else { return [] }
    return [ResourceProblem("displayName", "A display name has at most 100 characters.")]
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    .unknown("depends on what is published")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await inParallel(names.sorted()) { name in
      (
        name,
        try await scope.client.call(
          "sns", "GetTopicAttributes", ["TopicArn": .string(scope.arn("sns", name))],
          nilIf: "NotFound")
      )
    }
    var live: [String: LiveResource] = [:]
    for (name, answer) in found {
      guard let described = answer?["Attributes"] else { continue }
      let attributes = Self.members.compactMapValues { described[$0] }.filter { $0.value != "" }
      live[name] = LiveResource(attributes: attributes)
    }
    return live
  }

  func create(_ write: ResourceWrite) async throws {
    var attributes: [String: Value] = [:]
    for (key, member) in Self.members { attributes[member] = write.set[key] }
    var input: [String: Value] = ["Name": .string(write.name)]
    if !attributes.isEmpty { input["Attributes"] = .map(attributes) }
    _ = try await scope.client.call("sns", "CreateTopic", .map(input))
  }

  func update(_ write: ResourceWrite) async throws {
    for key in write.touched.sorted() {
      guard let member = Self.members[key] else { continue }
      _ = try await scope.client.call(
        "sns", "SetTopicAttributes",
        [
          "TopicArn": .string(scope.arn("sns", write.name)), "AttributeName": .string(member),
          "AttributeValue": write.set[key] ?? "",
        ])
    }
  }

  func delete(_ write: ResourceWrite) async throws {
    let subscriptions = try await scope.subscriptions(of: write.name)
    let others = subscriptions.filter { $0["SubscriptionArn"]?.string?.hasPrefix("arn:") ?? false }
    guard others.isEmpty else {
      throw ResourceError(
        .notEmpty, Address(type, write.name),
        "Others have \(others.count) subscriptions to the topic, which would go with it.")
    }
    _ = try await scope.client.call(
      "sns", "DeleteTopic", ["TopicArn": .string(scope.arn("sns", write.name))])
  }
}

extension ResourceScope {
  /// The subscriptions of a topic; none where there is no such topic.
  func subscriptions(of topic: String) async throws -> [Value] {
    try await client.all(
      "sns", "ListSubscriptionsByTopic", ["TopicArn": .string(arn("sns", topic))],
      items: "Subscriptions", noneIf: "NotFound")
  }
}
