public import Foundation

/// What something costs in USD for a month of 730 hours, as far as it can be known.
public struct MonthlyCost: Hashable, Sendable, Codable {
  /// The part that is known, in USD a month.
  public var amount: Decimal
  /// Why a part is not known, one short phrase each. Empty where the amount is the whole.
  public var unknowns: [String]
  /// The oldest day of the prices used, `YYYY-MM-DD`; nil where no price was needed.
  public var pricesAsOf: String?
  /// The newest day of the prices used; nil where all are of one day.
  public var pricesUpTo: String?
  /// Whether a price among them is one that others retell, rather than read from AWS's own list.
  public var hasSecondaryPrices: Bool

  /// A cost.
  public init(
    _ amount: Decimal, unknowns: [String] = [], pricesAsOf: String? = nil,
    pricesUpTo: String? = nil, hasSecondaryPrices: Bool = false
  ) {
    self.amount = amount
    self.unknowns = unknowns
    self.pricesAsOf = pricesAsOf
    self.pricesUpTo = pricesUpTo
    self.hasSecondaryPrices = hasSecondaryPrices
  }

  /// Nothing: it is free, or it is not there.
  public static let zero = MonthlyCost(0)

  /// A cost of which nothing is known.
  public static func unknown(_ reason: String) -> MonthlyCost {
    MonthlyCost(0, unknowns: [reason])
  }

  /// Whether the amount is the whole.
  public var isKnown: Bool { unknowns.isEmpty }

  /// Known parts are added, reasons for unknown ones kept once.
  public static func + (left: Self, right: Self) -> Self {
    let days = [left.pricesAsOf, right.pricesAsOf, left.pricesUpTo, right.pricesUpTo]
      .compactMap { $0 }
    return MonthlyCost(
      left.amount + right.amount,
      unknowns: left.unknowns + right.unknowns.filter { !left.unknowns.contains($0) },
      pricesAsOf: days.min(), pricesUpTo: days.min() == days.max() ? nil : days.max(),
      hasSecondaryPrices: left.hasSecondaryPrices || right.hasSecondaryPrices)
  }
}

extension MonthlyCost {
  private enum Key: String, CodingKey {
    case amount, unknowns, pricesAsOf, pricesUpTo, hasSecondaryPrices
  }

  /// Reads a cost; those of earlier versions say less of their prices.
  ///
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      try container.decode(Decimal.self, forKey: .amount),
      unknowns: try container.decode([String].self, forKey: .unknowns),
      pricesAsOf: try container.decodeIfPresent(String.self, forKey: .pricesAsOf),
      pricesUpTo: try container.decodeIfPresent(String.self, forKey: .pricesUpTo),
      hasSecondaryPrices: try container.decodeIfPresent(Bool.self, forKey: .hasSecondaryPrices)
        ?? false)
  }

  /// Writes the cost, and of its prices what there is to say.
  ///
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(amount, forKey: .amount)
    try container.encode(unknowns, forKey: .unknowns)
    try container.encodeIfPresent(pricesAsOf, forKey: .pricesAsOf)
    try container.encodeIfPresent(pricesUpTo, forKey: .pricesUpTo)
    if hasSecondaryPrices { try container.encode(true, forKey: .hasSecondaryPrices) }
  }
}

/// What a change does to the bill.
public struct CostChange: Hashable, Sendable, Codable {
  /// Before the change.
  public let before: MonthlyCost
  /// After it.
  public let after: MonthlyCost

  /// A change from one cost to another.
  public init(before: MonthlyCost, after: MonthlyCost) {
    self.before = before
    self.after = after
  }

  /// The known difference in USD a month; negative is a saving.
  public var delta: Decimal { after.amount - before.amount }

  /// Both together, which says of what days their prices are, and how good.
  public var prices: MonthlyCost { before + after }

  /// Why the difference is not wholly known. A part that is unknown alike before and after still
  /// counts, since nobody can say that it stays the same.
  public var unknowns: [String] {
    before.unknowns + after.unknowns.filter { !before.unknowns.contains($0) }
  }
}
