/// A resource in the state: what Weir owns of it, and what to give back.
public struct AppliedResource: Hashable, Sendable, Codable {
  /// Which resource.
  public let address: Address
  /// The attributes that Weir owns, with the values it last applied.
  public var attributes: [String: Value]
  /// What Weir found when it began to own each attribute; null where it was not set.
  public var found: [String: Value]
  /// The context recorded with `found`, such as the task definition's revision.
  public var foundContext: [String: Value]
  /// Whether Weir created the resource.
  public var wasCreated: Bool
  /// What to do when the policy no longer mentions it.
  public var onRemove: RemovalPolicy
  /// Whether deleting it is refused; stays when the manifest has gone.
  public var isProtected: Bool
  /// The manifest that asked for it last.
  public var manifest: ManifestReference
  /// What it depends on.
  public var dependsOn: [Address]
  /// The serial of the apply that last wrote it.
  public var serial: Int

  /// A record of `address`.
  public init(
    address: Address, attributes: [String: Value], found: [String: Value],
    foundContext: [String: Value], wasCreated: Bool, onRemove: RemovalPolicy, isProtected: Bool,
    manifest: ManifestReference, dependsOn: [Address], serial: Int
  ) {
    self.address = address
    self.attributes = attributes
    self.found = found
    self.foundContext = foundContext
    self.wasCreated = wasCreated
    self.onRemove = onRemove
    self.isProtected = isProtected
    self.manifest = manifest
    self.dependsOn = dependsOn
    self.serial = serial
  }
}
