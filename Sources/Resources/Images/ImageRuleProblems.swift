internal import Foundation
internal import Model

/// What ECR would refuse about a write of a policy, or what its reader should know (ECR user guide,
/// lifecycle policy parameters and evaluation rules; quotas).
struct ImageRuleProblems {
  private let write: ResourceWrite

  /// The problems of a write.
  init(_ write: ResourceWrite) { self.write = write }

  /// The problems.
  var all: [ResourceProblem] {
    let rules = write.result.filter { $0.key.hasPrefix(ImageRetentionType.prefix) }
    var problems: [ResourceProblem] = []
    if rules.count > 50 {
      problems.append(
        ResourceProblem(
          nil, "A policy has at most 50 rules; this one would have \(rules.count)."))
    }
    let catchAll = rules.filter { $0.value["selection"]?["tagStatus"] == "any" }
    if catchAll.count > 1 {
      problems.append(
        ResourceProblem(
          touched(catchAll.keys),
          "Only one rule of a policy is for any image; these are:"
            + " \(names(catchAll.keys))."))
    } else if let any = catchAll.first, let last = rules.keys.map(priority).max(),
      priority(any.key) < last
    {
      problems.append(
        ResourceProblem(
          write.touched.contains(any.key) ? any.key : touched(rules.keys),
          "The rule for any image has to be the last one, and \(last) comes after"
            + " \(priority(any.key)): give it a higher priority."))
    }
    return problems + replaced
  }

  /// A remark where a rule of somebody else's has the priority.
  private var replaced: [ResourceProblem] {
    guard let live = write.live, write.recorded.isEmpty else { return [] }
    return write.set.keys.sorted().compactMap { key in
      guard let rule = live.attributes[key], let wished = write.set[key],
        rule["selection"]?["tagStatus"] != wished["selection"]?["tagStatus"]
      else { return nil }
      return ResourceProblem(
        key, "The rule of priority \(priority(key)) is for other images now, and is replaced.",
        severity: .warning)
    }
  }

  private func priority(_ key: String) -> Int {
    Int(key.dropFirst(ImageRetentionType.prefix.count)) ?? 0
  }

  private func names(_ keys: some Sequence<String>) -> String {
    keys.map(priority).sorted().map(String.init).joined(separator: ", ")
  }

  private func touched(_ keys: some Sequence<String>) -> String? {
    keys.filter { write.set[$0] != nil }.min()
  }
}

/// Why a write lets images expire that no rollback brings back; nil where it lets none.
///
/// ECR expires images within 24 hours of their meeting a rule. A rule also keeps those after it from
/// its own images, so that without it they may expire more (ECR user guide, evaluation rules).
func imageExpiry(by write: ResourceWrite) -> String? {
  let before = write.live?.attributes ?? [:]
  let expires = write.set.contains { key, rule in
    guard let old = before[key] else { return true }
    let (was, will) = (old["selection"]?.members ?? [:], rule["selection"]?.members ?? [:])
    let isSameButForCount = was.without(["countNumber"]) == will.without(["countNumber"])
    guard isSameButForCount, old["action"] == rule["action"],
      let fewer = was["countNumber"]?.numeral, let more = will["countNumber"]?.numeral
    else { return true }
    return more < fewer
  }
  let rest = write.result.keys.contains { $0.hasPrefix(ImageRetentionType.prefix) }
  guard expires || (!write.unset.isEmpty && rest) else { return nil }
  return "Images that the rules let go expire within 24 hours, and no rollback brings them back."
}
