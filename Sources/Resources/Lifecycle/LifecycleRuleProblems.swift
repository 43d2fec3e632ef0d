internal import Foundation
internal import Model

/// What S3 would refuse about one rule in its normal form (Amazon S3 User Guide,
/// lifecycle-transition-general-considerations; API description of s3, LifecycleRule).
struct LifecycleRuleProblems {
  /// The attribute.
  let key: String
  /// The rule.
  let rule: [String: Value]

  private static let leastDays = Decimal(StorageClass.leastDays)

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
      let name = step["StorageClass"]?.string ?? ""
      guard let storage = StorageClass(rawValue: name) else {
        let all = StorageClass.allCases.map(\.rawValue).joined(separator: ", ")
        problems.append(problem("S3 has no transition to \"\(name)\"; it has \(all)."))
        continue
      }
      if storage.isInfrequentAccess, let days = step[time]?.numeral, days < Self.leastDays {
        problems.append(
          problem(
            "A transition to \(name) comes after \(StorageClass.leastDays) days at the earliest, here after"
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
    guard let above = first["StorageClass"]?.string.flatMap(StorageClass.init(rawValue:)),
      let below = second["StorageClass"]?.string.flatMap(StorageClass.init(rawValue:))
    else { return [] }
    let (from, to) = (above.rawValue, below.rawValue)
    guard above.leads(to: below) else {
      return [problem("S3 does not move objects from \(from) to \(to).")]
    }
    guard let earlier = first[time]?.numeral, let later = second[time]?.numeral else { return [] }
    if later == earlier {
      return [problem("The transitions to \(from) and \(to) come after the same number of days.")]
    }
    if above.isInfrequentAccess, later - earlier < Self.leastDays {
      return [
        problem(
          "Objects stay in \(from) for \(StorageClass.leastDays) days at least: the transition to \(to)"
            + " comes after \((earlier + Self.leastDays).plain) days at the earliest, here after \(later.plain)."
        )
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
