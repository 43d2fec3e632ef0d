internal import Model

extension Target {
  /// The attributes that cannot be brought about, because they hold a secret of which only the
  /// digest is known. They are left as they are.
  ///
  /// - Parameter locked: secrets that are sealed with keys that are not at hand.
  func unrecoverable(
    known: Set<String>, locked: [String: MissingKey], live: LiveResource?,
    schema: (any ResourceSchema)?
  ) -> [PlanProblem] {
    attributes.sorted { $0.key < $1.key }.compactMap { name, wish in
      let lost = lostSecrets(name, wish, known: known, live: live, schema: schema)
      guard !lost.isEmpty, wish != live?.attributes[name].map({ .exactly($0) }) else { return nil }
      let keys = Set(lost.compactMap { locked[$0] }).sorted()
      let names = keys.map(\.id).joined(separator: ", ")
      let services = Set(keys.compactMap(\.service)).sorted().joined(separator: ", ")
      let why =
        if keys.isEmpty {
          "only its digest was recorded. Set it by hand in AWS."
        } else if services.isEmpty {
          "it is sealed with the state key \(names). Set WEIR_STATE_KEY to that key, or the value "
            + "by hand in AWS."
        } else {
          "it is sealed with the state key \(names), which \(services) of KMS opens and which is not "
            + "used here. Set it by hand in AWS."
        }
      return PlanProblem(
        .unrecoverableSecret, address,
        "\(name) is left as it is: the value to give back is sensitive, and \(why)")
    }
  }

  /// The target without what cannot be brought about; it is recorded as AWS holds it.
  func leavingUnrecoverable(
    known: Set<String>, live: LiveResource?, schema: (any ResourceSchema)?
  ) -> Target {
    let lost = attributes.filter {
      !lostSecrets($0.key, $0.value, known: known, live: live, schema: schema).isEmpty
    }.keys
    if lost.isEmpty { return self }
    var target = self
    for name in lost { target.attributes[name] = nil }
    target.notes += lost.filter { attributes[$0]?.holds(live?.attributes[$0]) != true }.sorted()
      .map { "\($0) is left as it is: its value is sensitive and not at hand" }
    if case .fixed(var record?) = target.record {
      for name in lost where record.attributes[name] != nil {
        record.attributes[name] = live?.attributes[name] ?? .null
      }
      target.record = .fixed(record)
    }
    return target
  }

  /// The secrets that the wish needs and nobody has.
  private func lostSecrets(
    _ name: String, _ wish: DesiredValue, known: Set<String>, live: LiveResource?,
    schema: (any ResourceSchema)?
  ) -> Set<String> {
    guard case .exactly(let value) = wish else { return [] }
    return secretsNeeded(
      for: value, of: name, recorded: live.map { _ in recorded }, schema: schema
    ).subtracting(known)
  }
}

extension ChangeDraft {
  /// The attributes whose sensitive value this replaces although nobody could write it again: its
  /// reader should know before, since no rollback brings it back.
  ///
  /// - Parameter prior: the record in the state: what it holds as applied the policy asked for, so
  ///   that it is in its history.
  func lostSecrets(prior: AppliedResource?, schema: (any ResourceSchema)?) -> [PlanProblem] {
    guard case .manifest = target.reason, let before else { return [] }
    return unset.union(set.keys).sorted().compactMap { name in
      guard let old = before.attributes[name] else { return nil }
      let kept = (set[name]?.digests ?? []).union(prior?.attributes[name]?.digests ?? [])
      let needed = secretsNeeded(
        for: old, of: name, recorded: action == .delete ? nil : before.context, schema: schema)
      guard !needed.isSubset(of: kept) else { return nil }
      return PlanProblem(
        .unsealedSecret, address,
        """
        \(name) holds a sensitive value now, of which only the digest is recorded: a rollback \
        cannot bring it back. Have it sealed with a state key (WEIR_STATE_KEY, or state.kmsKey in \
        weir.yaml), note it down, or add it to the policy, before this is applied.
        """, source: target.source(of: name))
    }
  }
}
