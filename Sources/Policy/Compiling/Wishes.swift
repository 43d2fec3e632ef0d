internal import Manifests
internal import Model

/// The attributes of a resource while a kind puts them together, each with the place that asks.
struct Wishes {
  private(set) var attributes: [String: DesiredValue] = [:]
  private(set) var sources: [String: SourceRange] = [:]
  private(set) var forms: [String: WrittenForm] = [:]

  /// Whether nothing has been asked for.
  var isEmpty: Bool { attributes.isEmpty }

  /// Wants an attribute to be a value.
  ///
  /// - Parameter form: how the scalar at `range` is written; nil where no scalar there says just this
  ///   value.
  mutating func set(
    _ name: String, to value: Value, at range: SourceRange, as form: WrittenForm? = nil
  ) {
    set(name, .exactly(value), at: range, as: form)
  }

  /// Wants something of an attribute.
  mutating func set(
    _ name: String, _ wish: DesiredValue, at range: SourceRange, as form: WrittenForm? = nil
  ) {
    attributes[name] = wish
    locate(name, at: range, as: form)
  }

  /// Says where a part of an attribute is asked for.
  mutating func locate(_ path: String, at range: SourceRange, as form: WrittenForm? = nil) {
    sources[path] = range
    forms[path] = form
  }
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
      address, attributes: wishes.attributes, sources: wishes.sources, forms: wishes.forms,
      dependsOn: dependsOn, manifest: reference, range: range,
      onRemove: onRemove.flatMap { RemovalPolicy(rawValue: $0.rawValue) } ?? .restore,
      onDrift: onDrift.flatMap { DriftPolicy(rawValue: $0.rawValue) } ?? .revert,
      isProtected: isProtected || context.environment.isProtected, notes: notes)
  }
}
