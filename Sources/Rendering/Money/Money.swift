public import Foundation
internal import Model

/// An amount in USD a month, to the cent: `$1,234.50/mo`, `-$134.08/mo`, `+$3.00/mo` where it is
/// signed. Less than half a cent is not shown as nothing: `<$0.01/mo`, `-<$0.01/mo`.
public func money(_ amount: Decimal, signed: Bool) -> String {
  let digits = "$\(grouped(amount.magnitude))/mo"
  let shown = isUnderHalfACent(amount) ? "<$0.01/mo" : digits
  if amount < 0 { return "-" + shown }
  return signed && amount > 0 ? "+" + shown : shown
}

/// An amount in USD to the cent without its unit: `170.12`, `<0.01`.
func plainAmount(_ amount: Decimal) -> String {
  if isUnderHalfACent(amount) { return amount < 0 ? "-<0.01" : "<0.01" }
  return (amount < 0 ? "-" : "") + grouped(amount.magnitude)
}

/// What a change does to the bill, in a column's few words.
///
/// What is unknown afterwards can only be more (`>=`), what was unknown before only less (`<=`).
func moneyColumn(_ cost: CostChange, times count: Int = 1) -> String {
  let delta = cost.delta * Decimal(count)
  let shown = money(delta, signed: true)
  switch (cost.before.isKnown, cost.after.isKnown) {
  case (true, true): return shown
  case _ where delta == 0: return "unknown"
  case (true, false): return ">= \(shown)"
  case (false, true): return "<= \(shown)"
  case (false, false): return "\(shown) and unknown"
  }
}

private func isUnderHalfACent(_ amount: Decimal) -> Bool {
  amount != 0 && amount.magnitude < Decimal(sign: .plus, exponent: -3, significand: 5)
}

/// A magnitude to the cent, halves up, with a comma between thousands.
private func grouped(_ magnitude: Decimal) -> String {
  let half = Decimal(sign: .plus, exponent: -1, significand: 5)
  let cents = (magnitude * 100 + half).description.prefix { $0 != "." }
  let padding = String(repeating: "0", count: max(0, 3 - cents.count))
  let whole = Array((padding + cents).dropLast(2))
  var digits = ""
  for (index, digit) in whole.enumerated() {
    if index > 0, (whole.count - index).isMultiple(of: 3) { digits.append(",") }
    digits.append(digit)
  }
  return digits + "." + (padding + cents).suffix(2)
}
