internal import Model

/// A resource type whose resources others make and delete: Weir only changes them.
protocol ExistingResourceType: ResourceType {
  /// What the resources are called, in the plural.
  var noun: String { get }
}

extension ExistingResourceType {
  var isCreatable: Bool { false }
  var isDeletable: Bool { false }

  func create(_ write: ResourceWrite) async throws { throw unsupported(write, "creates") }

  func delete(_ write: ResourceWrite) async throws { throw unsupported(write, "deletes") }

  private func unsupported(_ write: ResourceWrite, _ verb: String) -> ResourceError {
    ResourceError(.unsupported, Address(type, write.name), "Weir changes \(noun) and \(verb) none.")
  }
}
