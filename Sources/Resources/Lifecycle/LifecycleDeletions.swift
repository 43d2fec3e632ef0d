internal import Foundation
internal import Model

/// What a write of rules begins to delete for good: objects that no rule deleted before at that age,
/// earlier versions of them, and the parts of unfinished uploads. S3 deletes what is older at once, not only
/// what comes to be (Amazon S3 User Guide, lifecycle-expire-general-considerations and
/// mpu-abort-incomplete-mpu-lifecycle-config).
///
/// Lone delete markers are no objects, and what moves to another storage class is still there.
struct LifecycleDeletions {
  /// The rules that the write sets, and those in force, by their keys.
  private let set: [String: Value]
  private let live: [Value]

  /// The deletions of a write whose rules are in their normal form.
  init(_ write: ResourceWrite) {
    set = write.set.filter { $0.key.hasPrefix(LifecycleRule.prefix) }
    live = (write.live?.attributes ?? [:])
      .filter { $0.key.hasPrefix(LifecycleRule.prefix) && $0.value["Status"] == "Enabled" }
      .map(\.value)
  }

  /// In full sentences what is lost; nil where nothing is.
  var reason: String? {
    let reasons = set.sorted { $0.key < $1.key }.flatMap { key, rule -> [String] in
      guard rule["Status"] == "Enabled" else { return [] }
      let name = "\"\(key.dropFirst(LifecycleRule.prefix.count))\""
      return [expiration(rule), noncurrent(rule), uploads(rule)].compactMap {
        $0.map { "Rule \(name) deletes \($0), and no rollback brings them back." }
      }
    }
    return reasons.isEmpty ? nil : reasons.joined(separator: " ")
  }

  /// The rules in force for the same objects.
  private func rivals(of rule: Value) -> [Value] { live.filter { $0["Filter"] == rule["Filter"] } }

  private func expiration(_ rule: Value) -> String? {
    let expiration = rule["Expiration"]
    if let days = expiration?["Days"]?.numeral {
      let isOld = rivals(of: rule).contains {
        $0["Expiration"]?["Days"]?.numeral.map { $0 <= days } ?? false
      }
      return isOld ? nil : "\(objects(rule)) older than \(Self.text(days))"
    }
    if let date = expiration?["Date"]?.string {
      let isOld = rivals(of: rule).contains {
        $0["Expiration"]?["Date"]?.string.map { $0 <= date } ?? false
      }
      return isOld ? nil : "all \(objects(rule)) from \(date.prefix(10)) on"
    }
    return nil
  }

  private func noncurrent(_ rule: Value) -> String? {
    guard let versions = rule["NoncurrentVersionExpiration"],
      let days = versions["NoncurrentDays"]?.numeral
    else { return nil }
    let kept = versions["NewerNoncurrentVersions"]?.numeral ?? 0
    let isOld = rivals(of: rule).contains { rival in
      guard let other = rival["NoncurrentVersionExpiration"],
        let otherDays = other["NoncurrentDays"]?.numeral
      else { return false }
      return otherDays <= days && other["NewerNoncurrentVersions"]?.numeral ?? 0 <= kept
    }
    let spared = kept == 0 ? "" : ", but for the newest \(kept.plain)"
    return isOld
      ? nil
      : "earlier versions of \(objects(rule)) \(Self.text(days)) after they were replaced\(spared)"
  }

  private func uploads(_ rule: Value) -> String? {
    let (action, time) = ("AbortIncompleteMultipartUpload", "DaysAfterInitiation")
    guard let days = rule[action]?[time]?.numeral else { return nil }
    let isOld = rivals(of: rule).contains { $0[action]?[time]?.numeral.map { $0 <= days } ?? false }
    return isOld
      ? nil : "unfinished uploads of \(objects(rule)) \(Self.text(days)) after they began"
  }

  private static func text(_ days: Decimal) -> String { "\(days.plain) day\(days == 1 ? "" : "s")" }

  /// Which objects a rule is for.
  private func objects(_ rule: Value) -> String {
    let filter = rule["Filter"]?.members ?? [:]
    guard filter.keys.allSatisfy({ $0 == "Prefix" }) else { return "the objects that it chooses" }
    let prefix = filter["Prefix"]?.string ?? ""
    return prefix.isEmpty ? "objects" : "objects under \(prefix)"
  }
}
