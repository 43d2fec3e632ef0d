public import Model

/// The secrets that must be at hand in clear text to bring an attribute to a value. This one rule
/// says what a plan can give back, what an apply can write, and what has to be sealed.
///
/// - Parameters:
///   - recorded: the context recorded with the value, by which AWS may find it again; nil where
///     the resource is not there, or will not be.
///   - schema: the resource type, where it is known.
func secretsNeeded(
  for value: Value, of attribute: String, recorded: [String: Value]?,
  schema: (any ResourceSchema)?
) -> Set<String> {
  if let recorded, schema?.restores(attribute, from: recorded) == true { return [] }
  return value.digests
}

extension Plan {
  /// The digests whose clear text its apply must know.
  ///
  /// - Parameter types: the resource types by name.
  public func secretsToWrite(types: [String: any ResourceSchema]) -> Set<String> {
    changes.filter(\.action.writes).reduce(into: []) { needed, change in
      let recorded = change.before.map { _ in change.recorded }
      needed.formUnion(
        secrets(in: change.set, recorded: recorded, schema: types[change.address.type]))
    }
  }

  /// The attributes that would be set to values with these digests in them, sorted.
  public func attributes(setTo digests: Set<String>) -> [(address: Address, names: [String])] {
    changes.filter(\.action.writes).compactMap { change in
      let names = change.set.filter { !$0.value.digests.isDisjoint(with: digests) }.keys.sorted()
      return names.isEmpty ? nil : (change.address, names)
    }
  }

  /// The digests whose clear text a later plan may have to know: all that its snapshot and the
  /// records of its apply refer to, and what it writes, so that it can be finished by others.
  ///
  /// - Parameter types: the resource types by name.
  func secretsToKeep(types: [String: any ResourceSchema]) -> Set<String> {
    var kept = secretsToWrite(types: types)
    for change in changes {
      let schema = types[change.address.type]
      if let before = change.before, change.action.writes {
        let touched = Set(change.set.keys).union(change.unset)
        kept.formUnion(
          secrets(
            in: before.attributes.filter { touched.contains($0.key) },
            recorded: change.action == .delete ? nil : before.context, schema: schema))
      }
      if let record = change.outcome { kept.formUnion(secrets(of: record, schema: schema)) }
    }
    for record in refreshed {
      kept.formUnion(secrets(of: record, schema: types[record.address.type]))
    }
    return kept
  }

  private func secrets(of record: AppliedResource, schema: (any ResourceSchema)?) -> Set<String> {
    secrets(in: record.found, recorded: record.foundContext, schema: schema)
      .union(secrets(in: record.attributes, recorded: nil, schema: schema))
  }

  private func secrets(
    in values: [String: Value], recorded: [String: Value]?, schema: (any ResourceSchema)?
  ) -> Set<String> {
    values.reduce(into: []) { needed, entry in
      needed.formUnion(
        secretsNeeded(for: entry.value, of: entry.key, recorded: recorded, schema: schema))
    }
  }
}

extension Value {
  /// The digests of all secrets in it.
  var digests: Set<String> {
    switch self {
    case .sensitive(.digest(let digest)): [digest]
    case .list(let elements): elements.reduce(into: []) { $0.formUnion($1.digests) }
    case .map(let members): members.values.reduce(into: []) { $0.formUnion($1.digests) }
    case .null, .bool, .number, .string, .bytes, .sensitive(.clear): []
    }
  }
}
