internal import Model

/// The most leaves that are told one by one where a whole map comes or goes.
private let mostLeaves = 40

/// The leaves in which two values differ, with the path to each; maps are entered, lists are not.
/// A null within a map counts as not set, and so does every leaf of a map that is not there.
func leafChanges(
  from before: Value?, to after: Value?, at path: String,
  source: (String) -> SourceRange?
) -> [FieldChange] {
  let before = before == .null ? nil : before
  let after = after == .null ? nil : after
  if before == after { return [] }
  let isWhole = before == nil || after == nil
  guard let old = before.members, let new = after.members,
    !isWhole || max(before.leafCount, after.leafCount) <= mostLeaves
  else {
    return [FieldChange(path: path, before: before, after: after, source: source(path))]
  }
  return Set(old.keys).union(new.keys).sorted().flatMap { key in
    leafChanges(from: old[key], to: new[key], at: "\(path).\(key)", source: source)
  }
}

extension Value? {
  /// The members of a map; none where there is no value; nil of anything that cannot be entered.
  fileprivate var members: [String: Value]? {
    switch self {
    case nil: [:]
    case .map(let members)? where !members.isEmpty: members
    default: nil
    }
  }

  fileprivate var leafCount: Int {
    switch self {
    case nil: 0
    case .map(let members)?: members.values.reduce(0) { $0 + Optional($1).leafCount }
    default: 1
    }
  }
}
