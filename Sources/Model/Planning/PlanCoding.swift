internal import Foundation

extension Plan: Codable {
  private enum Key: String, CodingKey {
    case formatVersion, goal, environment, policy, state, time, changes, drift, refreshed
    case resourceCount, problems, totals, selection, permissions, parking
  }

  /// The sums, for readers that do not wish to add.
  private struct Totals: Encodable {
    let create, update, delete, adopt, forget, drifted: Int
    let monthlyCostBefore, monthlyCostAfter, monthlyCostDelta: Value
    let unknownCosts: [String]
    let pricesAsOf, pricesUpTo: String?
    let hasSecondaryPrices: Bool
  }

  /// Reads a plan.
  ///
  /// - Throws: `DecodingError`; `FormatVersionError` where the format is newer.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    try FormatVersionError.check(
      "plan", found: container.decode(String.self, forKey: .formatVersion),
      supported: Self.formatVersion)
    self.init(
      goal: try container.decode(Goal.self, forKey: .goal),
      environment: try container.decode(EnvironmentReference.self, forKey: .environment),
      policy: try container.decode(PolicyReference.self, forKey: .policy),
      state: try container.decode(StateReference.self, forKey: .state),
      selection: try container.decodeIfPresent([String].self, forKey: .selection) ?? [],
      time: try container.decode(Date.self, forKey: .time),
      changes: try container.decode([Change].self, forKey: .changes),
      drift: try container.decode([Drift].self, forKey: .drift),
      refreshed: try container.decode([AppliedResource].self, forKey: .refreshed),
      resourceCount: try container.decode(Int.self, forKey: .resourceCount),
      problems: try container.decode([PlanProblem].self, forKey: .problems),
      permissions: try container.decodeIfPresent([Permission].self, forKey: .permissions) ?? [],
      parking: try container.decodeIfPresent([String: ParkingOverride].self, forKey: .parking))
  }

  /// Writes the plan with its totals.
  ///
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.formatVersion, forKey: .formatVersion)
    try container.encode(goal, forKey: .goal)
    try container.encode(environment, forKey: .environment)
    try container.encode(policy, forKey: .policy)
    try container.encode(state, forKey: .state)
    if !selection.isEmpty { try container.encode(selection, forKey: .selection) }
    try container.encode(time, forKey: .time)
    try container.encode(changes, forKey: .changes)
    try container.encode(drift, forKey: .drift)
    try container.encode(refreshed, forKey: .refreshed)
    try container.encode(resourceCount, forKey: .resourceCount)
    try container.encode(problems, forKey: .problems)
    if !permissions.isEmpty { try container.encode(permissions, forKey: .permissions) }
    try container.encodeIfPresent(parking, forKey: .parking)
    let cost = cost
    try container.encode(
      Totals(
        create: count(of: .create), update: count(of: .update), delete: count(of: .delete),
        adopt: count(of: .adopt), forget: count(of: .forget), drifted: drift.count,
        monthlyCostBefore: .number(cost.before.amount),
        monthlyCostAfter: .number(cost.after.amount), monthlyCostDelta: .number(cost.delta),
        unknownCosts: cost.unknowns,
        pricesAsOf: cost.prices.pricesAsOf, pricesUpTo: cost.prices.pricesUpTo,
        hasSecondaryPrices: cost.prices.hasSecondaryPrices),
      forKey: .totals)
  }
}

extension Plan.Goal {
  private enum Key: String, CodingKey { case type, toSerial }

  /// Reads `{"type": "policy"}` or `{"type": "rollback", "toSerial": 3}`.
  ///
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decode(String.self, forKey: .type) {
    case "policy": self = .policy
    case "rollback": self = .rollback(to: try container.decode(Int.self, forKey: .toSerial))
    case let other:
      throw DecodingError.dataCorruptedError(
        forKey: .type, in: container, debugDescription: "unknown goal \(other)")
    }
  }

  /// Writes the goal flat.
  ///
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .policy: try container.encode("policy", forKey: .type)
    case .rollback(let serial):
      try container.encode("rollback", forKey: .type)
      try container.encode(serial, forKey: .toSerial)
    }
  }
}

extension Change.Reason {
  private enum Key: String, CodingKey { case type, manifest, onRemove, toSerial }

  /// Reads `{"type": "manifest" | "removed" | "rollback", …}`.
  ///
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decode(String.self, forKey: .type) {
    case "manifest":
      self = .manifest(try container.decode(ManifestReference.self, forKey: .manifest))
    case "removed":
      self = .removed(
        try container.decode(ManifestReference.self, forKey: .manifest),
        try container.decode(RemovalPolicy.self, forKey: .onRemove))
    case "rollback": self = .rollback(try container.decode(Int.self, forKey: .toSerial))
    case let other:
      throw DecodingError.dataCorruptedError(
        forKey: .type, in: container, debugDescription: "unknown reason \(other)")
    }
  }

  /// Writes the reason flat.
  ///
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .manifest(let manifest):
      try container.encode("manifest", forKey: .type)
      try container.encode(manifest, forKey: .manifest)
    case .removed(let manifest, let policy):
      try container.encode("removed", forKey: .type)
      try container.encode(manifest, forKey: .manifest)
      try container.encode(policy, forKey: .onRemove)
    case .rollback(let serial):
      try container.encode("rollback", forKey: .type)
      try container.encode(serial, forKey: .toSerial)
    }
  }
}
