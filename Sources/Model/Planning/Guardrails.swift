public import Foundation

/// The limits of a project: what one apply may do at most, and what it may do without being asked
/// for by name. A limit that is nil does not hold.
public struct Guardrails: Hashable, Sendable {
  /// The most changes that write to AWS.
  public var maxChanges: Int?
  /// The most deletions.
  public var maxDeletes: Int?
  /// The most by which the known bill may rise, in USD a month.
  public var maxIncrease: Decimal?
  /// The most of the managed resources of a type that may be changed or deleted, in percent.
  public var maxPercentOfFleet: Decimal?
  /// Whether deletions need no permission of their own.
  public var allowsDeletes: Bool
  /// Whether what no rollback brings back needs no permission of its own.
  public var allowsIrreversible: Bool

  /// Limits; none unless they are given.
  public init(
    maxChanges: Int? = nil, maxDeletes: Int? = nil, maxIncrease: Decimal? = nil,
    maxPercentOfFleet: Decimal? = nil, allowsDeletes: Bool = false,
    allowsIrreversible: Bool = false
  ) {
    self.maxChanges = maxChanges
    self.maxDeletes = maxDeletes
    self.maxIncrease = maxIncrease
    self.maxPercentOfFleet = maxPercentOfFleet
    self.allowsDeletes = allowsDeletes
    self.allowsIrreversible = allowsIrreversible
  }

  /// Of how many managed resources a type must be before a part of them is a fleet.
  public static let smallestFleet = 4
}

/// A limit by its name, as `weir.yaml` and `--override-guardrail` know it.
public enum Guardrail: String, Hashable, Sendable, Codable, CaseIterable {
  case maxChanges
  case maxDeletes
  case maxIncrease
  case maxPercentOfFleet
}

/// A limit that a plan goes beyond.
public struct GuardrailBreach: Hashable, Sendable, Codable {
  /// Which limit.
  public let guardrail: Guardrail
  /// What the plan would do.
  public let figure: Decimal
  /// What the project allows.
  public let limit: Decimal
  /// The resource type whose fleet it is about.
  public let type: String?

  /// A plan's `figure` beyond the `limit`.
  public init(_ guardrail: Guardrail, figure: Decimal, limit: Decimal, type: String? = nil) {
    self.guardrail = guardrail
    self.figure = figure
    self.limit = limit
    self.type = type
  }
}

/// What an apply must be allowed by name, beside being approved.
public enum Permission: String, Hashable, Sendable, Codable, CaseIterable {
  /// To delete: `--allow-delete`.
  case delete
  /// To do what no rollback brings back: `--allow-irreversible`.
  case irreversible
}
