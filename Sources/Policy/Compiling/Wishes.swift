internal import Manifests
internal import Model

/// The attributes of a resource while a kind puts them together, each with the place that asks.
struct Wishes {
  private(set) var attributes: [String: DesiredValue] = [:]
  private(set) var sources: [String: SourceRange] = [:]

  /// Whether nothing has been asked for.
  var isEmpty: Bool { attributes.isEmpty }

  /// Wants an attribute to be a value.
  mutating func set(_ name: String, to value: Value, at range: SourceRange) {
    set(name, .exactly(value), at: range)
  }

  /// Wants something of an attribute.
  mutating func set(_ name: String, _ wish: DesiredValue, at range: SourceRange) {
    attributes[name] = wish
    sources[name] = range
  }

  /// Says where a part of an attribute is asked for.
  mutating func locate(_ path: String, at range: SourceRange) { sources[path] = range }
}

extension Manifest {
  /// How plans name it.
  var reference: ManifestReference { ManifestReference(kind: kind, name: name.value) }

  /// A resource that it asks for.
  func resource(
    _ address: Address, _ wishes: Wishes, in context: CompilationContext,
    dependsOn: [Address] = [], notes: [String] = []
  ) -> DesiredResource {
    DesiredResource(
      address, attributes: wishes.attributes, sources: wishes.sources, dependsOn: dependsOn,
      manifest: reference, range: range,
      onRemove: onRemove.flatMap { RemovalPolicy(rawValue: $0.rawValue) } ?? .restore,
      isProtected: isProtected || context.environment.isProtected, notes: notes)
  }
}
