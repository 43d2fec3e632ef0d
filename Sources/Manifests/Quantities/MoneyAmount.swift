public import Foundation

/// An amount of money as a manifest states it.
public struct MoneyAmount: Hashable, Sendable {
  /// How much, exact.
  public let amount: Decimal
  /// The currency's ISO code; only USD so far.
  public let currency: String

  /// An amount.
  public init(amount: Decimal, currency: String = "USD") {
    self.amount = amount
    self.currency = currency
  }
}
