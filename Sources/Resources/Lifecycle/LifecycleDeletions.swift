internal import Foundation
internal import Model

/// What a write of rules begins to delete for good: objects that no rule deleted before at that age,
/// and earlier versions of them. S3 deletes what is older at once, not only what comes to be (Amazon S3
/// User Guide, lifecycle-expire-general-considerations).
///
/// Given up uploads and lone delete markers are no objects, and what moves to another storage class is
/// still there.
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
      return [
        expiration(rule).map { "Rule \(name) deletes \($0), and no rollback brings them back." },
        noncurrent(rule).map { "Rule \(name) deletes \($0), and no rollback brings them back." },
      ].compactMap { $0 }
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
      return isOld ? nil : "\(objects(rule)) older than \(days.plain) days"
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
      : "earlier versions of \(objects(rule)) \(days.plain) days after they were replaced\(spared)"
  }

  /// Which objects a rule is for.
  private func objects(_ rule: Value) -> String {
    let filter = rule["Filter"]?.members ?? [:]
    guard filter.keys.allSatisfy({ $0 == "Prefix" }) else { return "the objects that it chooses" }
    let prefix = filter["Prefix"]?.string ?? ""
    return prefix.isEmpty ? "objects" : "objects under \(prefix)"
  }
}
