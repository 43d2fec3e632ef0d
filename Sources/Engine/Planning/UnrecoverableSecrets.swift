internal import Model

extension Target {
  /// The attributes that cannot be brought about, because they hold a secret of which only the
  /// digest is known. They are left as they are.
  func unrecoverable(
    known: Set<String>, live: LiveResource?, schema: (any ResourceSchema)?
  ) -> [PlanProblem] {
    attributes.sorted { $0.key < $1.key }.compactMap { name, wish in
      guard isLost(name, wish, known: known, schema: schema),
        wish != live?.attributes[name].map({ .exactly($0) })
      else { return nil }
      return PlanProblem(
        .unrecoverableSecret, address,
        """
        \(name) is left as it is: the value to give back is sensitive, and only its digest was \
        recorded. Set it by hand in AWS.
        """)
    }
  }

  /// The target without what cannot be brought about; it is recorded as AWS holds it.
  func leavingUnrecoverable(
    known: Set<String>, live: LiveResource?, schema: (any ResourceSchema)?
  ) -> Target {
    let lost = attributes.filter { isLost($0.key, $0.value, known: known, schema: schema) }.keys
    if lost.isEmpty { return self }
    var target = self
    for name in lost { target.attributes[name] = nil }
    if case .fixed(var record?) = target.record {
      for name in lost where record.attributes[name] != nil {
        record.attributes[name] = live?.attributes[name] ?? .null
      }
      target.record = .fixed(record)
    }
    return target
  }

  private func isLost(
    _ name: String, _ wish: DesiredValue, known: Set<String>, schema: (any ResourceSchema)?
  ) -> Bool {
    wish.isUnrecoverable(known: known) && schema?.restores(name, from: recorded) != true
  }
}

extension ChangeDraft {
  /// The attributes whose sensitive value this replaces although nobody could write it again: its
  /// reader should know before, since no rollback brings it back.
  ///
  /// - Parameter owned: attributes whose value the policy asked for, so that it is in its history.
  func lostSecrets(except owned: Set<String>, schema: (any ResourceSchema)?) -> [PlanProblem] {
    guard case .manifest = target.reason, let before else { return [] }
    return unset.union(set.keys).subtracting(owned).sorted().compactMap { name in
      let kept = Set(set[name]?.digests ?? [])
      guard schema?.restores(name, from: before.context) != true,
        let old = before.attributes[name], old.digests.contains(where: { !kept.contains($0) })
      else { return nil }
      return PlanProblem(
        .remark, address,
        """
        \(name) holds a sensitive value now, of which only the digest is recorded: a rollback \
        cannot bring it back. Note it down, or add it to the policy, before this is applied.
        """, source: target.source(of: name))
    }
  }
}

extension DesiredValue {
  /// Whether the wish holds a secret of which only the digest is known.
  func isUnrecoverable(known: Set<String>) -> Bool {
    guard case .exactly(let value) = self else { return false }
    return value.digests.contains { !known.contains($0) }
  }
}

extension Value {
  /// The digests of all secrets in it.
  var digests: [String] {
    switch self {
    case .sensitive(.digest(let digest)): [digest]
    case .list(let elements): elements.flatMap(\.digests)
    case .map(let members): members.values.flatMap(\.digests)
    case .null, .bool, .number, .string, .bytes, .sensitive(.clear): []
    }
  }
}
