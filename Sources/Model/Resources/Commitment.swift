public import Foundation

/// Money that is owed whether or not what it pays for is used. Weir tells of it and never buys any.
public struct Commitment: Hashable, Sendable, Codable {
  /// What sort of commitment.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// Instances that EC2 keeps free in a zone, at the price on demand.
    case capacityReservation
    /// An amount an hour, for which compute is cheaper.
    case savingsPlan
  }

  /// What sort of commitment.
  public let kind: Kind
  /// Its ID.
  public let id: String
  /// What it pays for: `2 x t3.medium (Linux/UNIX) in us-east-2a`.
  public let subject: String
  /// AWS's word for how it stands: `active`, `queued`.
  public let state: String
  /// How many of its instances nobody runs; nil where there are none, or where AWS does not tell.
  public let unused: Int?
  /// What it costs a month.
  public let cost: MonthlyCost
  /// What of that is for instances that nobody runs; nil where that is not known.
  public let unusedCost: MonthlyCost?
  /// When it ends; nil where somebody has to end it.
  public let end: Date?

  /// A commitment.
  public init(
    kind: Kind, id: String, subject: String, state: String, unused: Int? = nil, cost: MonthlyCost,
    unusedCost: MonthlyCost? = nil, end: Date? = nil
  ) {
    self.kind = kind
    self.id = id
    self.subject = subject
    self.state = state
    self.unused = unused
    self.cost = cost
    self.unusedCost = unusedCost
    self.end = end
  }
}
