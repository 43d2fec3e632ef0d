internal import Model

/// Whom a notification tells: in attributes `{"type", "address"}` with e-mail addresses marked as
/// sensitive, for AWS `{"SubscriptionType", "Address"}`.
enum BudgetSubscribers {
  /// The attribute for what AWS describes.
  static func attribute(_ descriptions: [Value]) -> Value {
    normalized(
      .list(
        descriptions.map {
          ["type": $0["SubscriptionType"] ?? .null, "address": $0["Address"] ?? .null]
        }))
  }

  /// The subscribers once each, sorted, with e-mail addresses sensitive.
  ///
  /// Where only the digest of an address is known the order stays as it is: it was settled when the
  /// addresses were clear.
  static func normalized(_ attribute: Value) -> Value {
    guard let elements = attribute.list else { return attribute }
    var seen: Set<Value> = []
    let subscribers = elements.map(marked).filter { seen.insert($0).inserted }
    let addresses = subscribers.map { text(of: $0["address"]) }
    guard !addresses.contains(nil) else { return .list(subscribers) }
    return .list(
      zip(subscribers, addresses)
        .sorted {
          ($0.0["type"]?.string ?? "", $0.1 ?? "") < ($1.0["type"]?.string ?? "", $1.1 ?? "")
        }
        .map(\.0))
  }

  /// The subscribers for AWS; nil where only the digest of an address is known.
  static func descriptions(_ attribute: Value) -> [Value]? {
    var descriptions: [Value] = []
    for subscriber in normalized(attribute).elements {
      guard let address = text(of: subscriber["address"]) else { return nil }
      descriptions.append([
        "SubscriptionType": subscriber["type"] ?? .null, "Address": .string(address),
      ])
    }
    return descriptions
  }

  private static func marked(_ subscriber: Value) -> Value {
    guard subscriber["type"] == "EMAIL", case .string(let address)? = subscriber["address"] else {
      return subscriber
    }
    return .map(subscriber.members.merging(["address": .sensitive(.clear(address))]) { $1 })
  }

  private static func text(of address: Value?) -> String? {
    switch address {
    case .string(let text), .sensitive(.clear(let text)): text
    default: nil
    }
  }
}
