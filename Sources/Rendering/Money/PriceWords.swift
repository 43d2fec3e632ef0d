internal import Model

/// What marks an amount with a price that others retell.
let secondaryMark = "*"

/// The amount of ``moneyColumn(_:times:)``, marked where a price in it is one that others retell.
func markedMoney(_ cost: CostChange, times count: Int = 1) -> String {
  (cost.prices.hasSecondaryPrices ? "\(secondaryMark) " : "") + moneyColumn(cost, times: count)
}

/// Of what days the prices are, in brackets behind an amount; empty where none was needed.
func priceDays(_ cost: CostChange) -> String {
  guard let oldest = cost.prices.pricesAsOf else { return "" }
  guard let newest = cost.prices.pricesUpTo else { return " (prices as of \(safe(oldest)))" }
  return " (prices as of \(safe(newest)), the oldest of \(safe(oldest)))"
}
