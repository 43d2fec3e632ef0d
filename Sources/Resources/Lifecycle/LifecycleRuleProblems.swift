internal import Foundation
internal import Model

/// What S3 would refuse about one rule in its normal form (Amazon S3 User Guide,
/// lifecycle-transition-general-considerations; API description of s3, LifecycleRule).
struct LifecycleRuleProblems {
  /// The attribute.
  let key: String
  /// The rule.
  let rule: [String: Value]

  /// The storage classes in the order of the waterfall: a transition only goes down.
  private static let waterfall = [
    "STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE",
  ]
  private static let infrequent: Set = ["STANDARD_IA", "ONEZONE_IA"]

  /// The problems.
  var all: [ResourceProblem] {
    var problems: [ResourceProblem] = []
    if rule["Status"] != "Enabled", rule["Status"] != "Disabled" {
      problems.append(problem("The status of a rule is Enabled or Disabled."))
    }
    if !LifecycleRule.actions.contains(where: { rule[$0] != nil }) {
      problems.append(problem("A rule does something: it moves or expires objects or uploads."))
    }
    if (rule["Filter"]?.members.count ?? 0) > 1 {
      problems.append(
        problem("A filter has one of Prefix, Tag, a size or And; And takes several together."))
    }
    return problems + transitions("Transitions", "Days", "Expiration")
      + transitions(
        "NoncurrentVersionTransitions", "NoncurrentDays", "NoncurrentVersionExpiration")
      + counts + dates
  }

  private func transitions(
    _ list: String, _ time: String, _ expiration: String
  ) -> [ResourceProblem] {
    let steps = rule[list]?.elements ?? []
    var problems: [ResourceProblem] = []
    for step in steps {
      let storage = step["StorageClass"]?.string ?? ""
      guard Self.waterfall.contains(storage) else {
        problems.append(
          problem(
            "S3 has no transition to \"\(storage)\"; it has \(Self.waterfall.joined(separator: ", "))."
          ))
        continue
      }
      if Self.infrequent.contains(storage), let days = step[time]?.numeral, days < 30 {
        problems.append(
          problem(
            "A transition to \(storage) comes after 30 days at the earliest, here after"
              + " \(days.plain): S3 refuses an earlier one."))
      }
    }
    for (first, second) in zip(steps, steps.dropFirst()) {
      problems += pair(first, second, time)
    }
    if let last = steps.compactMap({ $0[time]?.numeral }).max(),
      let end = rule[expiration]?[time]?.numeral, end <= last
    {
      problems.append(
        problem(
          "Objects expire after \(end.plain) days, no later than their last transition after"
            + " \(last.plain)."))
    }
    return problems
  }

  private func pair(_ first: Value, _ second: Value, _ time: String) -> [ResourceProblem] {
    guard let from = first["StorageClass"]?.string, let to = second["StorageClass"]?.string,
      let above = Self.waterfall.firstIndex(of: from), let below = Self.waterfall.firstIndex(of: to)
    else { return [] }
    if below <= above || (from == "ONEZONE_IA" && to == "GLACIER_IR") {
      return [problem("S3 does not move objects from \(from) to \(to).")]
    }
    guard let earlier = first[time]?.numeral, let later = second[time]?.numeral else { return [] }
    if later == earlier {
      return [problem("The transitions to \(from) and \(to) come after the same number of days.")]
    }
    if Self.infrequent.contains(from), later - earlier < 30 {
      return [
        problem(
          "Objects stay in \(from) for 30 days at least: the transition to \(to) comes after"
            + " \((earlier + 30).plain) days at the earliest, here after \(later.plain).")
      ]
    }
    return []
  }

  private var counts: [ResourceProblem] {
    let actions = LifecycleRule.actions.flatMap { action in
      rule[action]?.list ?? rule[action].map { [$0] } ?? []
    }
    var problems: [ResourceProblem] = []
    for action in actions {
      for (member, value) in action.members.sorted(by: { $0.key < $1.key }) {
        switch member {
        case "Days", "NoncurrentDays", "DaysAfterInitiation":
          let least: Decimal = action["StorageClass"] == nil || member == "NoncurrentDays" ? 1 : 0
          if !(value.numeral.map { $0 >= least && $0.isWhole } ?? false) {
            problems.append(problem("\(member) is a whole number of at least \(least.plain)."))
          }
        case "NewerNoncurrentVersions":
          if !(value.numeral.map { (1...100).contains($0) && $0.isWhole } ?? false) {
            problems.append(problem("NewerNoncurrentVersions is a whole number from 1 to 100."))
          }
        default: continue
        }
      }
    }
    return problems
  }

  private var dates: [ResourceProblem] {
    let actions = (rule["Transitions"]?.elements ?? []) + [rule["Expiration"]].compactMap { $0 }
    guard actions.contains(where: { $0["Date"] != nil }),
      actions.contains(where: { $0["Days"] != nil })
    else { return [] }
    return [problem("A rule counts days or names dates, but not both.")]
  }

  private func problem(_ message: String) -> ResourceProblem { ResourceProblem(key, message) }
}
