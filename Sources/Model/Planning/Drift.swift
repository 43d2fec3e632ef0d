/// A resource that somebody else changed since Weir last applied it.
public struct Drift: Hashable, Sendable, Codable {
  /// Which resource.
  public let address: Address
  /// The attributes that differ: `before` as applied, `after` as AWS holds it now.
  public let fields: [FieldChange]
  /// Whether the resource is no longer there.
  public let isMissing: Bool
  /// The apply that last wrote it.
  public let serial: Int
  /// Whether this plan puts it back.
  public let isReverted: Bool
  /// What its manifest says about drift; nil where it says nothing, and drift is put back.
  public let onDrift: DriftPolicy?
  /// What it does to the bill: before as applied, after as AWS holds it now. Nil in plans that an
  /// earlier version saved.
  public let cost: CostChange?
  /// The paths among `fields` whose `before` is what a window in force makes of them, rather than what was
  /// applied for good; nil where there are none.
  public let windowed: [String]?

  /// A drift of `address`.
  public init(
    address: Address, fields: [FieldChange], isMissing: Bool, serial: Int, isReverted: Bool,
    onDrift: DriftPolicy? = nil, cost: CostChange? = nil, windowed: [String]? = nil
  ) {
    self.address = address
    self.fields = fields
    self.isMissing = isMissing
    self.serial = serial
    self.isReverted = isReverted
    self.onDrift = onDrift
    self.cost = cost
    self.windowed = windowed
  }

  /// Whether it is left alone because its manifest says so.
  public var isKept: Bool { onDrift == .keep && !isReverted }
}
