internal import Engine
internal import Model

/// What selectors mean in AWS, by the names of the resources.
typealias FoundResources = [ResourceSelector: [String: LiveResource]]

extension FoundResources {
  /// The resources by their addresses.
  var live: [Address: LiveResource] {
    reduce(into: [:]) { live, found in
      for (name, resource) in found.value { live[Address(found.key.type, name)] = resource }
    }
  }
}

extension EnvironmentSession {
  /// What selectors mean in AWS, beside what is known of others.
  ///
  /// - Throws: `AWSError`, `ErrorFacts`.
  func find(_ selectors: Set<ResourceSelector>, beside found: FoundResources = [:]) async throws
    -> FoundResources
  {
    let open = selectors.subtracting(found.keys)
    if open.isEmpty { return found }
    try await aws.checkAccount()
    return found.merging(try await findLive(open, types: aws.types)) { $1 }
  }
}
