public import Foundation

/// The way from what AWS holds to what the policy wants: sorted data that every view shows and
/// that apply carries out. Holds no secret.
public struct Plan: Hashable, Sendable {
  /// What a plan leads to.
  public enum Goal: Hashable, Sendable, Codable {
    /// What the policy says.
    case policy
    /// What stood at the end of the apply with this serial.
    case rollback(to: Int)
  }

  /// The version of the plan's format that this program writes and reads.
  public static let formatVersion = "1.1"

  /// What it leads to.
  public let goal: Goal
  /// The environment.
  public let environment: EnvironmentReference
  /// The policy that it was made from.
  public let policy: PolicyReference
  /// The state that it was made from.
  public let state: StateReference
  /// The patterns that it was restricted to; empty where it covers everything.
  public var selection: [String]
  /// When it was made: schedules are judged at this time.
  public var time: Date
  /// What is to be done, sorted by address.
  public var changes: [Change]
  /// What others changed, sorted by address.
  public var drift: [Drift]
  /// Resources that stay as they are and whose record in the state is brought up to date with the
  /// next apply.
  public var refreshed: [AppliedResource]
  /// How many resources the policy asks for.
  public let resourceCount: Int
  /// What stands against the plan, or is only to be known.
  public var problems: [PlanProblem]
  /// What its apply must be allowed by name.
  public var permissions: [Permission]
  /// What commands say of parking groups from its apply on; nil where that stays as it is.
  public var parking: [String: ParkingOverride]?

  /// A plan.
  public init(
    goal: Goal, environment: EnvironmentReference, policy: PolicyReference, state: StateReference,
    selection: [String] = [], time: Date, changes: [Change], drift: [Drift],
    refreshed: [AppliedResource], resourceCount: Int, problems: [PlanProblem],
    permissions: [Permission] = [], parking: [String: ParkingOverride]? = nil
  ) {
    self.goal = goal
    self.environment = environment
    self.policy = policy
    self.state = state
    self.selection = selection
    self.time = time
    self.changes = changes
    self.drift = drift
    self.refreshed = refreshed
    self.resourceCount = resourceCount
    self.problems = problems
    self.permissions = permissions
    self.parking = parking
  }

  /// Whether there is nothing to do.
  public var isEmpty: Bool { changes.isEmpty }

  /// How many changes there are of an action.
  public func count(of action: Change.Action) -> Int {
    changes.count { $0.action == action }
  }

  /// The changes that take the permission for what is irreversible. A deletion that the policy asks for
  /// takes that to delete, whatever goes with it.
  public var irreversibleChanges: [Change] {
    changes.filter { $0.isIrreversible && ($0.action != .delete || goal != .policy) }
  }

  /// The limits that it goes beyond and that somebody lets pass.
  public var overriddenGuardrails: [Guardrail] {
    let names = problems.filter { $0.code == .overriddenGuardrail }.compactMap(\.breach?.guardrail)
    return Guardrail.allCases.filter(names.contains)
  }

  /// What the plan as a whole does to the bill.
  public var cost: CostChange {
    CostChange(
      before: changes.reduce(.zero) { $0 + $1.cost.before },
      after: changes.reduce(.zero) { $0 + $1.cost.after })
  }
}

/// Which policy a plan was made from.
public struct PolicyReference: Hashable, Sendable, Codable {
  /// The commit; nil in a repository without one.
  public let commit: String?
  /// Whether the work tree differed from the commit where the policy lies.
  public let hasUncommittedChanges: Bool
  /// The policy's directory within the repository; empty for its root.
  public let directory: String

  /// A policy.
  public init(commit: String?, hasUncommittedChanges: Bool, directory: String) {
    self.commit = commit
    self.hasUncommittedChanges = hasUncommittedChanges
    self.directory = directory
  }
}

/// Which state a plan was made from.
public struct StateReference: Hashable, Sendable, Codable {
  /// The line of states; before the first apply the one that it will begin.
  public let lineage: String
  /// The last apply; 0 before the first.
  public let serial: Int

  /// A state.
  public init(lineage: String, serial: Int) {
    self.lineage = lineage
    self.serial = serial
  }
}
