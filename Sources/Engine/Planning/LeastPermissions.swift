public import Model

/// The least that IAM has to allow for resources, each action and each resource told once.
///
/// - Parameters:
///   - names: the resources by type; a name may hold `*` for what a selector means.
///   - attributes: those that may be written, by type; all of a type that is not there.
///   - types: the types that they are of.
public func leastPermissions(
  _ access: Access, on names: [String: Set<String>],
  writing attributes: [String: Set<String>] = [:],
  types: [String: any ResourceType]
) -> [IAMPermission] {
  merged(
    names.flatMap { name, names -> [IAMPermission] in
      guard let type = types[name] else { return [] }
      let permissions = type.permissions(access, on: names.sorted())
      guard let attributes = attributes[name] else { return permissions }
      let needless = Set(
        type.attributesByAction.filter { $0.value.isDisjoint(with: attributes) }.keys)
      return permissions.map { permission in
        IAMPermission(
          permission.actions.filter { !needless.contains($0) }, on: permission.resources,
          where: permission.conditions)
      }
    })
}

/// The same permissions in as few entries as there are sets of actions, sorted.
public func merged(_ permissions: [IAMPermission]) -> [IAMPermission] {
  /// Resources or actions that share all else.
  struct Shared: Hashable {
    let texts: Set<String>
    let conditions: [String: String]
  }
  // First all resources of the same action, then all actions of the same resources.
  var resources: [Shared: Set<String>] = [:]
  for permission in permissions {
    for action in permission.actions {
      resources[Shared(texts: [action], conditions: permission.conditions), default: []]
        .formUnion(permission.resources)
    }
  }
  var actions: [Shared: Set<String>] = [:]
  for (shared, resources) in resources {
    let resources = resources.contains("*") ? ["*"] : resources
    actions[Shared(texts: resources, conditions: shared.conditions), default: []]
      .formUnion(shared.texts)
  }
  return actions.map { shared, actions in
    IAMPermission(actions.sorted(), on: shared.texts.sorted(), where: shared.conditions)
  }.sorted { ($0.actions, $0.resources).0.lexicographicallyPrecedes(($1.actions, $1.resources).0) }
}
