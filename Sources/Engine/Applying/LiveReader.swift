public import Model

/// Reads what AWS holds, all types at once, each in bulk.
///
/// - Parameter addresses: what to read; addresses of types that are not known are left out.
/// - Throws: the first failure of a type; the reads of the others are cancelled.
/// - Returns: the resources that are there.
public func readLive(_ addresses: Set<Address>, types: [String: any ResourceType]) async throws
  -> [Address: LiveResource]
{
  let names = Dictionary(grouping: addresses, by: \.type)
    .flatMap { type, addresses in sets(of: addresses.map(\.name)).map { (type, $0) } }
  return try await withThrowingTaskGroup(of: [Address: LiveResource].self) { group in
    for (type, names) in names {
      guard let resourceType = types[type] else { continue }
      group.addTask {
        let found = try await resourceType.read(names)
        let asked = found.filter { names.holds($0.key) }
        return Dictionary(uniqueKeysWithValues: asked.map { (Address(type, $0.key), $0.value) })
      }
    }
    var live: [Address: LiveResource] = [:]
    for try await found in group { live.merge(found) { $1 } }
    return live
  }
}

/// Names in sets, one for nearly all: of those that differ in their bytes alone a set takes only one.
private func sets(of names: [String]) -> [Set<String>] {
  names.reduce(into: []) { sets, name in
    if let free = sets.firstIndex(where: { !$0.contains(name) }) {
      sets[free].insert(name)
    } else {
      sets.append([name])
    }
  }
}

/// Finds what each selector means in AWS, all selectors at once.
///
/// - Throws: the first failure of a type; the others are cancelled.
/// - Returns: the resources of each selector, by name.
public func findLive(_ selectors: Set<ResourceSelector>, types: [String: any ResourceType])
  async throws -> [ResourceSelector: [String: LiveResource]]
{
  try await withThrowingTaskGroup(of: (ResourceSelector, [String: LiveResource]).self) { group in
    for selector in selectors {
      guard let type = types[selector.type] else { continue }
      group.addTask { (selector, try await type.find(selector)) }
    }
    var found: [ResourceSelector: [String: LiveResource]] = [:]
    for try await (selector, resources) in group { found[selector] = resources }
    return found
  }
}
