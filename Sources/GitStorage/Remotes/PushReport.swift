/// What `git push --porcelain` says about one reference: a line `FLAG<TAB>FROM:TO<TAB>SUMMARY (REASON)`.
struct PushReport: Sendable, Hashable {
  /// What became of the reference at the remote.
  enum Outcome: Sendable, Hashable {
    case moved
    case unchanged
    case refused
  }

  let outcome: Outcome
  /// What stands in the last field, such as `[remote rejected] (pre-receive hook declined)`.
  let summary: String

  /// The last report about a reference; nil where `git` did not get so far. A local hook may print
  /// other lines before it.
  init?(_ output: String, on reference: String) {
    let fields = output.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    guard
      let line = fields.last(where: { $0.count >= 3 && $0[1].hasSuffix(":" + reference) }),
      let outcome = Self.outcomes[String(line[0])]
    else { return nil }
    self.outcome = outcome
    summary = line[2...].joined(separator: " ")
  }

  private static let outcomes: [String: Outcome] = [
    " ": .moved, "*": .moved, "+": .moved, "=": .unchanged, "!": .refused,
  ]

  /// The words in the last parentheses, or the whole summary.
  var reason: String {
    guard summary.hasSuffix(")"), let start = summary.lastIndex(of: "(") else { return summary }
    return String(summary[summary.index(after: start)...].dropLast())
  }

  /// Whether the branch stood elsewhere than expected, as Git itself saw it before or while it sent.
  var isLostRace: Bool {
    ["stale info", "fetch first", "non-fast-forward", "needs force", "reference already exists"]
      .contains(reason) || reason.contains("but expected")
  }
}
