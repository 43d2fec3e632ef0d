internal import Model

extension ResourceScope {
  /// The names of the resources of a type that have tags, as ``tagged(_:_:)`` knows them.
  ///
  /// - Parameter type: as the tagging API calls it: `ecs:service`. In ARNs its last word stands before the name.
  func names(of type: String, with filter: TagFilter) async throws -> [String] {
    let word = type.split(separator: ":").last.map(String.init) ?? type
    let names = try await tagged([type], filter).compactMap { found -> String? in
      let part = resourcePart(ofARN: found.arn)
      return part.hasPrefix(word) ? String(part.dropFirst(word.count + 1)) : nil
    }
    let distinct = Set(names)
    if let twin = names.first(where: { !distinct.holds($0) }) {
      throw ResourceError(
        .badAnswer, Address(type.replacing(":", with: "/"), twin),
        "Another one has this name, written with other bytes for the same letters: rename one of them."
      )
    }
    return names
  }
}
