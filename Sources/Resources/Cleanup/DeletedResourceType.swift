internal import Model

/// A resource type that Weir only ever deletes, once nobody uses what is of it.
///
/// Attributes say what would be lost, so that a plan shows it and a change of it makes the plan stale.
/// `created` is the time since when it is there, `tags` its tags, `usedBy` who uses it, else `nothing`.
/// Context: `series`, of what it is one of several, as snapshots are of a volume.
protocol DeletedResourceType: ResourceType {
  /// What the resources are called, in the plural.
  var noun: String { get }
  /// What a deletion means, in a full sentence.
  var loss: String { get }
}

extension DeletedResourceType {
  var isCreatable: Bool { false }

  func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? {
    action == .delete ? loss : nil
  }

  func create(_ write: ResourceWrite) async throws { throw unsupported(write, "creates") }

  func update(_ write: ResourceWrite) async throws { throw unsupported(write, "changes") }

  /// Refuses what somebody uses by now, as it was read just before.
  ///
  /// - Throws: `ResourceError.inUse`.
  func checkUnused(_ write: ResourceWrite) throws {
    let user = write.live?.attributes["usedBy"]
    guard let user, user != Self.unused else { return }
    throw ResourceError(
      .inUse, Address(type, write.name),
      "It is used by \(user.string ?? "somebody") by now, and is left alone.")
  }

  private func unsupported(_ write: ResourceWrite, _ verb: String) -> ResourceError {
    ResourceError(.unsupported, Address(type, write.name), "Weir deletes \(noun) and \(verb) none.")
  }

  /// What `usedBy` holds where nobody does.
  static var unused: Value { "nothing" }

  /// Tags as an attribute.
  static func attribute(_ tags: [String: String]) -> Value { .map(tags.mapValues(Value.string)) }
}
