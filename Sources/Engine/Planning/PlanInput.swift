public import Foundation
public import Model

/// Everything that a plan is made from, as values.
public struct PlanInput: Sendable {
  /// Where the plan is to lead.
  public enum Intent: Sendable {
    /// To what the policy wants.
    case policy([DesiredResource])
    /// Back to the end of apply `serial`, whose state was `state`; `snapshots` are those taken
    /// before each later apply, the oldest first.
    case rollback(serial: Int, state: State?, snapshots: [Snapshot])
    /// To the end of an apply that was interrupted.
    case finish(PendingApply)
    /// Back to before an apply that was interrupted.
    case undo(PendingApply, Snapshot)
  }

  /// Where the plan is to lead.
  public var intent: Intent
  /// The environment.
  public var environment: EnvironmentReference
  /// The policy.
  public var policy: PolicyReference
  /// The state; nil before the first apply.
  public var state: State?
  /// What schedules of AWS have parked, as if Weir had recorded it.
  public var parked: [Address: AppliedResource] = [:]
  /// The line of states: the state's own, or the one that the first apply will begin.
  public var lineage: String
  /// What AWS holds of the addresses that `addresses(of:state:)` names, secrets digested.
  public var live: [Address: LiveResource]
  /// The resource types by name.
  public var schemas: [String: any ResourceSchema]
  /// Digests of secrets whose clear text is at hand or can be opened.
  public var knownSecrets: Set<String>
  /// Digests of secrets that are sealed and cannot be opened, with their keys.
  public var lockedSecrets: [String: MissingKey] = [:]
  /// Whether what is replaced will be sealed.
  public var isSealing = false
  /// Whether the policy says now that nothing may be deleted in the environment.
  public var isProtected: Bool
  /// What other environments of the same account and region ask for: by address and attribute the
  /// environment. What the policy no longer names here is then forgotten, not taken away.
  public var elsewhere: [Address: [String: String]]
  /// What commands say of parking groups from now on; nil where that stays as it is.
  public var parking: [String: ParkingOverride]?
  /// The attributes that the plan may change, by resource; nil where it is about all.
  public var limits: [Address: Set<String>]?
  /// The time of the plan.
  public var time: Date

  /// The input of a plan.
  public init(
    intent: Intent, environment: EnvironmentReference, policy: PolicyReference, state: State?,
    lineage: String, live: [Address: LiveResource], schemas: [String: any ResourceSchema],
    knownSecrets: Set<String> = [], isProtected: Bool = false,
    elsewhere: [Address: [String: String]] = [:], time: Date
  ) {
    self.intent = intent
    self.environment = environment
    self.policy = policy
    self.state = state
    self.lineage = lineage
    self.live = live
    self.schemas = schemas
    self.knownSecrets = knownSecrets
    self.isProtected = isProtected
    self.elsewhere = elsewhere
    self.time = time
  }

  /// Counts in the sealed secrets, those that `keys` open and those that they do not.
  public mutating func add(_ sealed: SealedSecrets, openedWith keys: StateKeys) {
    lockedSecrets = keys.locked(in: sealed)
    knownSecrets.formUnion(sealed.entries.keys.filter { lockedSecrets[$0] == nil })
    isSealing = keys.canSeal
  }

  /// The resources that must be read before a plan with this intent can be made.
  public static func addresses(of intent: Intent, state: State?) -> Set<Address> {
    var addresses = Set(state?.resources.keys.map { $0 } ?? [])
    switch intent {
    case .policy(let desired):
      for resource in desired {
        addresses.insert(resource.address)
        for case .within(_, _, let owner) in resource.attributes.values { addresses.insert(owner) }
        addresses.formUnion(resource.rivals.map(\.address))
        addresses.formUnion(resource.needs)
      }
    case .rollback(_, let earlier, let snapshots):
      addresses.formUnion(earlier?.resources.keys.map { $0 } ?? [])
      for snapshot in snapshots { addresses.formUnion(snapshot.resources.keys) }
    case .finish(let pending):
      addresses.formUnion(pending.plan.changes.map(\.address))
    case .undo(let pending, let snapshot):
      addresses.formUnion(pending.plan.changes.map(\.address))
      addresses.formUnion(snapshot.resources.keys)
    }
    return addresses
  }
}
