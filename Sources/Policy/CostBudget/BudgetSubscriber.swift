internal import Manifests
internal import Model

/// Somebody who is told when a budget passes a threshold.
struct BudgetSubscriber: Hashable {
  /// AWS's word for the way: `EMAIL` or `SNS`.
  let type: String
  /// The address or the topic's ARN.
  let address: String

  static let mail = StringRule(
    "an e-mail address", example: "team@example.com", pattern: #"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+"#)

  static let topic = StringRule(
    "an ARN of an SNS topic", example: "arn:aws:sns:us-east-2:123456789012:cost-alerts",
    pattern: #"arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?"#)

  /// The attribute's value. A topic's ARN may be seen, an e-mail address may not.
  var value: Value {
    type == "EMAIL"
      ? ["type": "EMAIL", "address": .sensitive(.clear(address))]
      : ["type": .string(type), "address": .string(address)]
  }

  /// The subscribers that a `notify` names, sorted by type and address.
  static func all(in notify: Fields, into diagnostics: inout Diagnostics) -> [BudgetSubscriber] {
    let mails = notify.strings("email")
    let topics = notify.strings("sns")
    check(mails, "email", "e-mail addresses", atMost: 10, notify, into: &diagnostics)
    check(topics, "sns", "SNS topic", atMost: 1, notify, into: &diagnostics)
    if !notify.has("email"), !notify.has("sns") {
      diagnostics.add(
        error: "nobody to tell", at: notify.range,
        detail: "A notification of AWS Budgets has at least one subscriber.",
        hint: "Name one under `email` or `sns`.")
    }
    return Set(
      mails.map { BudgetSubscriber(type: "EMAIL", address: $0.value) }
        + topics.map { BudgetSubscriber(type: "SNS", address: $0.value) }
    ).sorted { ($0.type, $0.address) < ($1.type, $1.address) }
  }

  /// API description of budgets, CreateNotification: one SNS topic and ten e-mail addresses.
  private static func check(
    _ addresses: [Located<String>], _ field: String, _ noun: String, atMost most: Int,
    _ notify: Fields, into diagnostics: inout Diagnostics
  ) {
    if addresses.count > most {
      diagnostics.add(
        error: "too many subscribers", at: notify.range(of: field),
        detail: "A notification of AWS Budgets tells at most \(most) \(noun); these are"
          + " \(addresses.count).")
    }
    var seen = Set<String>()
    for address in addresses where !seen.insert(address.value).inserted {
      diagnostics.add(
        warning: "named twice", at: address.range, detail: "It is told once all the same.")
    }
  }
}
