public import Foundation

/// What something costs in USD for a month of 730 hours, as far as it can be known.
public struct MonthlyCost: Hashable, Sendable, Codable {
  /// The part that is known, in USD a month.
  public var amount: Decimal
  /// Why a part is not known, one short phrase each. Empty where the amount is the whole.
  public var unknowns: [String]
  /// The oldest day of the prices used, `YYYY-MM-DD`; nil where no price was needed.
  public var pricesAsOf: String?

  /// A cost.
  public init(_ amount: Decimal, unknowns: [String] = [], pricesAsOf: String? = nil) {
    self.amount = amount
    self.unknowns = unknowns
    self.pricesAsOf = pricesAsOf
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
    MonthlyCost(
      left.amount + right.amount,
      unknowns: left.unknowns + right.unknowns.filter { !left.unknowns.contains($0) },
      pricesAsOf: [left.pricesAsOf, right.pricesAsOf].compactMap { $0 }.min())
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

  /// Why the difference is not wholly known. A part that is unknown alike before and after still
  /// counts, since nobody can say that it stays the same.
  public var unknowns: [String] {
    before.unknowns + after.unknowns.filter { !before.unknowns.contains($0) }
  }
}
