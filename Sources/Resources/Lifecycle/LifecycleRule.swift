internal import Foundation
internal import Model

/// A lifecycle rule in AWS's shape, and its normal form.
enum LifecycleRule {
  /// What the keys of all rules begin with.
  static let prefix = "rules."

  /// The lists of transitions, with the member that they are sorted by.
  static let transitions = [
    "Transitions": "Days", "NoncurrentVersionTransitions": "NoncurrentDays",
  ]

  /// The members that do something.
  static let actions = [
    "Expiration", "Transitions", "NoncurrentVersionExpiration", "NoncurrentVersionTransitions",
    "AbortIncompleteMultipartUpload",
  ]

  /// The attribute for a rule: without its ID, its transitions in order of time, its tags in order
  /// of keys, its dates as texts, and its objects chosen by a `Filter` alone: `{}` and a lone
  /// `Prefix` say the same as a filter by prefix (API description of s3, LifecycleRule).
  static func normalized(_ rule: Value) -> Value {
    guard var members = rule.map?.without(["ID"]) else { return rule }
    for (list, time) in transitions {
      members = members.changing(list) { value in
        guard let elements = value.list, !elements.isEmpty else { return nil }
        return .list(
          elements.map { dated($0) }.sorted { order($0, by: time) < order($1, by: time) })
      }
    }
    members = members.changing("Expiration") { value in
      var expiration = dated(value).members
      if expiration["ExpiredObjectDeleteMarker"] == false {
        expiration["ExpiredObjectDeleteMarker"] = nil
      }
      return expiration.isEmpty ? nil : .map(expiration)
    }
    members["Filter"] = filter(members)
    members["Prefix"] = nil
    return .map(members)
  }

  /// The rule for AWS: with its ID, its dates as numbers.
  static func request(_ rule: Value, id: String?) -> Value {
    var members = rule.members.without()
    if let id { members["ID"] = .string(id) }
    for list in transitions.keys {
      members = members.changing(list) { .list($0.elements.map(timed)) }
    }
    return .map(members.changing("Expiration", timed))
  }

  private static func filter(_ members: [String: Value]) -> Value {
    guard let filter = members["Filter"]?.map?.without(), !filter.isEmpty else {
      return ["Prefix": members["Prefix"] ?? ""]
    }
    return .map(
      filter.changing("And") { and in
        .map(
          and.members.without().changing("Tags") { tags in
            .list(tags.elements.sorted { ($0["Key"]?.string ?? "") < ($1["Key"]?.string ?? "") })
          })
      })
  }

  private static func dated(_ action: Value) -> Value {
    .map(action.members.without().changing("Date", Timestamps.attribute))
  }

  private static func timed(_ action: Value) -> Value {
    .map(action.members.without().changing("Date", Timestamps.seconds))
  }

  private static func order(_ transition: Value, by time: String) -> (Decimal, String, String) {
    (
      transition[time]?.numeral ?? 0, transition["Date"]?.string ?? "",
      transition["StorageClass"]?.string ?? ""
    )
  }
}
