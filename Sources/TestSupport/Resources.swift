public import Model

/// The manifest of every resource that tests want.
public let testManifest = ManifestReference(kind: "Test", name: "things")

/// The address of a thing; `free/thing` unless another type is given.
public func thing(_ name: String, _ type: String = "free/thing") -> Address {
  Address(type, name)
}

/// A thing as a policy wants it: each value exactly.
public func wanted(
  _ address: Address, _ attributes: [String: Value], dependsOn: [Address] = [],
  onRemove: RemovalPolicy = .restore, isProtected: Bool = false
) -> DesiredResource {
  wanted(
    address, wishes: attributes.mapValues { .exactly($0) }, dependsOn: dependsOn,
    onRemove: onRemove, isProtected: isProtected)
}

/// A thing as a policy wants it.
public func wanted(
  _ address: Address, wishes: [String: DesiredValue], dependsOn: [Address] = [],
  onRemove: RemovalPolicy = .restore, isProtected: Bool = false
) -> DesiredResource {
  let range = SourceRange(
    file: "things.yaml", start: SourcePosition(line: 1, column: 1),
    end: SourcePosition(line: 1, column: 5))
  return DesiredResource(
    address, attributes: wishes, sources: wishes.mapValues { _ in range }, dependsOn: dependsOn,
    manifest: testManifest, range: range, onRemove: onRemove, isProtected: isProtected)
}

/// A thing as the account holds it.
public func held(_ attributes: [String: Value], context: [String: Value] = [:]) -> LiveResource {
  LiveResource(attributes: attributes, context: context)
}
