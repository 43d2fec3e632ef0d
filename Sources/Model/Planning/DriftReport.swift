public import Foundation

/// What others changed in an environment since it was applied, and who.
public struct DriftReport: Hashable, Sendable {
  /// The environment.
  public let environment: EnvironmentReference
  /// The policy whose lines are named.
  public let policy: PolicyReference
  /// The state that AWS was compared with.
  public let state: StateReference
  /// The patterns that it was restricted to; empty where it covers everything.
  public let selection: [String]
  /// When AWS was read.
  public let time: Date
  /// What drifted, sorted by address.
  public let drift: [Drift]
  /// How many resources of the state were compared.
  public let resourceCount: Int
  /// Who made each drift, as far as it is known; nil where nobody asked CloudTrail.
  public let attributions: [Address: Attribution]?

  /// The drift that a plan found, among `resourceCount` resources.
  public init(_ plan: Plan, resourceCount: Int, attributions: [Address: Attribution]?) {
    environment = plan.environment
    policy = plan.policy
    state = plan.state
    selection = plan.selection
    time = plan.time
    drift = plan.drift
    self.resourceCount = resourceCount
    self.attributions = attributions
  }

  /// What the drift as a whole does to the bill.
  public var cost: CostChange {
    let costs = drift.compactMap(\.cost)
    return CostChange(
      before: costs.reduce(.zero) { $0 + $1.before }, after: costs.reduce(.zero) { $0 + $1.after })
  }
}

/// Who made a drift.
public enum Attribution: Hashable, Sendable {
  /// This write did, or is the newest that can have.
  case known(WriteEvent)
  /// It is not known, for this reason.
  case unknown(String)
}

/// A write to AWS as CloudTrail recorded it.
public struct WriteEvent: Hashable, Sendable, Codable {
  /// The ARN of who asked for it, or the best name that the record has.
  public let who: String
  /// The operation.
  public let operation: String
  /// When, to the second.
  public let time: Date

  /// A write by `who`.
  public init(who: String, operation: String, time: Date) {
    self.who = who
    self.operation = operation
    self.time = time
  }
}

extension Attribution: Encodable {
  private enum Key: String, CodingKey { case unknown }

  /// Writes the event as it is, or `{"unknown": "the reason"}`.
  ///
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .known(let event): try event.encode(to: encoder)
    case .unknown(let reason):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(reason, forKey: .unknown)
    }
  }
}
