public import Foundation

/// What the policy wants an attribute to be.
public enum DesiredValue: Hashable, Sendable {
  /// This value.
  case exactly(Value)
  /// Not set at all.
  case absent
  /// Anything within the bounds, because `owner` moves it: left alone while it lies within, else
  /// brought to the nearest bound. Where `owner` does not exist yet, `initial`; nil where that is
  /// whatever is there. A resource that is its own `owner` is brought to `initial`, where there is one.
  case within(ClosedRange<Decimal>, initial: Value?, owner: Address)
}

/// Which manifest asks for something.
public struct ManifestReference: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// The kind, such as `TaskSize`.
  public let kind: String
  /// The name in its metadata.
  public let name: String

  /// The manifest `name` of `kind`.
  public init(kind: String, name: String) {
    self.kind = kind
    self.name = name
  }

  /// `KIND/NAME`.
  public var description: String { "\(kind)/\(name)" }

  /// By kind, then by name.
  public static func < (left: Self, right: Self) -> Bool {
    (left.kind, left.name) < (right.kind, right.name)
  }
}

/// What happens to a resource that the policy no longer mentions.
public enum RemovalPolicy: String, Hashable, Sendable, Codable, CaseIterable {
  /// Give back what Weir found when it adopted the resource; delete what Weir created.
  case restore
  /// Delete it.
  case delete
  /// Leave it as it is and stop managing it.
  case keep
}

/// What a plan does where somebody else changed what Weir applied.
public enum DriftPolicy: String, Hashable, Sendable, Codable, CaseIterable {
  /// Put it back.
  case revert
  /// Leave it alone as long as the policy asks for what was applied.
  case keep
  /// Plan, but apply nothing until somebody has decided.
  case refuse
}

/// A resource as the policy wants it. Attributes that are not mentioned are not Weir's.
public struct DesiredResource: Hashable, Sendable {
  /// Which resource.
  public var address: Address
  /// The attributes that the policy sets.
  public var attributes: [String: DesiredValue]
  /// The values of attributes that hold for good, where others are wanted for the time being because
  /// a schedule moves them. The state records these.
  public var lasting: [String: Value]
  /// Where in the policy each attribute is asked for; the bounds of one within bounds stand under
  /// `NAME.min` and `NAME.max`.
  public var sources: [String: SourceRange]
  /// How the value at a path is written at its place in `sources`; only where one scalar there says
  /// just that value.
  public var forms: [String: WrittenForm]
  /// What must be there and in its new form before this.
  public var dependsOn: [Address]
  /// The manifest that asks for it.
  public let manifest: ManifestReference
  /// Where that manifest stands.
  public let range: SourceRange
  /// What to do when the manifest has gone.
  public var onRemove: RemovalPolicy
  /// What to do where somebody else changed it.
  public var onDrift: DriftPolicy
  /// Whether deleting it is refused.
  public var isProtected: Bool
  /// Whether it has done what it was for, as an action whose only time has passed: where Weir made it
  /// and it is there as wished it stays, where it is not there it is not made. One that Weir made and
  /// that is not as wished is still to come in another form, and is deleted.
  public var isSpent: Bool
  /// Whether it is to be deleted. Such a resource is never in the state, and no rollback brings it back.
  public var isUnwanted: Bool
  /// The same thing as another type knows it, which has nothing left to hold once this is deleted.
  public var supersedes: Address?
  /// Whether it is left alone, rather than created, where it is not there.
  public var isOptional: Bool
  /// Attributes that the time has made void, as a start that has passed: neither asked for nor taken
  /// away, and no drift.
  public var lapsed: Set<String>
  /// Resources that Weir does not manage and that this one needs, as the role of a schedule: read with
  /// it, and told where they will not do.
  public var needs: [Address]
  /// Who else may move what is asked for.
  public var rivals: [Rival]
  /// Remarks for whoever reads the plan, such as what the values mean while a window is in force.
  public var notes: [String]

  /// A resource that `manifest` asks for.
  public init(
    _ address: Address, attributes: [String: DesiredValue], lasting: [String: Value] = [:],
    sources: [String: SourceRange] = [:], forms: [String: WrittenForm] = [:],
    dependsOn: [Address] = [], manifest: ManifestReference, range: SourceRange,
    onRemove: RemovalPolicy = .restore, onDrift: DriftPolicy = .revert, isProtected: Bool = false,
    isSpent: Bool = false, isUnwanted: Bool = false, supersedes: Address? = nil,
    isOptional: Bool = false,
    lapsed: Set<String> = [], needs: [Address] = [],
    rivals: [Rival] = [], notes: [String] = []
  ) {
    self.address = address
    self.attributes = attributes
    self.lasting = lasting
    self.sources = sources
    self.forms = forms
    self.dependsOn = dependsOn
    self.manifest = manifest
    self.range = range
    self.onRemove = onRemove
    self.onDrift = onDrift
    self.isProtected = isProtected
    self.isSpent = isSpent
    self.isUnwanted = isUnwanted
    self.supersedes = supersedes
    self.isOptional = isOptional
    self.lapsed = lapsed
    self.needs = needs
    self.rivals = rivals
    self.notes = notes
  }
}
