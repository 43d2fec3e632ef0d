/// One resource's way from what AWS holds to what is wanted.
public struct Change: Hashable, Sendable, Codable {
  /// What is to be done.
  public enum Action: String, Hashable, Sendable, Codable, CaseIterable {
    /// Create what is not there.
    case create
    /// Change attributes of what is there.
    case update
    /// Delete it.
    case delete
    /// Begin to manage what already is as wanted: nothing is written to AWS.
    case adopt
    /// Stop managing it and leave it as it is: nothing is written to AWS.
    case forget

    /// Whether AWS is written to.
    public var writes: Bool { self != .adopt && self != .forget }
  }

  /// Why it is to be done.
  public enum Reason: Hashable, Sendable, Codable {
    /// A manifest asks for it.
    case manifest(ManifestReference)
    /// The policy no longer mentions the resource, or some of its attributes.
    case removed(ManifestReference, RemovalPolicy)
    /// It is the way back to the values before the applies after this serial.
    case rollback(Int)
  }

  /// Which resource.
  public let address: Address
  /// What is to be done.
  public let action: Action
  /// Why.
  public let reason: Reason
  /// As AWS holds it; nil where it is not there.
  public let before: LiveResource?
  /// The attributes to set.
  public let set: [String: Value]
  /// By attribute the values that count as done, too; nil where there are none.
  public let accepted: [String: AcceptedRange]?
  /// The attributes to take away, sorted.
  public let unset: [String]
  /// On the way back: the context that was recorded with the values.
  public let recorded: [String: Value]
  /// The differences, leaf by leaf, as they are shown.
  public let fields: [FieldChange]
  /// What it does to the bill.
  public let cost: CostChange
  /// The changes of this plan that must be made before this one.
  public let after: [Address]
  /// The record in the state once it has been made; nil where Weir no longer manages it.
  public let outcome: AppliedResource?
  /// Remarks for whoever reads the plan.
  public let notes: [String]
  /// Why no rollback brings back what it does; nil where one does.
  public let irreversible: String?
  /// When it will do by itself what it is for, the next times after the plan; nil where that is
  /// nothing, or not known.
  public var firings: [Firing]?

  /// A change.
  public init(
    address: Address, action: Action, reason: Reason, before: LiveResource?,
    set: [String: Value], accepted: [String: AcceptedRange]? = nil, unset: [String],
    recorded: [String: Value], fields: [FieldChange],
    cost: CostChange, after: [Address], outcome: AppliedResource?, notes: [String],
    irreversible: String? = nil, firings: [Firing]? = nil
  ) {
    self.address = address
    self.action = action
    self.reason = reason
    self.before = before
    self.set = set
    self.accepted = accepted
    self.unset = unset
    self.recorded = recorded
    self.fields = fields
    self.cost = cost
    self.after = after
    self.outcome = outcome
    self.notes = notes
    self.irreversible = irreversible
    self.firings = firings
  }

  /// Whether no rollback brings back what it does.
  public var isIrreversible: Bool { irreversible != nil }

  /// The write that makes it.
  public var write: ResourceWrite {
    ResourceWrite(name: address.name, live: before, set: set, unset: Set(unset), recorded: recorded)
  }
}

/// A difference in one leaf of an attribute.
public struct FieldChange: Hashable, Sendable, Codable {
  /// The attribute, and the way within it: `minCapacity`, `rules.logs.Expiration.Days`.
  public let path: String
  /// The value before; nil where it was not set.
  public let before: Value?
  /// The value after; nil where it is taken away.
  public let after: Value?
  /// The place in the policy that asks for it.
  public let source: SourceRange?

  /// A difference at `path`.
  public init(path: String, before: Value?, after: Value?, source: SourceRange? = nil) {
    self.path = path
    self.before = before
    self.after = after
    self.source = source
  }
}
