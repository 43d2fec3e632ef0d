internal import Crypto
internal import Foundation
internal import Manifests
internal import Model
internal import YAMLReader

/// `Notification`: an SNS topic, and whom it tells.
enum Notification: ManifestKind {
  static let schema = KindSchema(
    kind: "Notification",
    doc: """
      An SNS topic, and whom it tells.

      It becomes a topic and a subscription for each endpoint. Subscriptions of others stay. E-mail addresses, web hooks and phone \
      numbers are secret: the state holds digests of them, and their subscriptions are named by a digest, \
      which tells an address to somebody who guesses it, and a phone number to somebody who tries all. SNS asks e-mail addresses and web hooks to confirm; \
      until they do, a subscription can neither be changed nor deleted, and once it is given up SNS drops it by itself. So \
      only queues and functions take a `filterPolicy`.
      """,
    spec: ObjectSchema([
      Field("topic", .string(topic), doc: "The topic's name; else the manifest's."),
      Field("displayName", .string(), doc: "The sender's name in messages."),
      Field("kmsKey", .string(), doc: "The KMS key that encrypts messages: an ID, ARN or alias."),
      Field("email", .list(.string(BudgetSubscriber.mail)), doc: "E-mail addresses."),
      Field("https", .list(.string(hook)), doc: "Web hooks."),
      Field("sms", .list(.string(phone)), doc: "Phone numbers."),
      Field("sqs", .list(.object(endpoint)), doc: "Queues."),
      Field("lambda", .list(.object(endpoint)), doc: "Functions."),
    ]))

  private static let endpoint = ObjectSchema([
    Field("arn", .string(arn), isRequired: true, doc: "The queue's or function's ARN."),
    Field("filterPolicy", .any, doc: "Which messages are passed on, by SNS's rules; else all."),
    Field("rawMessageDelivery", .boolean, doc: "Whether a queue gets the message alone."),
  ])

  /// API description of sns, CreateTopic.
  private static let topic = StringRule(
    "a topic's name of letters, digits, `_` and `-`", example: "cost-alerts",
    pattern: "[A-Za-z0-9_-]{1,256}")
  private static let hook = StringRule(
    "a URL with https", example: "https://example.com/hook", pattern: #"https://[^\s]{3,2000}"#)
  private static let phone = StringRule(
    "a phone number in E.164 form", example: "+4930123456", pattern: #"\+[1-9][0-9]{6,14}"#)
  private static let arn = StringRule(
    "an ARN of a queue or function", example: "arn:aws:sqs:us-east-2:123456789012:alerts",
    pattern: #"arn:aws[a-z-]*:(sqs|lambda):[a-z0-9-]+:[0-9]{12}:[^\s]+"#)

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    if fields.has("topic"), fields.string("topic") == nil { return [] }
    let name = fields.string("topic") ?? manifest.name
    if !topic.allows(name.value) {
      diagnostics.add(
        error: "not a topic's name", at: name.range,
        detail: "`\(name.value)` is not \(topic.meaning).", hint: "Set `topic`.")
    }
    var wishes = Wishes()
    for field in ["displayName", "kmsKey"] {
      guard let text = fields.string(field) else { continue }
      wishes.set(field, to: .string(text.value), at: text.range, as: .text)
    }
    let address = Address("sns/topic", name.value)
    var resources = [manifest.resource(address, wishes, in: context)]
    func add(_ suffix: String, _ wishes: Wishes, at range: SourceRange) {
      let address = Address("sns/subscription", "\(name.value)/\(suffix)")
      if resources.contains(where: { $0.address == address }) {
        diagnostics.add(error: "named twice", at: range, detail: "It is told once all the same.")
        return
      }
      resources.append(
        manifest.resource(address, wishes, in: context, dependsOn: [resources[0].address]))
    }
    for way in ["email", "https", "sms"] {
      for endpoint in fields.strings(way) {
        var wishes = Wishes()
        wishes.set("endpoint", to: .sensitive(.clear(endpoint.value)), at: endpoint.range)
        let account = context.environment.account
        add(
          "\(way)/" + digest("\(account)/\(name.value)/\(way)/\(endpoint.value)"), wishes,
          at: endpoint.range)
      }
    }
    for way in ["sqs", "lambda"] {
      for object in fields.objects(way) {
        guard let arn = object.string("arn") else { continue }
        if !arn.value.contains(":\(way):") {
          diagnostics.add(
            error: "an ARN of another service", at: arn.range,
            detail: "`\(way)` takes its own ARNs.")
        }
        add("\(way)/\(arn.value)", endpointWishes(object, arn, into: &diagnostics), at: arn.range)
      }
    }
    return resources
  }

  private static func endpointWishes(
    _ object: Fields, _ arn: Located<String>, into diagnostics: inout Diagnostics
  ) -> Wishes {
    var wishes = Wishes()
    wishes.set("endpoint", to: .string(arn.value), at: arn.range)
    if let policy = object.value("filterPolicy") {
      if policy.value.map?.isEmpty ?? true {
        diagnostics.add(
          error: "expected a mapping", at: policy.range,
          detail: "A filter policy maps attributes to lists of values: {severity: [high]}.")
      }
      wishes.set("filterPolicy", to: policy.value, at: policy.range)
    }
    if let raw = object.bool("rawMessageDelivery") {
      wishes.set(
        "rawMessageDelivery", to: .bool(raw.value), at: raw.range)
    }
    return wishes
  }

  /// What stands for an address in names: `sns/subscription` computes the same from what AWS lists.
  private static func digest(_ text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).prefix(8).map { String(format: "%02x", $0) }.joined()
  }
}
