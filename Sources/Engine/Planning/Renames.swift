internal import Model

/// Tells where a manifest was given another name and what it named in AWS by that is deleted and
/// made anew: a manifest that has gone and one that is new, of the same kind, whose resources differ
/// in just that name.
func renameRemarks(
  _ drafts: [ChangeDraft], wanted: [DesiredResource], state: State?
) -> [PlanProblem] {
  let present = Set(wanted.map(\.manifest))
  let earlier = Set(state?.resources.values.map(\.manifest) ?? [])
  let creations = drafts.filter { $0.action == .create }
  return drafts.filter { $0.action == .delete }.compactMap { deletion in
    guard case .removed(let old, _) = deletion.target.reason, !present.contains(old),
      let record = state?.resources[deletion.address]
    else { return nil }
    let heirs = creations.filter { creation in
      guard creation.address.type == deletion.address.type,
        case .manifest(let new) = creation.target.reason, new.kind == old.kind,
        !earlier.contains(new)
      else { return false }
      return deletion.address.name.becomes(creation.address.name, by: old.name, new.name)
    }
    let heir = heirs.count == 1 ? heirs.first : heirs.first { $0.set == record.attributes }
    guard let heir, case .manifest(let new) = heir.target.reason else { return nil }
    return PlanProblem(
      .remark, deletion.address,
      """
      \(old) seems to be \(new) now. The name in AWS comes from the manifest's, so that this is \
      deleted, with its history, and \(heir.address.name) is made anew. To keep it, leave \
      `metadata.name` as it was or, where the kind has it, set `spec.name` to the name in AWS.
      """, source: heir.target.range)
  }
}

extension String {
  /// Whether this is `other` once a word in it, at one place, is replaced by another.
  fileprivate func becomes(_ other: String, by word: String, _ replacement: String) -> Bool {
    guard count + replacement.count == other.count + word.count else { return false }
    return indices.contains { place in
      self[place...].hasPrefix(word)
        && self[..<place] + replacement + self[place...].dropFirst(word.count) == other
    }
  }
}
