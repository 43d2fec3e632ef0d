internal import Model

extension ResourceScope {
  /// What the Resource Groups Tagging API knows of the resources of some types that have tags, a hundred a
  /// request (API description of resourcegroupstaggingapi, GetResources).
  ///
  /// It follows the services after a while, so that what it says is described again.
  ///
  /// - Parameter types: as the API names them: `ecs:service`.
  /// - Returns: the ARNs with all their tags.
  func tagged(_ types: [String], _ filter: TagFilter) async throws -> [(
    arn: String, tags: [String: String]
  )] {
    let filters = filter.values.sorted { $0.key < $1.key }.map { key, values -> Value in
      ["Key": .string(key), "Values": .list(values.map(Value.string))]
    }
    let found = try await client.all(
      "resourcegroupstaggingapi", "GetResources",
      [
        "ResourceTypeFilters": .list(types.map(Value.string)), "TagFilters": .list(filters),
        "ResourcesPerPage": 100,
      ], items: "ResourceTagMappingList")
    return found.compactMap { mapping in
      guard let arn = mapping["ResourceARN"]?.string else { return nil }
      let tags = mapping["Tags"]?.tags ?? [:]
      return filter.matches(tags) ? (arn, tags) : nil
    }
  }
}

/// What stands behind the account in an ARN.
func resourcePart(ofARN arn: String) -> String {
  arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).dropFirst(5).first
    .map(String.init) ?? ""
}
