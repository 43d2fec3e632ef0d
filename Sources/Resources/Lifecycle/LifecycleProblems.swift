internal import Foundation
internal import Model

/// What S3 would refuse about a write, and where a rule meets another one (Amazon S3 User Guide,
/// lifecycle-transition-general-considerations and lifecycle-conflicts; API description of s3).
struct LifecycleProblems {
  private let write: ResourceWrite

  /// The problems of a write whose rules are in their normal form.
  init(_ write: ResourceWrite) { self.write = write }

  /// The problems.
  var all: [ResourceProblem] {
    let rules = write.result.filter { $0.key.hasPrefix(LifecycleRule.prefix) }
    var problems: [ResourceProblem] = []
    if rules.count > 1000 {
      problems.append(
        ResourceProblem(nil, "A bucket has at most 1000 rules; this one would have \(rules.count).")
      )
    }
    let set = write.set.filter { $0.key.hasPrefix(LifecycleRule.prefix) }
    for (key, rule) in set.sorted(by: { $0.key < $1.key }) {
      problems += id(key) + LifecycleRuleProblems(key: key, rule: rule.members).all
      problems += archiving(key, rule)
      for (other, foreign) in rules.sorted(by: { $0.key < $1.key }) where set[other] == nil {
        problems += overlap(key, rule, other, foreign)
      }
    }
    let size = "transitionDefaultMinimumObjectSize"
    let sizes = ["all_storage_classes_128K", "varies_by_storage_class"]
    if let value = write.set[size], !sizes.contains(value.string ?? "") {
      problems.append(
        ResourceProblem(size, "The minimum size is \(sizes.joined(separator: " or "))."))
    }
    if write.set[size] != nil, rules.isEmpty {
      problems.append(
        ResourceProblem(size, "A bucket without rules cannot keep a minimum size for transitions."))
    }
    return problems + rewritten
  }

  /// A remark where rules in the older form must be written in the newer one, because S3 refuses a
  /// document with both.
  private var rewritten: [ResourceProblem] {
    guard write.set.contains(where: { $0.key.hasPrefix(LifecycleRule.prefix) }) else { return [] }
    let kept = (write.live?.context["prefixRules"]?.elements ?? []).compactMap(\.string)
      .filter { !write.touched.contains($0) }
    guard !kept.isEmpty else { return [] }
    let names = kept.map { "\"\($0.dropFirst(LifecycleRule.prefix.count))\"" }
    return [
      ResourceProblem(
        nil,
        "S3 refuses rules with a Filter beside rules with a lone Prefix, so that these get a Filter"
          + " with the same prefix in its place: \(names.joined(separator: ", ")). That means the"
          + " same, and stays so on the way back.",
        severity: .warning)
    ]
  }

  /// A remark where a rule begins to move objects to where no rollback takes them back from (Amazon S3 User
  /// Guide, lifecycle-transition-general-considerations: objects only go down; the least time billed).
  private func archiving(_ key: String, _ rule: Value) -> [ResourceProblem] {
    guard rule["Status"] == "Enabled" else { return [] }
    let inForce = (write.live?.attributes ?? [:]).filter {
      $0.key.hasPrefix(LifecycleRule.prefix) && $0.value["Status"] == "Enabled"
        && $0.value["Filter"] == rule["Filter"]
    }.map(\.value)
    let leastDays: KeyValuePairs = ["GLACIER": 90, "DEEP_ARCHIVE": 180]
    return leastDays.compactMap { storage, least in
      let isNew = LifecycleRule.transitions.contains { list, time in
        func steps(_ rule: Value) -> [Value] {
          (rule[list]?.elements ?? []).filter { $0["StorageClass"]?.string == storage }
        }
        return steps(rule).contains { step in
          !inForce.flatMap(steps).contains { other in
            other == step
              || (other[time]?.numeral).flatMap { days in step[time]?.numeral.map { days <= $0 } }
                ?? false
          }
        }
      }
      guard isNew else { return nil }
      return ResourceProblem(
        key,
        "What moves to \(storage) stays there when the rule goes: no rollback moves it back, each object"
          + " has to be restored and copied, and is billed for \(least) days at least.",
        severity: .warning)
    }
  }

  private func id(_ key: String) -> [ResourceProblem] {
    let id = key.dropFirst(LifecycleRule.prefix.count)
    guard id.isEmpty || id.count > 255 else { return [] }
    return [ResourceProblem(key, "The ID of a rule has 1 to 255 characters.")]
  }

  /// A remark where another rule for the same objects does the same at another time: S3 takes the
  /// cheaper or the earlier one, whatever this rule says.
  private func overlap(
    _ key: String, _ rule: Value, _ other: String, _ foreign: Value
  ) -> [ResourceProblem] {
    guard rule["Status"] == "Enabled", foreign["Status"] == "Enabled",
      rule["Filter"] == foreign["Filter"]
    else { return [] }
    let conflicts = LifecycleRule.actions.filter { action in
      rule[action] != nil && foreign[action] != nil && rule[action] != foreign[action]
    }
    guard !conflicts.isEmpty else { return [] }
    let name = other.dropFirst(LifecycleRule.prefix.count)
    return [
      ResourceProblem(
        key,
        "The rule \"\(name)\", which is not managed here, is for the same objects and says"
          + " otherwise about \(conflicts.joined(separator: ", ")): S3 takes what is cheaper, and"
          + " expiration before transition.",
        severity: .warning)
    ]
  }
}
